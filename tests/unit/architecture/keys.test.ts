import { is } from "drizzle-orm";
import { getTableConfig, PgDialect, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "~db/schema/index";

/** Tables that no city makes long: names, places, people of the office, texts of the lists. */
const STAY_SHORT = new Set([
  "beneficiary_group",
  "charity",
  "list_item",
  "object_kind",
  "organisation",
  "programme",
  "service_point",
  "town",
  "unit_of_measure",
]);

/** Keys that nothing is asked by, and why that stays so. */
const NEVER_ASKED_BY: Readonly<Record<string, string>> = {
  "import_row.need_id":
    "rows are told with their import; which made a need is found among those that made one",
  "pledge.need_id": "the promises of a need are found by its lines: one index less to write at every gift",
};

const TABLES = Object.values(schema).filter((thing) => is(thing, PgTable));

const dialect = new PgDialect();
const nameOf = (column: unknown): string =>
  typeof column === "object" && column !== null && "name" in column ? String(column.name) : "";

/** The columns that an index of a table begins with, whole or wherever they are filled. */
function leading(table: PgTable): ReadonlySet<string> {
  const { indexes, primaryKeys, uniqueConstraints, columns } = getTableConfig(table);
  const ofIndexes = indexes.flatMap(({ config }) => {
    const name = nameOf(config.columns[0]);
    const where = config.where && dialect.sqlToQuery(config.where).sql;
    return where === undefined || where === `${name} is not null` ? [name] : [];
  });
  return new Set([
    ...ofIndexes,
    ...[...primaryKeys, ...uniqueConstraints].map((key) => nameOf(key.columns[0])),
    ...columns.filter(({ primary, isUnique }) => primary || isUnique).map(nameOf),
  ]);
}

test("whoever asks by the key of something that grows with the city finds its rows by an index", () => {
  const bare: string[] = [];
  let keys = 0;
  for (const table of TABLES) {
    const { name, foreignKeys } = getTableConfig(table);
    for (const key of foreignKeys) {
      const { columns, foreignTable } = key.reference();
      const parent = getTableConfig(foreignTable).name;
      // Who recorded, decided or approved something is told with it; nobody asks for all that one person did.
      if (STAY_SHORT.has(parent) || parent === "app_user") continue;
      keys += 1;
      const column = columns[0]?.name ?? "";
      if (!leading(table).has(column)) bare.push(`${name}.${column}`);
    }
  }

  expect(keys).toBeGreaterThan(60);
  expect(bare.sort()).toEqual(Object.keys(NEVER_ASKED_BY).sort());
});
