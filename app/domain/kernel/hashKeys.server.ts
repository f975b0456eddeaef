import { inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Keyring } from "./sealing.server";

/** By which key of HASH_KEY a kept hash was made, as SQL; "" is the one without an id. */
export const hashKeyOf = (column: PgColumn): SQL<string> =>
  sql<string>`case when ${column} like '%:%' then split_part(${column}, ':', 1) else '' end`;

/** Whether the key of a kept hash still stands: under one that is gone nothing is found any more. */
export const isUnderStandingKey = (keys: Keyring, column: PgColumn): SQL =>
  inArray(hashKeyOf(column), [...keys.hashKeys.keys()]);
