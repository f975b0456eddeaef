import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("unit/architecture/"))
    .map((file) => path.join(folder, file));

/**
 * Who calls use cases and reads: pages and addresses, what stands behind all of them, the worker and its
 * clocks.
 */
const CALLERS = ["app/routes", "app/http", "app/worker", "app/server", "app/session"]
  .flatMap(sources)
  .concat("app/root.tsx");

const named = (text: string): string[] =>
  (/\{([^}]*)\}/.exec(text)?.[1] ?? "")
    .split(",")
    .flatMap((name) => /^\s*([a-z]\w*)/.exec(name.replace(/^\s*type .*/, ""))?.[1] ?? []);

/** The functions of the domain that a file calls, by the name under which the domain knows them. */
function calledBy(file: string): string[] {
  const imports =
    readFileSync(file, "utf8").match(/import \{[^}]*\} from "~\/domain\/[\w/]+\.server"/g) ?? [];
  return imports.flatMap(named);
}

test("every use case and every read that something outside the domain calls is named by a test, or is called by a route or a handler that a test runs", () => {
  const tests = sources("tests").map((file) => readFileSync(file, "utf8"));
  const words = new Set(tests.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));
  const imported = new Set(
    tests.flatMap((text) =>
      [
        ...text.matchAll(/import \{ (?!type)[^}]*\} from "~\/(routes\/[\w/]+|worker\/handlers\.server)"/g),
      ].map(([, route = ""]) => route),
    ),
  );
  const tried = new Set(
    CALLERS.filter((file) => imported.has(path.relative("app", file).replace(/\.tsx?$/, ""))).flatMap(
      calledBy,
    ),
  );
  const called = [...new Set(CALLERS.flatMap(calledBy))];
  expect(called.length).toBeGreaterThan(250);
  expect(called.filter((name) => !words.has(name) && !tried.has(name)).sort()).toEqual([]);
});
