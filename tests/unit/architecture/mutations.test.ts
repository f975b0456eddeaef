import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MUTATIONS } from "../../mutations/all";
import { planted } from "../../mutations/mutation";

test("every fault that npm run mutate plants still has its place: the text stands there once, and its test is there", () => {
  expect(MUTATIONS.length).toBeGreaterThan(30);
  const lost = MUTATIONS.filter(
    ({ file, from, to, test: file2 }) =>
      !existsSync(file) ||
      !existsSync(file2) ||
      planted(readFileSync(file, "utf8"), { from, to }) === undefined ||
      from === to,
  );
  expect(lost.map(({ name }) => name)).toEqual([]);
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});

test("a fault is planted where its text stands, however a formatter has laid it out, and never twice", () => {
  const source = "call(\n  first, // why\n  second,\n);\nother(first);";
  expect(planted(source, { from: "second)", to: "third)" })).toBe(
    "call(\n  first, // why\n  third);\nother(first);",
  );
  expect(planted(source, { from: "other(  first )", to: "" })).toBe(
    "call(\n  first, // why\n  second,\n);\n;",
  );
  for (const from of ["first", "nowhere", " "]) expect(planted(source, { from, to: "x" })).toBeUndefined();
});
