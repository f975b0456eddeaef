import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import postgres from "postgres";
import { knownSteps, requireBeginningOfOurs, type Step } from "../history";
import { migrate } from "../migrate";
import { type KeysOf, requireItsKeys } from "./keys";
import { BackupError, filesFolder, type Manifest, readWhole, type TableCopy, tableFile } from "./manifest";
import { type FilesOf, listed, named } from "./take";

const FUNCTIONS = fileURLToPath(new URL("../sql/before.sql", import.meta.url));

/**
 * Brings a backup back into a database without tables, and its files into the portal's store; then brings all
 * of it to this version. The database is filled in one transaction: whole, or as empty as before. What sends
 * is held from the same moment on, until somebody lets it go.
 *
 * @param appRole the role of DATABASE_URL, which gets its rights last
 * @param id of the row that holds what sends
 * @param keysOf proves which keys the settings name; undefined where those of the backup are lost, and what
 *   they seal stays closed
 * @throws {BackupError} when the backup is damaged, was made with other keys, its files are not there, or
 *   the database has tables
 * @throws {NotMigratedError} when the backup is of a newer version, or of something else
 */
export async function restoreBackup(
  ownerUrl: string,
  appRole: string,
  folder: string,
  id: string,
  keysOf: KeysOf | undefined,
  files: FilesOf,
  storeIn: (folder: string) => FilesOf,
): Promise<Manifest> {
  const manifest = await readWhole(folder);
  requireBeginningOfOurs(manifest.history, `The backup in ${folder}`);
  if (keysOf) requireItsKeys(manifest, keysOf, folder);
  const client = postgres(ownerUrl, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: "hongxin restore" },
  });
  try {
    await client.begin(async (tx) => {
      await refill(tx, folder, manifest);
      for (const step of knownSteps().slice(manifest.history.length)) await take(tx, step);
      await hold(tx, id, manifest.takenAt);
      // Before it is whole for anybody, its files are there.
      await bringFiles(tx, folder, manifest, storeIn(filesFolder(folder)), files);
    });
  } finally {
    await client.end();
  }

  // The triggers of evidence and the rights of the app: until now nobody but the owner could read a row.
  await migrate(ownerUrl, appRole);
  return manifest;
}

/**
 * The database as it was when the backup was taken: with the tables of that time, and its history. Nobody but
 * the owner can read it yet.
 * @throws {BackupError} when the database has tables
 */
export async function refill(tx: postgres.TransactionSql, folder: string, manifest: Manifest): Promise<void> {
  await requireEmpty(tx);
  await tx.unsafe(await readFile(FUNCTIONS, "utf8"));
  await tx.unsafe(
    "create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
  );
  for (const step of knownSteps().slice(0, manifest.history.length)) await take(tx, step);
  await fill(tx, folder, manifest);
}

async function requireEmpty(tx: postgres.TransactionSql): Promise<void> {
  const [{ name, tables } = { name: "", tables: 0 }] = await tx<{ name: string; tables: number }[]>`
    select current_database() as name, count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'drizzle')`;
  if (tables > 0)
    throw new BackupError(
      `The database "${name}" has ${tables} tables: a backup goes into one without tables, so that nothing is mixed or lost. Nothing was changed. Make one (create database …) and name it in MIGRATION_URL and DATABASE_URL.`,
    );
}

async function take(
  tx: postgres.TransactionSql,
  { statements, hash, madeAt }: Step & Readonly<{ statements: readonly string[] }>,
): Promise<void> {
  for (const statement of statements) await tx.unsafe(statement);
  await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${madeAt})`;
}

/**
 * All rows, in whatever order the tables come: what refers to another table is laid aside meanwhile and
 * proved anew at the end, row by row.
 */
async function fill(tx: postgres.TransactionSql, folder: string, { tables }: Manifest): Promise<void> {
  const references = await tx<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace order by 1, 2`;
  for (const { table, name } of references)
    await tx.unsafe(`alter table ${table} drop constraint ${named(name)}`);
  // The backup has the sums that triggers keep, as they were; migrations have no others yet.
  const kept = await tx<{ table: string }[]>`
    select distinct t.tgrelid::regclass::text as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by 1`;
  for (const { table } of kept) await tx.unsafe(`alter table ${table} disable trigger user`);
  // A migration may have made rows of its own; the backup has them as they became.
  await tx.unsafe(`truncate ${tables.map(({ name }) => named(name)).join(", ")}`);
  for (const table of tables) await copyIn(tx, folder, table);
  for (const { table } of kept) await tx.unsafe(`alter table ${table} enable trigger user`);
  for (const { table, name, definition } of references)
    await tx.unsafe(`alter table ${table} add constraint ${named(name)} ${definition}`);
}

async function copyIn(
  tx: postgres.TransactionSql,
  folder: string,
  { name, columns, rows }: TableCopy,
): Promise<void> {
  const into = await tx.unsafe(`copy ${named(name)} (${listed(columns)}) from stdin`).writable();
  await pipeline(createReadStream(tableFile(folder, name)), createGunzip(), into);
  const [{ found } = { found: -1 }] = await tx<
    { found: number }[]
  >`select count(*)::float8 as found from ${tx(name)}`;
  if (found !== rows)
    throw new BackupError(
      `Of the table ${name} ${found} rows came back, ${rows} were written. Nothing was changed.`,
    );
}

/** A backup that was itself taken while a restoration was held stays held by that one. */
const hold = (tx: postgres.TransactionSql, id: string, takenAt: string) =>
  tx`insert into restoration (id, taken_at, restored_at) values (${id}, ${takenAt}, greatest(now(), ${takenAt}::timestamptz)) on conflict do nothing`;

async function bringFiles(
  tx: postgres.TransactionSql,
  folder: string,
  manifest: Manifest,
  from: FilesOf,
  to: FilesOf,
): Promise<void> {
  const missing = new Set(manifest.files.missing);
  for (let after = ""; ;) {
    const page = await tx<
      { sha256: string }[]
    >`select distinct sha256 from stored_file where sha256 > ${after} order by sha256 limit 500`;
    for (const { sha256 } of page) {
      const bytes = await from.get(sha256);
      if (bytes !== undefined) await to.put(bytes);
      else if (!missing.has(sha256))
        throw new BackupError(
          `The backup in ${folder} is damaged: the file ${sha256} is gone, or not what was written. Nothing was changed. Take another one.`,
        );
    }

    const last = page.at(-1);
    if (last === undefined) return;
    after = last.sha256;
  }
}
