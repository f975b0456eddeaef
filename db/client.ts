import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";

/** What asks the database: the pool, or a transaction of it. */
export type Database = PgDatabase<PostgresJsQueryResultHKT>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type Connection = Readonly<{ db: Database; ping: () => Promise<void>; close: () => Promise<void> }>;

/**
 * Opens a pool. It is kept small on purpose: on a hot row more connections make fewer pledges. The server
 * ends any statement after 15 s (what nobody waits for may be given longer), any wait for a lock after 5 s
 * and any idle transaction after 20 s, so that nothing of ours outlives the deadline of `runTransaction` for
 * long. `keepsReads` is for a pool that only reads, the same questions again and again for other values:
 * "parsed" where the best plan depends on these (lists, searches), "planned" where rows are found by keys.
 */
export function connect(
  url: string,
  {
    max = 8,
    statementMs = 15_000,
    isParallel = true,
    keepsReads,
    onStatement,
  }: {
    max?: number;
    statementMs?: number;
    /** Whether the server may read with several processes for one statement. */
    isParallel?: boolean;
    keepsReads?: "parsed" | "planned";
    /** Told of every statement with what is asked by it: for whoever measures. */
    onStatement?: ((statement: string, parameters: readonly unknown[]) => void) | undefined;
  } = {},
): Connection {
  const client = postgres(url, {
    max,
    // The driver's own query for types can reject where nobody listens when a connection dies young; nothing
    // here needs it.
    fetch_types: false,
    connect_timeout: 10,
    backoff: reconnectAfterSeconds,
    max_lifetime: 30 * 60,
    onnotice: () => undefined,
    ...(onStatement && {
      debug: (_connection: number, statement: string, parameters: unknown[]) => {
        onStatement(statement, parameters);
      },
    }),
    connection: {
      application_name: "hongxin",
      statement_timeout: statementMs,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 20_000,
      ...(isParallel ? {} : { max_parallel_workers_per_gather: 0 }),
      ...(keepsReads === "parsed" ? { plan_cache_mode: "force_custom_plan" } : {}),
    },
  });
  keepStatements(client, keepsReads !== undefined);
  return {
    db: drizzle(client),
    ping: async () => {
      await within(1_000, client`select 1`);
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * The pause before a lost connection is opened anew, longer with every one that was lost since the last that
 * opened: from 50 ms to 1 s, half of it by chance. The driver's own pause reaches 20 s, for which the portal
 * would stand still with its database long back.
 */
export function reconnectAfterSeconds(lost: number): number {
  return (0.5 + Math.random() / 2) * Math.min(0.05 * 2 ** lost, 1);
}

/**
 * The most statements that are kept ready on each connection; the portal's transactions know some three
 * hundred.
 */
const MOST_PREPARED = 500;

/**
 * Lets the server keep the statements of transactions ready, each from the second time it is seen: they are
 * sent again and again, find their rows by keys, and so need neither be parsed nor planned anew, nor asked
 * for their types in a round trip of their own. Reads outside of transactions are mostly lists and searches,
 * whose best plan depends on what is asked: they are planned each time, and kept at all only where the pool
 * `keepsReads`.
 */
function keepStatements(client: postgres.Sql, keepsReads: boolean): void {
  const seen = new Set<string>();
  const ready = new Set<string>();
  const isReady = (statement: string): boolean => {
    if (seen.has(statement) && ready.size < MOST_PREPARED) ready.add(statement);
    else if (seen.size < 10 * MOST_PREPARED) seen.add(statement);
    return ready.has(statement);
  };

  const keep = (asker: Pick<postgres.Sql, "unsafe">) => {
    const unsafe = asker.unsafe.bind(asker);
    asker.unsafe = ((statement, parameters, options) =>
      unsafe(statement, parameters, { ...options, prepare: isReady(statement) })) as typeof asker.unsafe;
  };

  if (keepsReads) keep(client);
  const begin = client.begin.bind(client) as (
    work: (tx: postgres.TransactionSql) => unknown,
  ) => Promise<unknown>;
  client.begin = ((work: (tx: postgres.TransactionSql) => unknown) =>
    begin((tx) => {
      keep(tx);
      return work(tx);
    })) as typeof client.begin;
}

/**
 * The answer did not come in time: the work may or may not be done. Sending the same request key again is
 * safe.
 */
export class DeadlineError extends Error {
  constructor(readonly deadlineMs: number) {
    super(`no answer from the database within ${deadlineMs} ms; the outcome is unknown`);
    this.name = "DeadlineError";
  }
}

/**
 * Settles with the promise, or rejects after the deadline. A lost connection can leave a promise pending for
 * ever; this does not.
 */
export async function within<T>(deadlineMs: number, promise: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(deadlineMs));
    }, deadlineMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

const MAX_TRIES = 6;
const REPEATABLE = new Set(["40001", "40P01"]);
/**
 * Public codes are drawn at random and short; one that somebody has already is drawn anew. Every constraint
 * that may refuse one; a test compares them with the tables.
 */
export const MADE_CODES: ReadonlySet<string> = new Set([
  "call_back_code_unique",
  "delivery_code_unique",
  "finder_handover_code_hash_unique",
  "gift_code_unique",
  "household_code_unique",
  "lot_label_unique",
  "need_code_unique",
  "need_draft_code_unique",
  "offer_code_unique",
  "purchase_code_unique",
  "recovery_code_code_hash_unique",
  "referral_code_unique",
  "spending_code_unique",
]);
const mayBeRepeated = (error: unknown): boolean =>
  REPEATABLE.has(sqlState(error) ?? "") || MADE_CODES.has(violatedConstraint(error) ?? "");

/** SQLSTATE of an error from the database, or what the driver calls it, wherever drizzle has put it. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; typeof at === "object" && at !== null && depth < 4; depth += 1) {
    if ("code" in at && typeof at.code === "string") return at.code;
    at = "cause" in at ? at.cause : undefined;
  }

  return undefined;
}

/** How the driver, the network and the server say that the database is not there, not yet, or no longer. */
const AWAY =
  /^(?:CONNECTION_(?:CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[1-4]|53300|08\w{3})$/;

/** Whether an error says that the database is away; what was under way may or may not be done. */
export const isDatabaseAway = (error: unknown): boolean => AWAY.test(sqlState(error) ?? "");

/** Name of the constraint that refused, if one did. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause = typeof error === "object" && error !== null && "cause" in error ? error.cause : error;
  return typeof cause === "object" &&
    cause !== null &&
    "constraint_name" in cause &&
    typeof cause.constraint_name === "string"
    ? cause.constraint_name
    : undefined;
}

/**
 * One transaction with a deadline (10 s). A serialization failure, a deadlock, or a code that somebody has
 * already, repeats it, up to five times, after a short random pause; every other error is thrown as it is.
 * The only place where a transaction is opened.
 *
 * @throws {DeadlineError} outcome unknown
 */
export function runTransaction<T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
  { deadlineMs = 10_000 }: { deadlineMs?: number } = {},
): Promise<T> {
  return within(deadlineMs, tryRepeatedly(db, work));
}

async function tryRepeatedly<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (tries === MAX_TRIES || !mayBeRepeated(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tries));
    }
  }
}
