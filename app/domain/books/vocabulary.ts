import type { MoneyEntryKind } from "~db/schema/books";

/** The kinds of entries, in the order in which a fund usually sees them. */
export const MONEY_KINDS = [
  "receive",
  "commit",
  "uncommit",
  "spend",
  "top_up",
  "refund",
  "reverse",
] as const satisfies readonly MoneyEntryKind[];
