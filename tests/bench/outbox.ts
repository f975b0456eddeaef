import postgres from "postgres";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { drainDue } from "~/worker/drainOutbox.server";
import { connect } from "~db/client";
import { processMilliseconds, serverMilliseconds } from "./processor";
import { median, milliseconds, rounded, say, withDatabase } from "./support";

const ROUNDS = 3;
/** As many as the worker takes at once. */
const BATCH = 1_000;
const FIRST_TRIES = 20;

const refuses = () => Promise.reject(new Error("nothing leaves a bench"));

/** The worker's own context, from whose handlers nothing leaves the house. */
function workerOf(db: UseCaseContext["db"]): UseCaseContext {
  const key = Buffer.alloc(32, 7).toString("base64");
  const unused = new Proxy({}, { get: () => refuses });
  return {
    db,
    actor: { kind: "system", name: "bench" },
    locale: "zh-Hans",
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
    randomBytes: (count) => Buffer.alloc(count),
    pause: () => Promise.resolve(),
    keys: readKeyring(`bench:${key}`, key),
    ports: {
      payments: unused as UseCaseContext["ports"]["payments"],
      mail: { send: refuses },
      files: unused as UseCaseContext["ports"]["files"],
      texts: { canSend: false, reaches: () => false, send: refuses },
      faults: {
        rowsFailed: (work, rows) => {
          throw new Error(`${work}: ${String(rows[0]?.error)}`);
        },
      },
    },
    publicUrl: "http://127.0.0.1",
  };
}

/**
 * Work that fell due at one moment, each with an event of its own that is no donor's: its handler looks, and
 * that is all.
 */
async function fill(sql: postgres.Sql, rows: number): Promise<void> {
  await sql.unsafe(`
    set session_replication_role = replica;
    truncate outbox, journal cascade;
    insert into journal (id, entity, entity_id, entity_version, event, actor_role, occurred_at, recorded_at)
    select gen_random_uuid(), 'account', gen_random_uuid(), 1, 'account.nothing', 'system', '2026-01-01', '2026-01-01' from generate_series(1, ${rows});
    insert into outbox (id, journal_id, handler, state, run_at)
    select gen_random_uuid(), id, 'tellDonor', 'waiting', timestamptz '2026-01-01' from journal;
    analyze journal;`);
  // In no transaction, which several statements in one message are.
  await sql`vacuum analyze outbox`;
}

/** The least that marks the same rows as done: one statement a batch, nothing else. */
async function bare(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const { count } = await sql`
      update outbox set state = 'done', attempts = attempts + 1 where id in (
        select id from outbox where state = 'waiting' and run_at <= now() order by run_at, id limit ${BATCH} for update skip locked)`;
    if (count === 0) return;
  }
}

/** Ours over the bare UPDATE of the same rows, and one piece while many wait over one while none does. */
export const outbox = (flags: ReadonlyMap<string, number>) =>
  withDatabase({ durable: true }, async (server) => {
    const rows = flags.get("rows") ?? 50_000;
    const waiting = flags.get("waiting") ?? 1_000_000;
    const url = server.urlFor("superuser", "hongxin");
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    const connection = connect(server.appUrl);
    const ctx = workerOf(connection.db);
    const [ours, theirs]: [number[], number[]] = [[], []];
    const used = { worker: 0, database: 0 };

    for (let round = 0; round < ROUNDS; round += 1) {
      await fill(sql, rows);
      const before = [processMilliseconds(process.pid), await serverMilliseconds(sql)] as const;
      ours.push(
        await milliseconds(async () => {
          while ((await drainDue(ctx)) > 0);
        }),
      );
      used.worker += processMilliseconds(process.pid) - before[0];
      used.database += (await serverMilliseconds(sql)) - before[1];
      await fill(sql, rows);
      theirs.push(await milliseconds(() => bare(sql)));
      say(`round ${round + 1}: ours ${String(ours.at(-1))} ms, bare ${String(theirs.at(-1))} ms`);
    }

    const first = async (): Promise<number> => {
      const took: number[] = [];
      for (let tries = 0; tries < FIRST_TRIES; tries += 1)
        took.push(await milliseconds(() => drainDue(ctx, 1)));
      return median(took);
    };

    await fill(sql, FIRST_TRIES);
    const alone = await first();
    await fill(sql, waiting);
    const among = await first();
    await connection.close();
    await sql.end();
    return {
      ratio: rounded(median(theirs) / median(ours)),
      means: "pieces a second that are drained, over those that bare batches of UPDATE … SKIP LOCKED mark",
      perSecond: Math.round((rows * 1_000) / median(ours)),
      barePerSecond: Math.round((rows * 1_000) / median(theirs)),
      processorMicrosecondsPerPiece: {
        worker: Math.round((used.worker * 1_000) / (rows * ROUNDS)),
        database: Math.round((used.database * 1_000) / (rows * ROUNDS)),
      },
      firstMs: rounded(alone),
      firstAmongWaitingMs: rounded(among),
      firstAmongOverAlone: rounded(among / alone),
    };
  });
