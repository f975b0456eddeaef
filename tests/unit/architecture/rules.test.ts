import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ALL_CHECKS } from "~/domain/checks.server";

const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).split("\n");

type Rule = Readonly<{ id: string; holds: string; source: string; keptBy: string; provenBy: string }>;

const RULES: readonly Rule[] = readFileSync("docs/rules.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| R-"))
  .map((line) => {
    const [id = "", holds = "", source = "", keptBy = "", provenBy = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    return { id, holds, source, keptBy, provenBy };
  });

const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

test("rules are numbered 1, 2, 3 …, and each says what holds, why, where it is kept and what proves it", () => {
  expect(RULES.length).toBeGreaterThan(30);
  expect(RULES.map(({ id }) => id)).toEqual(
    RULES.map((_, index) => `R-${String(index + 1).padStart(3, "0")}`),
  );
  const thin = RULES.filter(
    ({ holds, source, keptBy, provenBy }) =>
      holds === "" || source === "" || named(keptBy).length === 0 || named(provenBy).length === 0,
  );
  expect(thin.map(({ id }) => id)).toEqual([]);
});

test("every rule that code cites is written down, and every one that is written down is cited by code", () => {
  const cited = new Set<string>();
  for (const file of files.filter((name) => /^(?:app|db|scripts)\/.*\.(?:tsx?|css)$/.test(name)))
    for (const [id] of readFileSync(file, "utf8").matchAll(/\bR-\d{3}\b/g)) cited.add(id);
  expect([...cited].toSorted()).toEqual(RULES.map(({ id }) => id));
});

test("where a rule is kept is a file of the product or a constraint of its tables", () => {
  const pieces = new Set(
    files
      .filter((file) => /^(?:app|db)\/.*\.tsx?$/.test(file))
      .map((file) => path.basename(file).replace(/(?:\.server)?\.tsx?$/, "")),
  );
  const tables = files
    .filter((file) => file.startsWith("db/schema/"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const limits = readFileSync("app/domain/kernel/limitBounds.ts", "utf8");
  const lost = RULES.flatMap(({ id, keptBy, source }) => [
    ...named(keptBy.replaceAll(/\([^)]*\)/g, ""))
      .filter((name) => !pieces.has(name) && !tables.includes(`"${name}"`))
      .map((name) => `${id}: ${name}`),
    ...named(source)
      .filter((name) => !limits.includes(`${name}:`))
      .map((name) => `${id}: ${name}`),
  ]);
  expect(lost).toEqual([]);
});

test("what proves a rule is a check that runs, or a file of tests", () => {
  const checks = ALL_CHECKS.map(({ name }) => name);
  const isCheck = (name: string) =>
    name.endsWith("*") ? checks.some((each) => each.startsWith(name.slice(0, -1))) : checks.includes(name);
  const isTest = (name: string) => files.some((file) => path.basename(file) === `${name}.ts`);
  const lost = RULES.flatMap(({ id, provenBy }) =>
    named(provenBy)
      .filter((name) => !isCheck(name) && !isTest(name))
      .map((name) => `${id}: ${name}`),
  );
  expect(lost).toEqual([]);
});
