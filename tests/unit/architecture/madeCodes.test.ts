import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { MADE_CODES } from "~db/client";
import * as schema from "~db/schema";

/** Unique codes that nobody draws: given by people, or copied from where they were drawn. */
const GIVEN: Readonly<Record<string, string>> = {
  list_item_code_unique: "the entry's, as its list has it",
  public_need_code_unique: "the need's own",
};

test("every code that is drawn at random is drawn anew where somebody has it already", () => {
  const tables = (Object.values(schema) as unknown[]).filter((value) => value instanceof PgTable);
  const unique = tables.flatMap((table) =>
    getTableConfig(table)
      .columns.filter((column) => column.isUnique && /^(?:code|label|code_hash)$/.test(column.name))
      .map((column) => column.uniqueName ?? ""),
  );
  expect(unique.length).toBeGreaterThan(10);
  expect(unique.filter((name) => !(name in GIVEN)).toSorted()).toEqual([...MADE_CODES].toSorted());
});
