import { readFileSync } from "node:fs";
import { getTableName } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { KEPT } from "~/domain/retention/kept";
import { RETENTION } from "~/domain/retention/terms.server";
import * as schema from "~db/schema";
import { APPEND_ONLY_TABLES } from "~db/schema/appendOnly";
import { retention } from "../../../scripts/retention";

const tables = (Object.values(schema) as unknown[])
  .filter((value): value is PgTable => value instanceof PgTable)
  .map((table) => getTableConfig(table).name);
const cleared = [...new Set(RETENTION.map(({ table }) => getTableName(table)))];
const kept = KEPT.flatMap((group) => group.tables);

test("every table has its term: it is cleared by a clock, or it is said until when it stays and why", () => {
  expect([...cleared, ...kept].toSorted()).toEqual(tables.toSorted());
});

test("no clock clears the journal, the books or any other evidence", () => {
  expect(cleared.filter((table) => (APPEND_ONLY_TABLES as readonly string[]).includes(table))).toEqual([]);
  for (const table of [
    "journal",
    "money_account",
    "money_entry",
    "money_transfer",
    "lot",
    "goods_move",
    "lot_stock",
    "record_opening",
  ])
    expect(kept).toContain(table);
});

test("each kind says why it is kept so long and by which law or reason, and has a name of its own", () => {
  expect(new Set(RETENTION.map(({ name }) => name)).size).toBe(RETENTION.length);
  for (const { why, basis, rows, from, goes } of RETENTION)
    for (const words of [why, basis, rows, from, goes]) expect(words.length).toBeGreaterThan(2);
});

test("docs/retention.md shows the terms as they are", () => {
  expect(readFileSync("docs/retention.md", "utf8"), "run npm run retention").toBe(retention());
});
