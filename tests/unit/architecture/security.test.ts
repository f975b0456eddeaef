import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROWS = readFileSync("docs/security.md", "utf8")
  .split("\n")
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

test("every promise of docs/security.md names tests that exist, or says that it is open", () => {
  expect(ROWS.length).toBeGreaterThan(20);
  const wrong = ROWS.flatMap(([, chapter = "", promise = "", , tests = ""]) => {
    const named = [...tests.matchAll(/`([\w/*-]+)`/g)].map(([, name = ""]) => name);
    if (named.length === 0) return promise.includes("**open**") ? [] : [`${chapter}: ${promise}`];
    return named.filter(
      (name) => !name.includes("*") && !existsSync(`tests/${name}.test.ts`) && !existsSync(`tests/${name}`),
    );
  });
  expect(wrong).toEqual([]);
});
