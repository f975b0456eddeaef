import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** A UUIDv7 made by the app: sortable by time, and known to the caller before the row is written. */
export const id = (name = "id") => uuid(name);

/** An instant. The database keeps UTC; Asia/Shanghai appears only on screens and in accounting dates. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** An amount in fen (1/100 yuan). */
export const fen = (name: string) => bigint(name, { mode: "bigint" });

/** A count of whole units; on a money line, of fen. */
export const units = (name: string) => bigint(name, { mode: "bigint" });

/** Sealed personal data: `v1:keyId:iv:ciphertext:tag` (kernel/sealing). Never readable by SQL. */
export const sealed = (name: string) => text(name);

/** CHECK that a text column holds one of the words that its type allows. */
export function oneOf(column: AnyPgColumn | SQL, words: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(", "))})`;
}

/** The languages of the portal. */
export const LOCALE_CODES = ["zh-Hans", "zh-Hant", "en"] as const;

/** CHECK that a name that code gives (a template, a handler, a clock) is one, and no words of a person. */
export const isName = (column: AnyPgColumn): SQL => sql`${column} ~ '^[a-z][A-Za-z]{0,59}$'`;

/** CHECK that a coded reason is a code: whatever its list is, no words of a person fit into it. */
export const isCodedText = (column: AnyPgColumn): SQL => sql`${column} ~ '^[a-z][a-z_]{0,39}$'`;

/**
 * CHECK that a moment that somebody told is one: nothing here happened before 2000, a year of two digits is a
 * slip of the finger.
 */
export const since2000 = (column: AnyPgColumn): SQL => sql`${column} >= timestamptz '2000-01-01 00:00:00+08'`;

/** CHECK that a count or an amount never falls below zero. */
export const notNegative = (column: AnyPgColumn): SQL => sql`${column} >= 0`;

/**
 * CHECK that a keyed hash, where there is one, was made by the key that a column names: its id stands before
 * it (kernel/sealing).
 */
export const hashedBy = (key: AnyPgColumn, hash: AnyPgColumn): SQL =>
  sql`(coalesce(${hash}, '') = '' or (case when ${hash} like '%:%' then split_part(${hash}, ':', 1) else '' end) = ${key})`;
