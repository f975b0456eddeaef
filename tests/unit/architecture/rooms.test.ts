import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

type Report = { summary: { violations: { rule: { name: string } }[] } };

/** Runs dependency-cruiser; it exits with the number of violations, which is no failure here. */
function cruise(folders: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const args = [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    ...folders,
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
  ];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { env, encoding: "utf8", maxBuffer: 2 ** 27 });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }

  return (JSON.parse(output) as Report).summary.violations.map((violation) => violation.rule.name);
}

const RULES = [...readFileSync(".dependency-cruiser.cjs", "utf8").matchAll(/name: "([\w-]+)"/g)].map(
  (match) => match[1],
);

test(
  "every rule about what may import what can fail: a planted violation of each is found",
  { timeout: 60_000 },
  () => {
    const found = new Set(cruise(["tests/unit/architecture/violations"], { ...process.env, PLANTED: "1" }));
    expect(RULES.length).toBeGreaterThan(10);
    expect(RULES.filter((rule) => rule && !found.has(rule))).toEqual([]);
  },
);

test("the house keeps its rules about what may import what", { timeout: 60_000 }, () => {
  expect(cruise(["app"], process.env)).toEqual([]);
  // The input takes types of the domain, which closes folders into a circle that no code runs around.
  const others = cruise(["db", "scripts"], process.env);
  expect(others.filter((rule) => rule !== "no-circles-between-contexts")).toEqual([]);
});

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && /\.(ts|tsx)$/.test(entry.name) ? [path.join(entry.parentPath, entry.name)] : [],
  );

const linesOf = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;

test("no file is over 350 lines, and no route over 150: each is a sign of a missing room", () => {
  const files = ["app", "db", "scripts", "tests"].flatMap(filesOf).filter((file) => !file.includes("i18n/"));
  expect(files.length).toBeGreaterThan(200);
  const tooLong = files
    .filter((file) => linesOf(file) > (file.startsWith(path.join("app", "routes") + path.sep) ? 150 : 350))
    .map((file) => `${file}: ${linesOf(file)}`);
  expect(tooLong).toEqual([]);
});

test("nothing but paths.ts writes a URL of the portal by hand", () => {
  const byHand = ["app/routes", "app/ui", "app/domain"]
    .flatMap(filesOf)
    .filter((file) => /(?:to|action|href)=["{]["'`]?\/[a-z]/.test(readFileSync(file, "utf8")));
  expect(byHand.filter((file) => !/objects\.svg/.test(readFileSync(file, "utf8")))).toEqual([]);
});
