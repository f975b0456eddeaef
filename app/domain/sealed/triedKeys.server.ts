import { and, getTableName, isNotNull, ne, sql } from "drizzle-orm";
import { HOUSEHOLDS_OWN, type Keyring, unseal } from "~/domain/kernel/sealing.server";
import { type Database, sqlState } from "~db/client";
import { SEALED_COLUMNS, type SealedColumn } from "./sealedColumns.server";

/** Values of a column that are tried under each key: one that is damaged proves nothing of its key. */
const TRIED = 3;
/** A database that is not yet of this version lacks a column or a table. */
const NOT_THERE = ["42703", "42P01"];

/**
 * The ids of keys under which something lies: those of which a value opens, and those of which none does that
 * was tried.
 */
export type TriedKeys = Readonly<{ open: readonly string[]; closed: readonly string[] }>;

/**
 * Whether these keys are those that the portal seals with, found by trying: a few values of each column, the
 * newest first. Reads only.
 */
export async function triedKeys(db: Database, keys: Keyring): Promise<TriedKeys> {
  const tried = new Map<string, boolean>();
  for (const sealed of SEALED_COLUMNS)
    for (const { keyId, id, value } of await someOf(db, sealed))
      tried.set(keyId, (tried.get(keyId) ?? false) || opens(keys, sealed.place(id), value));
  const those = (state: boolean) =>
    [...tried].flatMap(([keyId, once]) => (once === state ? [keyId] : [])).toSorted();
  return { open: those(true), closed: those(false) };
}

/** The last values of a column under each master key. */
async function someOf(
  db: Database,
  { column, key }: SealedColumn,
): Promise<{ keyId: string; id: string; value: string }[]> {
  const keyId = sql<string>`split_part(${column}, ':', 2)`;
  const rows = db
    .select({
      keyId: keyId.as("key_id"),
      id: sql<string>`${key}::text`.as("row_id"),
      value: sql<string>`${column}`.as("value"),
      nth: sql<number>`row_number() over (partition by ${keyId} order by ${key} desc)`.as("nth"),
    })
    .from(column.table)
    .where(and(isNotNull(column), ne(keyId, HOUSEHOLDS_OWN)))
    .as(`some_${getTableName(column.table)}`);

  try {
    return await db
      .select({ keyId: rows.keyId, id: rows.id, value: rows.value })
      .from(rows)
      .where(sql`${rows.nth} <= ${TRIED}`);
  } catch (error) {
    if (NOT_THERE.includes(sqlState(error) ?? "")) return [];
    throw error;
  }
}

function opens(keys: Keyring, place: string, value: string): boolean {
  try {
    unseal(keys, place, value);
    return true;
  } catch {
    return false;
  }
}
