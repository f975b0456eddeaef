import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { playwrightReport, type TestReport, vitestReport } from "./testReports";

const CACHE = "node_modules/.cache";
const quick = process.argv.includes("--quick");
const say = (words: string) => {
  process.stdout.write(`${words}\n`);
};

type Step = Readonly<{
  name: string;
  command: readonly string[];
  /** A report that counts tests; without one the step counts as one. */ report?: () => TestReport;
  env?: Record<string, string>;
}>;

const bin = (path: string) => ["node", path];
const UNIT = `${CACHE}/unit.json`;
const INTEGRATION = `${CACHE}/integration.json`;
const BUILT = `${CACHE}/built.json`;
const JOURNEYS = `${CACHE}/journeys.json`;

const vitest = (project: string, report: string) => [
  ...bin("node_modules/vitest/vitest.mjs"),
  "run",
  "--project",
  project,
  "--reporter",
  "default",
  "--reporter",
  "json",
  "--outputFile.json",
  report,
];

const STATIC: readonly Step[] = [
  { name: "types", command: [...bin("node_modules/typescript/bin/tsc"), "--noEmit"] },
  { name: "lint", command: [...bin("node_modules/eslint/bin/eslint.js"), ".", "--max-warnings", "0"] },
  {
    name: "formatting",
    command: [...bin("node_modules/prettier/bin/prettier.cjs"), "--check", ".", "--log-level", "warn"],
  },
  { name: "dead code", command: [...bin("node_modules/knip/bin/knip.js"), "--no-progress"] },
  { name: "lock file", command: ["node", "--import", "tsx", "scripts/checks/lockFile.ts"] },
  {
    name: "schema and migrations agree",
    command: ["node", "--import", "tsx", "scripts/checks/migrations.ts"],
  },
  {
    name: "released migrations stay as they are",
    command: ["node", "--import", "tsx", "scripts/checks/frozen.ts"],
  },
];

const TESTS: readonly Step[] = [
  { name: "unit tests", command: vitest("unit", UNIT), report: () => vitestReport(UNIT) },
  {
    name: "integration tests",
    command: vitest("integration", INTEGRATION),
    report: () => vitestReport(INTEGRATION),
  },
];

const BROWSER: readonly Step[] = [
  { name: "build", command: ["node", "--import", "tsx", "scripts/build.ts"] },
  { name: "page weight", command: ["node", "--import", "tsx", "scripts/checks/pageWeight.ts"] },
  {
    name: "the built portal: upgrades, crashes, endings",
    command: vitest("built", BUILT),
    report: () => vitestReport(BUILT),
  },
  {
    name: "journeys in a browser",
    command: [...bin("node_modules/@playwright/test/cli.js"), "test"],
    report: () => playwrightReport(JOURNEYS),
    env: { E2E_REPORT: JOURNEYS },
  },
];

/** Runs one step; the end of its output is shown when it fails. */
function run(step: Step): Promise<boolean> {
  const startedAt = Date.now();
  const [program = "", ...args] = step.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...step.env, FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.once("close", (code) => {
      say(`${code === 0 ? "ok  " : "FAIL"} ${step.name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
      if (code !== 0) say(output.join("").slice(-20_000));
      resolve(code === 0);
    });
  });
}

// One order for both runs of tests, said at once: whoever reads of a red one can repeat it.
process.env.TEST_SEED ??= String(Date.now() % 1_000_000);
say(`TEST_SEED=${process.env.TEST_SEED}`);
mkdirSync(CACHE, { recursive: true });
// An old report must not stand for a run that never finished.
for (const report of [UNIT, INTEGRATION, BUILT, JOURNEYS]) rmSync(report, { force: true });
let passed = 0;
let failed = 0;
// Said once more at the very end: what went wrong early in a long run stands far above the end of its output.
const failures: string[] = [];
const count = (step: Step, ok: boolean) => {
  const report = step.report?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: [] };
  passed += report.passed;
  failed += ok ? report.failed : Math.max(1, report.failed);
  failures.push(...report.failures);
};

// Two at a time: the machine of the pipeline has two cores.
const queue = [...STATIC];
await Promise.all(
  [0, 1].map(async () => {
    for (let step = queue.shift(); step; step = queue.shift()) count(step, await run(step));
  }),
);
for (const step of quick ? TESTS : [...TESTS, ...BROWSER]) {
  count(step, await run(step));
}

for (const failure of failures) say(`\n${failure}`);
say(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
