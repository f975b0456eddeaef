import { Column, entityKind, eq, is, Param, Placeholder, SQL, sql, Subquery, Table, View } from "drizzle-orm";
import { PgColumn, PgTable, PgTimestamp } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { journal } from "~db/schema/journal";

const KINDS = [Column, PgColumn, PgTimestamp, Param, Placeholder, SQL, Subquery, Table, PgTable, View];
const VALUES = [
  journal,
  journal.id,
  journal.occurredAt,
  journal.data,
  sql`1`,
  eq(journal.id, "x"),
  sql.placeholder("x"),
  sql.param(1),
  new Date(),
  {},
  [],
  null,
  "text",
  7,
];

type Kind = Readonly<{ [entityKind]?: string }>;
/** What `is` says of itself: some ancestor of the value's class is of that kind. */
const anew = (value: unknown, kind: Kind): boolean => {
  let ancestor =
    typeof value === "object" && value !== null
      ? (Object.getPrototypeOf(value) as { constructor: Kind | null }).constructor
      : null;
  for (; ancestor !== null; ancestor = Object.getPrototypeOf(ancestor) as Kind | null)
    if (ancestor[entityKind] === kind[entityKind]) return true;
  return false;
};

test("of what kind a part of a statement is: the answer that was kept is the answer anew", () => {
  for (const [index, value] of VALUES.entries())
    for (const kind of KINDS)
      for (let times = 0; times < 2; times += 1)
        expect(is(value, kind), `value ${index}, ${kind[entityKind]}`).toBe(anew(value, kind));
});

test("a class is asked once for its ancestors, not at every statement: the patch of drizzle is in force", () => {
  let read = 0;
  class Asked {
    readonly what = "asked";
    static get [entityKind]() {
      read += 1;
      return "Asked";
    }
  }
  for (let times = 0; times < 5; times += 1) expect(is(new Asked(), Column)).toBe(false);
  expect(read).toBe(1);
});
