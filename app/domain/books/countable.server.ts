import { sql } from "drizzle-orm";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";

/**
 * How many units a journal row moved, where its line counts things and not fen. Join the line to the journal
 * row for it.
 */
export const countable = sql`case when ${needLines.kind} <> 'money' then ${journal.quantity} end`.mapWith(
  (units: string): bigint | null => BigInt(units),
);
