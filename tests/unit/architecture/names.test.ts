import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Everything but words, which are named alike in three languages, and components, which lie in app/ui. */
const ROOMS = [
  "app/domain",
  "app/http",
  "app/session",
  "app/server",
  "app/worker",
  "app/integrations",
  "db/schema",
];

/** Where one name is right for two: shapes of HSDS are told as a schema, and as what is read by it. */
const ALIKE = new Set(["Attribute", "Taxonomy", "TaxonomyTerm"]);

const exportsOf = (file: string): string[] => [
  ...new Set(
    [
      ...readFileSync(file, "utf8").matchAll(
        /^export (?:async )?(?:function\*?|const|class|type|interface) (\w+)/gm,
      ),
    ].map(([, name = ""]) => name),
  ),
];

test("a name that is exported means one thing: no two files of the domain and what carries it export it", () => {
  const files = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => path.join(room, file)),
  );
  const where = new Map<string, string[]>();
  for (const file of files)
    for (const name of exportsOf(file)) where.set(name, [...(where.get(name) ?? []), file]);
  expect(where.size).toBeGreaterThan(1_000);
  const twice = [...where]
    .filter(([name, places]) => places.length > 1 && !ALIKE.has(name))
    .map(([name, places]) => `${name}: ${places.join(", ")}`);
  expect(twice).toEqual([]);
});
