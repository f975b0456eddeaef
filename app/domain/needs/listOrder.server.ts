import { sql } from "drizzle-orm";
import { searchedNeeds } from "~db/schema/needSearch";
import type { WishFilter } from "./wishFilter";

export const PAGE_SIZE = 24;

const ORDERS = {
  /** Fairness: who waits longest comes first, not what is liked most. */
  waiting: { column: "waitingSince", direction: "asc" },
  newest: { column: "publishedAt", direction: "desc" },
} as const;

/** Where a page begins: the sort time and id of the card before (or after) it. */
export type PageKey = Readonly<{ at: Date; id: string; back: boolean }>;

/** The order of a filter's list from a key on, in the columns that `public_need` and its index have alike. */
export function walkOf({ sort }: WishFilter, key?: PageKey) {
  const { column, direction } = ORDERS[sort ?? "waiting"];
  const ascending = (direction === "asc") === (key?.back !== true);
  const [name, way] = [sql.identifier(searchedNeeds[column].name), sql.raw(ascending ? "asc" : "desc")];
  return {
    at: sql`${name}`,
    order: sql`${name} ${way}, need_id ${way}`,
    orderOfFirst: sql`first.at ${way}, first.need_id ${way}`,
    // One comparison of both columns, which an index can start from.
    from: key
      ? sql`(${name}, need_id) ${sql.raw(ascending ? ">" : "<")} (${key.at.toISOString()}, ${key.id})`
      : sql`true`,
  };
}
