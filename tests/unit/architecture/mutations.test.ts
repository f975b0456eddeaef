import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MUTATIONS } from "../../mutations/all";

test("every fault that npm run mutate plants still has its place: the text stands there once, and its test is there", () => {
  expect(MUTATIONS.length).toBeGreaterThan(30);
  const lost = MUTATIONS.filter(({ file, from, to, test: file2 }) => !existsSync(file) || !existsSync(file2) || readFileSync(file, "utf8").split(from).length !== 2 || from === to);
  expect(lost.map(({ name }) => name)).toEqual([]);
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});
