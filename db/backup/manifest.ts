import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

/**
 * A backup is not whole, not ours, or cannot go where it was sent; the message says so in sentences. Nothing
 * was changed.
 */
export class BackupError extends Error {
  override name = "BackupError";
}

/** How the folder of a backup is laid out; another number is another layout. */
const FORMAT = 1;

const Proofs = z.array(z.object({ id: z.string(), proof: z.string() })).max(1_000);

/** An earlier version knew one key of hashes, which had no id. */
const Keys = z
  .object({ salt: z.string(), dataKeys: Proofs, hashKeys: Proofs.optional(), hashKey: z.string().optional() })
  .transform(({ hashKey, hashKeys, ...keys }) => ({
    ...keys,
    hashKeys: hashKeys ?? (hashKey === undefined ? [] : [{ id: "", proof: hashKey }]),
  }));

const Manifest = z.object({
  format: z.literal(FORMAT),
  /** The version that made it, for whoever looks for the right one. */
  version: z.string(),
  /** The moment at which it shows the database: one for all tables. */
  takenAt: z.iso.datetime(),
  /**
   * Under which keys it is sealed; a backup of an earlier version does not say. The proofs are those of
   * `KeysOf`.
   */
  keys: Keys.optional(),
  history: z.array(z.object({ madeAt: z.number(), hash: z.string() })).max(10_000),
  tables: z
    .array(
      z.object({
        name: z.string(),
        columns: z.array(z.string()).max(1_600),
        rows: z.number(),
        bytes: z.number(),
        sha256: z.string(),
      }),
    )
    .max(10_000),
  files: z.object({
    count: z.number(),
    bytes: z.number(),
    /** Named by the database, and not there (or not what they were) when it was taken. */
    missing: z.array(z.string()).max(10_000_000),
  }),
});
export type Manifest = z.infer<typeof Manifest>;
export type TableCopy = Manifest["tables"][number];

export const madeAs = (manifest: Omit<Manifest, "format">): Manifest => ({ format: FORMAT, ...manifest });

const MANIFEST = "manifest.json";
export const manifestFile = (folder: string): string => path.join(folder, MANIFEST);
export const tableFile = (folder: string, name: string): string =>
  path.join(folder, "tables", `${name}.copy.gz`);
export const filesFolder = (folder: string): string => path.join(folder, "files");

/**
 * The manifest of a whole backup: it is written last, and each table's file is read once and is what was
 * written.
 * @throws {BackupError} when something is missing or other than it was
 */
export async function readWhole(folder: string): Promise<Manifest> {
  const text = await readFile(manifestFile(folder), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new BackupError(
      `There is no ${MANIFEST} in ${folder}: it is no backup, or one that was broken off. Nothing was changed.`,
    );
  const read = Manifest.safeParse(jsonOf(text));
  if (!read.success)
    throw new BackupError(
      `The ${MANIFEST} in ${folder} cannot be read by this version: it is damaged, or of a newer one. Nothing was changed.`,
    );
  const broken: string[] = [];
  for (const table of read.data.tables)
    if (!(await isAsWritten(tableFile(folder, table.name), table))) broken.push(table.name);
  if (broken.length > 0)
    throw new BackupError(
      `The backup in ${folder} is damaged: ${broken.join(", ")} ${broken.length === 1 ? "is" : "are"} not what was written. Nothing was changed. Take another one.`,
    );
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function isAsWritten(file: string, { bytes, sha256 }: TableCopy): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found?.size !== bytes) return false;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex") === sha256;
}
