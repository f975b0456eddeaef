import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";

const FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));

/** One step of a database's history: when it was made, and the SHA-256 of its file. */
export type Step = Readonly<{ madeAt: number; hash: string }>;

/**
 * A database cannot be brought to this version as it stands; the message says in sentences what was found and
 * what to do. Nothing was changed.
 */
export class NotMigratedError extends Error {
  override name = "NotMigratedError";
}

/** The migrations that this version knows, in their order, with their statements. */
export const knownSteps = (): (Step & Readonly<{ statements: readonly string[] }>)[] =>
  readMigrationFiles({ migrationsFolder: FOLDER }).map(({ folderMillis, hash, sql }) => ({
    madeAt: folderMillis,
    hash,
    statements: sql,
  }));

/** What was done to a database so far, in its order; undefined where it keeps no history. */
export async function historyOf(client: postgres.Sql | postgres.TransactionSql): Promise<Step[] | undefined> {
  const [kept] = await client<
    { known: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as known`;
  if (!kept?.known) return undefined;
  const rows = await client<
    { madeAt: string; hash: string }[]
  >`select created_at::text as "madeAt", hash from drizzle.__drizzle_migrations order by created_at, id`;
  return rows.map(({ madeAt, hash }) => ({ madeAt: Number.parseInt(madeAt, 10), hash }));
}

/**
 * Reads, and changes nothing: may this version bring that database to itself?
 * @throws {NotMigratedError} where its history is not the beginning of ours: it is newer, or of something
 *   else; or where it has tables without a history
 */
export async function requireOurHistory(client: postgres.Sql | postgres.TransactionSql): Promise<void> {
  const history = await historyOf(client);
  const [{ name, tables } = { name: "", tables: 0 }] = await client<{ name: string; tables: number }[]>`
    select current_database() as name, count(*)::int as tables from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
  if (history === undefined || history.length === 0) {
    if (tables > 0) throw new NotMigratedError(WITHOUT_HISTORY(name, tables));
    return;
  }

  requireBeginningOfOurs(history, `The database "${name}"`);
}

/** The same of the database at an address. */
export async function requireOurHistoryAt(url: string): Promise<void> {
  const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    await requireOurHistory(client);
  } finally {
    await client.end();
  }
}

/**
 * @param what begins the sentence: whose history this is
 * @throws {NotMigratedError} where it is not the beginning of ours
 */
export function requireBeginningOfOurs(history: readonly Step[], what: string): void {
  const known = knownSteps();
  const differs = history.findIndex(
    (step, index) =>
      known[index] !== undefined && (known[index].hash !== step.hash || known[index].madeAt !== step.madeAt),
  );
  if (differs !== -1) throw new NotMigratedError(FOREIGN(what, history[differs], differs));
  if (history.length > known.length)
    throw new NotMigratedError(NEWER(what, history.length, known.length, history.at(-1)));
}

const told = (step: Step | undefined): string =>
  step === undefined
    ? ""
    : `made ${new Date(step.madeAt).toISOString().slice(0, 10)}, sum ${step.hash.slice(0, 12)}`;
const NOTHING = "Nothing was changed.";

const WITHOUT_HISTORY = (name: string, tables: number): string =>
  `The database "${name}" has ${tables} tables, but no history of Hongxin's migrations: it belongs to something else, or was put back by other means than npm run restore. ${NOTHING} Give the portal a database without tables (create database …), or bring a backup back with npm run restore -- DIR.`;

const FOREIGN = (what: string, step: Step | undefined, index: number): string =>
  `${what} has a history that this version does not know: its migration ${index + 1} (${told(step)}) is not ours. A version from before the first release made it, or another branch. ${NOTHING} Start the version that made it, or give this one a database without tables.`;

const NEWER = (what: string, theirs: number, ours: number, last: Step | undefined): string =>
  `${what} is of a newer version: it has ${theirs} migrations, this version knows ${ours} (the last one there: ${told(last)}). ${NOTHING} Start that version or a later one; to go back, restore a backup of this version into a database without tables (npm run restore -- DIR).`;
