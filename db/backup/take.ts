import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import postgres from "postgres";
import { historyOf, requireOurHistory } from "../history";
import { keysNow, type KeysOf } from "./keys";
import {
  BackupError,
  filesFolder,
  madeAs,
  type Manifest,
  manifestFile,
  type TableCopy,
  tableFile,
} from "./manifest";

/** Sealed bytes under their own SHA-256, wherever they lie. */
export type FilesOf = Readonly<{
  get: (sha256: string) => Promise<Uint8Array | undefined>;
  put: (bytes: Uint8Array) => Promise<unknown>;
}>;

const NEW_LINE = 10;

/**
 * Writes everything that the database holds at one moment, and the files that it names, into an empty folder:
 * as it lies there, sealed. Goes through each table once, in bounded memory, and keeps nobody from writing.
 * The manifest comes last: without it the folder is no backup.
 *
 * @param ownerUrl the owner's: it reads what the app's role may not
 * @param keysOf what proves, at the day of the restore, that the settings name the keys of today
 * @param files the portal's store, and how the folder of the backup is opened as one
 * @throws {BackupError} when the folder is not empty
 * @throws {NotMigratedError} when the database is none of this version or an earlier one
 */
export async function takeBackup(
  ownerUrl: string,
  folder: string,
  version: string,
  keysOf: KeysOf,
  files: FilesOf,
  storeIn: (folder: string) => FilesOf,
): Promise<Manifest> {
  await prepare(folder);
  const client = postgres(ownerUrl, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: "hongxin backup" },
  });
  try {
    return await client.begin("isolation level repeatable read, read only", async (tx) => {
      await requireOurHistory(tx);
      const history = (await historyOf(tx)) ?? [];
      const [{ at } = { at: "" }] = await tx<
        { at: string }[]
      >`select to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`;
      const tables: TableCopy[] = [];
      for (const table of await tablesOf(tx)) tables.push(await copyOut(tx, folder, table));
      // Files are never changed and never go: those that the tables name were there at their moment, and are
      // there still.
      const kept = await copyFiles(tx, files, storeIn(filesFolder(folder)));
      const manifest = madeAs({ version, takenAt: at, keys: keysNow(keysOf), history, tables, files: kept });
      await writeFile(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
      return manifest;
    });
  } finally {
    await client.end();
  }
}

async function prepare(folder: string): Promise<void> {
  await mkdir(path.join(folder, "tables"), { recursive: true, mode: 0o700 });
  await mkdir(filesFolder(folder), { recursive: true, mode: 0o700 });
  const inside = [
    ...(await readdir(folder)).filter((name) => name !== "tables" && name !== "files"),
    ...(await readdir(path.join(folder, "tables"))),
  ];
  if (inside.length > 0)
    throw new BackupError(`${folder} is not empty: name a new folder for each backup. Nothing was written.`);
}

type Columns = Readonly<{ name: string; columns: string[] }>;

/** Our tables with the columns that are stored and not worked out. */
const tablesOf = (tx: postgres.TransactionSql) =>
  tx<Columns[]>`
    select c.relname as name, json_agg(a.attname order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname order by c.relname`;

export const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const listed = (columns: readonly string[]): string => columns.map(named).join(", ");

async function copyOut(
  tx: postgres.TransactionSql,
  folder: string,
  { name, columns }: Columns,
): Promise<TableCopy> {
  const lines = { count: 0 };
  const written = { bytes: 0, hash: createHash("sha256") };
  const from = await tx.unsafe(`copy ${named(name)} (${listed(columns)}) to stdout`).readable();
  await pipeline(
    from,
    watching((chunk) => {
      // A row of COPY is a line, and a line within a value is written as \n.
      for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, at + 1))
        lines.count += 1;
    }),
    createGzip(),
    watching((chunk) => {
      written.bytes += chunk.length;
      written.hash.update(chunk);
    }),
    createWriteStream(tableFile(folder, name), { mode: 0o600, flush: true }),
  );
  // postgres.js 3.4.9 stops reading from the server while whoever reads here is behind, and starts again when
  // more is asked for: after the last row nobody asks, and the connection would stay stopped for ever. The
  // last row may have come before anybody could listen.
  from._read(0);
  return {
    name,
    columns: [...columns],
    rows: lines.count,
    bytes: written.bytes,
    sha256: written.hash.digest("hex"),
  };
}

const watching = (see: (chunk: Buffer) => void): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      see(chunk);
      done(null, chunk);
    },
  });

/** Every file that a row names, a page of names at a time. */
async function copyFiles(
  tx: postgres.TransactionSql,
  from: FilesOf,
  to: FilesOf,
): Promise<Manifest["files"]> {
  const kept = { count: 0, bytes: 0, missing: [] as string[] };
  for (let after = ""; ;) {
    const page = await tx<
      { sha256: string }[]
    >`select distinct sha256 from stored_file where sha256 > ${after} order by sha256 limit 500`;
    for (const { sha256 } of page) {
      const bytes = await from.get(sha256);
      if (bytes === undefined) kept.missing.push(sha256);
      else {
        await to.put(bytes);
        kept.count += 1;
        kept.bytes += bytes.length;
      }
    }

    const last = page.at(-1);
    if (last === undefined) return kept;
    after = last.sha256;
  }
}
