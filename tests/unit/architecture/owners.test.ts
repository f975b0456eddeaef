import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { OWNERS, SECOND_WRITERS, SEEDED, TRIGGERED } from "./owners";

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") || file.endsWith(".tsx"))
    .map((file) => path.posix.join(folder, file.replaceAll("\\", "/")));

/** The tables of the schema: the name in code by the name in the database. */
const TABLES = new Map(
  sourcesOf("db/schema").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/export const (\w+) = pgTable\(\s*"(\w+)"/g)].map(
      ([, code = "", stored = ""]) => [stored, code] as const,
    ),
  ),
);
const NAMES = new Set(TABLES.values());

/**
 * The tables that a source writes: by the query builder, as rows of one statement, by SQL, or by a machine
 * that moves its states.
 */
function writtenIn(source: string): Set<string> {
  const built = [...source.matchAll(/\.\s*(?:insert|update|delete)\(\s*(\w+)\s*\)/g)];
  const together = [...source.matchAll(/\b(?:insert|update)Rows\(\s*tx,\s*(\w+)\b/g)];
  const named = [...source.matchAll(/(?:insert into|update|delete from) \$\{(\w+)\}/g)];
  const stored = [...source.matchAll(/(?:insert into|update|delete from) ([a-z_]+)\b/g)];
  const moved = [...source.matchAll(/machine\(\{[^}]*?table: (\w+)/g)];
  return new Set(
    [
      ...[...built, ...together, ...named, ...moved].map(([, name = ""]) => name),
      ...stored.map(([, name = ""]) => TABLES.get(name) ?? ""),
    ].filter((name) => NAMES.has(name)),
  );
}

const ownerOf = new Map(
  Object.entries(OWNERS).flatMap(([folder, tables]) => tables.map((table) => [table, folder])),
);

const mayWrite = (file: string, table: string): boolean =>
  file.startsWith(`${ownerOf.get(table) ?? "nobody"}/`) ||
  SECOND_WRITERS.some((second) => second.file === file && second.tables.includes(table));

const WRITES = sourcesOf("app").flatMap((file) =>
  [...writtenIn(readFileSync(file, "utf8"))].map((table) => ({ file, table })),
);

test("only the owner of a table writes it", () => {
  expect(WRITES.length).toBeGreaterThan(100);
  const foreign = WRITES.filter(({ file, table }) => !mayWrite(file, table));
  expect(foreign.map(({ file, table }) => `${file} writes ${table}`)).toEqual([]);
});

test("every table has one owner who writes it, or comes with the city's data", () => {
  const owned = [...Object.values(OWNERS).flat(), ...SEEDED, ...TRIGGERED];
  expect(owned.toSorted()).toEqual([...NAMES].toSorted());
  const written = new Set(WRITES.map(({ table }) => table));
  expect([...ownerOf.keys()].filter((table) => !written.has(table))).toEqual([]);
  expect([...SEEDED, ...TRIGGERED].filter((table) => written.has(table))).toEqual([]);
});

test("every second writer does write what it is named for", () => {
  const idle = SECOND_WRITERS.flatMap(({ file, tables }) =>
    tables.filter((table) => !WRITES.some((write) => write.file === file && write.table === table)),
  );
  expect(idle).toEqual([]);
});

test.each([
  ["the query builder", "await tx.update(gifts).set({})"],
  ["the query builder over lines", "await tx\n  .insert(\n gifts )"],
  ["rows of one statement", "await insertRows(\n  tx,\n  gifts,\n  rows)"],
  ["SQL with the table's name in code", "sql`delete from ${gifts}`"],
  ["SQL with its stored name", "sql`insert into gift (id)`"],
  ["a machine", 'machine({ entity: "gift", table: gifts, transitions })'],
])("a foreign write is found when it is made by %s", (_, source) => {
  const [table = ""] = writtenIn(source);
  expect([table, mayWrite("app/domain/matching/offers.server.ts", table)]).toEqual(["gifts", false]);
});
