import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { frozenNow, problemsOf, readVersions, type Versions } from "../../../scripts/versions/frozen";

const sum = (text: string) => createHash("sha256").update(text).digest("hex");
const HEAD =
  "-- why: a deliverer has a vehicle\n-- locks: none but its own\n-- backfill: none\n-- reversible: yes, drop the column\n";

const FIRST = { tag: "0000_tables", when: 1, sql: "create table a ();" };
const SECOND = { tag: "0001_vehicle", when: 2, sql: `${HEAD}alter table a add column b text;` };
const released: Versions = {
  migrations: [FIRST],
  frozen: [{ tag: FIRST.tag, sha256: sum(FIRST.sql), functions: "f1" }],
  functions: "f1",
};

test("the migrations of this version are as they were released, and every later one says what it does", () => {
  expect(problemsOf(readVersions())).toEqual([]);
  expect(readVersions().frozen.map(({ tag }) => tag)).toContain("0000_tables");
});

test("a released migration that is changed by one character, or gone, is named", () => {
  expect(problemsOf({ ...released, migrations: [{ ...FIRST, sql: `${FIRST.sql} ` }] })).toEqual([
    expect.stringMatching(/^0000_tables is frozen, but it was changed/),
  ]);
  expect(problemsOf({ ...released, migrations: [] })).toEqual(["0000_tables is frozen, but it is gone"]);
  expect(problemsOf({ ...released, migrations: [SECOND, FIRST] }).join("\n")).toContain(
    "0001_vehicle stands in its place",
  );
});

test("a migration that is not yet released may change; without its head it is named", () => {
  expect(problemsOf({ ...released, migrations: [FIRST, SECOND] })).toEqual([]);
  expect(
    problemsOf({ ...released, migrations: [FIRST, { ...SECOND, sql: SECOND.sql.replace(HEAD, "") }] }),
  ).toEqual([
    '0001_vehicle does not begin with "-- why: …", "-- locks: …", "-- backfill: …", "-- reversible: …"',
  ]);
  // A word without what it asks for, and one that comes after the first statement.
  expect(
    problemsOf({
      ...released,
      migrations: [FIRST, { ...SECOND, sql: SECOND.sql.replace("-- locks: none but its own", "-- locks: ") }],
    }),
  ).toHaveLength(1);
  expect(
    problemsOf({ ...released, migrations: [FIRST, { ...SECOND, sql: `select 1;\n${SECOND.sql}` }] }),
  ).toHaveLength(1);
});

test("a migration that was made before the one it follows is named: databases that have that one would never get it", () => {
  expect(problemsOf({ ...released, migrations: [FIRST, { ...SECOND, when: 1 }] })).toEqual([
    expect.stringMatching(/^0001_vehicle was made before 0000_tables/),
  ]);
});

test("functions change together with a migration, so that the history tells the versions apart", () => {
  expect(problemsOf({ ...released, functions: "f2" })).toEqual([
    expect.stringMatching(/^db\/sql\/before.sql was changed since 0000_tables/),
  ]);
  expect(problemsOf({ ...released, functions: "f2", migrations: [FIRST, SECOND] })).toEqual([]);
});

test("freezing adds what is new, and never writes over what stands", () => {
  const list = frozenNow({
    migrations: [{ ...FIRST, sql: "other" }, SECOND],
    frozen: released.frozen,
    functions: "f2",
  });
  expect(list).toEqual([...released.frozen, { tag: SECOND.tag, sha256: sum(SECOND.sql), functions: "f2" }]);
});
