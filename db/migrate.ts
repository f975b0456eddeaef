import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { sqlState } from "./client";
import { NotMigratedError, requireOurHistory } from "./history";
import { APPEND_ONLY_TABLES, WRITE_ONCE_TABLES } from "./schema/appendOnly";

const MIGRATION_LOCK = 4_820_115;
const LOCK_NOT_AVAILABLE = "55P03";
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * How long a change of a table waits for those who use it, since everybody else then waits behind it; how
 * often it is tried; how long it lets them go on between two tries.
 */
type Patience = Readonly<{ lockMs: number; tries: number; pauseMs: number }>;
const PATIENCE: Patience = { lockMs: 2_000, tries: 12, pauseMs: 3_000 };
/** For the turn of another one that migrates: nobody waits behind that. */
const TURN_MS = 120_000;

/**
 * Tables that have to be changed are used by a transaction that does not end. Nothing of that change was
 * made.
 */
export class TablesInUseError extends NotMigratedError {
  constructor(users: readonly string[], { tries, lockMs }: Patience) {
    super(
      [
        `The database could not be brought to this version: its tables are in use. It was tried ${tries} times, ${lockMs} ms each, so that nobody waits for longer.`,
        ...users.map((user) => `- ${user}`),
        "Nothing of what was tried is changed. Start again once they have ended, or end them (select pg_terminate_backend(PROCESS)).",
      ].join("\n"),
    );
    this.name = "TablesInUseError";
  }
}

/**
 * Brings a database to this version: functions, tables, append-only triggers, then what the app's role may
 * do. What is there already is not made again: on a database of this version no table is locked, so that a
 * copy may start beside whatever goes on. Where a table must be changed, those who write it wait two seconds
 * at most, and the change is tried again some seconds later. Runs as the owner; several starting at once take
 * turns. Safe to repeat. A database that has another history than the beginning of ours is refused before
 * anything is touched.
 *
 * @param appRole the role of DATABASE_URL. It owns nothing, and gets no UPDATE or DELETE on journal and
 *   books, so that even a mistake in the app cannot rewrite evidence. Skipped when it is the owner itself.
 * @throws {NotMigratedError} when the database is of a newer version, or of something else
 * @throws {TablesInUseError} when a transaction kept a table for longer than all tries
 */
export async function migrate(
  ownerUrl: string,
  appRole: string,
  patience: Patience = PATIENCE,
): Promise<void> {
  const client = postgres(ownerUrl, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: "hongxin migrate", lock_timeout: TURN_MS },
  });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await requireOurHistory(client);
    await client.unsafe(`set lock_timeout = ${patience.lockMs}`);
    const change = (work: () => Promise<unknown>) => withPatience(client, patience, work);
    // Functions stand in no table's way: they are made again each time, whatever somebody did to them.
    await change(async () => client.unsafe(await readFile(here("./sql/before.sql"), "utf8")));
    await change(() => applyMigrations(drizzle(client), { migrationsFolder: here("./migrations") }));
    for (const { table, refused } of await withoutTrigger(client))
      await change(() =>
        client.unsafe(
          `create or replace trigger append_only before ${refused.join(" or ")} on "${table}" for each statement execute function refuse_change()`,
        ),
      );
    const [owner] = await client<{ name: string }[]>`select current_user as name`;
    if (owner?.name !== appRole)
      for (const statement of await missingRights(client, appRole))
        await change(() => client.unsafe(statement));
  } finally {
    await client.end();
  }
}

async function withPatience(
  client: postgres.Sql,
  patience: Patience,
  work: () => Promise<unknown>,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (tried === patience.tries) throw new TablesInUseError(await usersOfTables(client), patience);
      await new Promise((resolve) => setTimeout(resolve, patience.pauseMs));
    }
  }
}

/** Who holds tables of ours now, the longest first: by process, name and table, never by what they asked. */
async function usersOfTables(client: postgres.Sql): Promise<string[]> {
  const rows = await client<{ pid: number; name: string | null; seconds: number | null; tables: string }[]>`
    select l.pid, a.application_name as name, extract(epoch from clock_timestamp() - min(a.xact_start))::int as seconds,
      string_agg(distinct c.relname, ', ' order by c.relname) as tables
    from pg_locks l join pg_class c on c.oid = l.relation and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    left join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'relation' and l.granted and l.pid <> pg_backend_pid() and l.database = (select oid from pg_database where datname = current_database())
    group by l.pid, a.application_name order by min(a.xact_start) nulls last limit 5`;
  return rows.map(
    ({ pid, name, seconds, tables }) =>
      `process ${pid}${name ? ` (${name})` : ""}${seconds === null ? "" : `, for ${seconds} s`}: ${tables}`,
  );
}

/** What may be done with no row of these tables, not even by their owner. */
const REFUSED: readonly Readonly<{ table: string; refused: readonly string[] }>[] = [
  ...APPEND_ONLY_TABLES.map((table) => ({ table, refused: ["update", "delete", "truncate"] })),
  ...WRITE_ONCE_TABLES.map((table) => ({ table, refused: ["update", "truncate"] })),
];
/** The bits of `pg_trigger.tgtype`: a trigger before it, for each statement. */
const BEFORE = 2;
const BITS: Readonly<Record<string, number>> = { delete: 8, update: 16, truncate: 32 };

/** Those of them whose trigger is not there, is another one, or was switched off. */
async function withoutTrigger(client: postgres.Sql): Promise<typeof REFUSED> {
  const known = await client<{ table: string; type: number }[]>`
    select c.relname as table, t.tgtype::int as type from pg_trigger t join pg_class c on c.oid = t.tgrelid and c.relnamespace = 'public'::regnamespace
    where t.tgname = 'append_only' and t.tgfoid = 'refuse_change'::regproc and t.tgenabled = 'O' and t.tgqual is null`;
  const typeOf = (refused: readonly string[]) =>
    refused.reduce((type, act) => type | (BITS[act] ?? 0), BEFORE);
  return REFUSED.filter(
    ({ table, refused }) =>
      !known.some((trigger) => trigger.table === table && trigger.type === typeOf(refused)),
  );
}

/**
 * What the app's role has to be given, or to lose, so that it may read and write everything and change no
 * evidence.
 */
async function missingRights(client: postgres.Sql, appRole: string): Promise<string[]> {
  const [schema] = await client<
    { used: boolean }[]
  >`select has_schema_privilege(${appRole}, 'public', 'usage') as used`;
  const tables = await client<{ table: string; privilege: string; held: boolean }[]>`
    select c.relname as table, privilege, has_table_privilege(${appRole}, c.oid, privilege) as held
    from pg_class c cross join unnest('{select,insert,update,delete,truncate}'::text[]) privilege
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by 1, 2`;
  const role = named(appRole);
  return [
    ...(schema?.used ? [] : [`grant usage on schema public to ${role}`]),
    ...tables.flatMap(({ table, privilege, held }) => {
      const refused = REFUSED.find((evidence) => evidence.table === table)?.refused ?? [];
      if (refused.includes(privilege))
        return held ? [`revoke ${privilege} on ${named(table)} from ${role}`] : [];
      return held || privilege === "truncate" ? [] : [`grant ${privilege} on ${named(table)} to ${role}`];
    }),
  ];
}

const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;
