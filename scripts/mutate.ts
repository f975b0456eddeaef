import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "~db/embedded";
import { MUTATIONS } from "../tests/mutations/all";
import { type Mutation, planted } from "../tests/mutations/mutation";

/**
 * Plants every fault of tests/mutations, one at a time, in a copy of this checkout, and runs the test that
 * must go red until the first of its cases does. A fault that no test notices is named, and the run fails; so
 * it does when a test is red without any fault, or when what a fault replaces does not stand in its file
 * exactly once. `npm run mutate -- words` plants only those whose name, file or test contains the words.
 */
const wanted = process.argv.slice(2).join(" ");
const chosen = MUTATIONS.filter(({ name, file, test }) => `${name} ${file} ${test}`.includes(wanted));
const say = (words: string) => {
  process.stdout.write(`${words}\n`);
};

function copyOfCheckout(folder: string): string {
  const copy = path.join(folder, "checkout");
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  }).split("\0");
  for (const file of files) {
    if (file === "") continue;
    mkdirSync(path.join(copy, path.dirname(file)), { recursive: true });
    cpSync(file, path.join(copy, file));
  }

  symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
  return copy;
}

type Case = Readonly<{ status: string; fullName: string; failureMessages: readonly string[] }>;
type Report = Readonly<{
  numPassedTests: number;
  testResults: readonly { message: string; assertionResults: readonly Case[] }[];
}>;
type Ran = Readonly<{ red: string | undefined; passed: number; broken: string | undefined }>;

const inTables = ({ file }: Pick<Mutation, "file">): boolean => file.startsWith("db/");

const readReport = (file: string): Report | undefined => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch {
    return undefined;
  }
};

/**
 * The case with what it said: whoever reads the list sees whether it failed at the fault or merely ran out of
 * time.
 */
const inOneLine = ({ fullName, failureMessages }: Case): string =>
  `${fullName}: ${(failureMessages[0] ?? "").split("\n")[0]?.slice(0, 160) ?? ""}`;

/** A fault that makes a test go on for ever is noticed by whoever waits for it. */
const MOST_MS = 10 * 60_000;

/**
 * Which case of the test file went red first; a file that got no case as far as failing (a fault that does
 * not even load) is broken.
 */
function runTest(
  copy: string,
  { test, only, file }: Pick<Mutation, "test" | "only"> & Readonly<{ file?: string }>,
  databaseUrl: string,
): Promise<Ran> {
  const report = path.join(copy, "report.json");
  rmSync(report, { force: true });
  const project = /^tests\/(unit|integration)\//.exec(test)?.[1] ?? "built";
  const cases = only === undefined ? [] : ["--testNamePattern", only];
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    project,
    test,
    ...cases,
    "--bail",
    "1",
    "--reporter",
    "json",
    "--outputFile.json",
    report,
  ];
  // A fault that is not in the tables finds those that the run without a fault has made.
  const template = file === undefined || inTables({ file }) ? {} : { TEST_TEMPLATE: "keep" };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: copy,
      stdio: "ignore",
      env: { ...process.env, ...template, TEST_DATABASE_URL: databaseUrl },
    });
    let ranOut = false;
    const deadline = setTimeout(() => {
      ranOut = true;
      child.kill("SIGKILL");
    }, MOST_MS);
    child.once("close", () => {
      clearTimeout(deadline);
      const ended = readReport(report);
      const results = ended?.testResults ?? [];
      const red = results
        .flatMap(({ assertionResults }) => assertionResults)
        .find(({ status }) => status === "failed");
      const passed = ended?.numPassedTests ?? 0;
      const message = results.map((result) => result.message).find((words) => words !== "");
      resolve({
        red: ranOut ? "it did not end within ten minutes" : red === undefined ? undefined : inOneLine(red),
        passed,
        broken:
          red === undefined && !ranOut && (passed === 0 || message !== undefined)
            ? (message ?? "no case ran")
            : undefined,
      });
    });
  });
}

/**
 * Writes the fault into the copy for the time of its test; throws where the code has moved on since the fault
 * was written down.
 */
async function plant(copy: string, mutation: Mutation, databaseUrl: string): Promise<Ran> {
  const target = path.join(copy, mutation.file);
  const source = readFileSync(target, "utf8");
  const faulty = planted(source, mutation);
  if (faulty === undefined)
    return { red: undefined, passed: 0, broken: `${mutation.from} does not stand once in ${mutation.file}` };
  writeFileSync(target, faulty);
  try {
    return await runTest(copy, mutation, databaseUrl);
  } finally {
    writeFileSync(target, source);
  }
}

// One order of files and tests for the whole run: what is green without a fault must not go red by another
// order.
process.env.TEST_SEED ??= String(Date.now() % 1_000_000);
say(`TEST_SEED=${process.env.TEST_SEED}`);
const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-mutations-"));
// The database may run as another user, who must be able to pass through.
chmodSync(folder, 0o711);
const server = await startEmbedded({ dataDir: path.join(folder, "cluster"), unsafeFast: true });
const survived: string[] = [];
try {
  const copy = copyOfCheckout(folder);
  for (const test of new Set(chosen.map((mutation) => mutation.test))) {
    const { red, passed, broken } = await runTest(copy, { test }, server.superuserUrl);
    if (red !== undefined || broken !== undefined) {
      survived.push(`${test} is red without any fault`);
      say(`RED      ${test} without any fault: ${red ?? broken ?? ""}`);
      continue;
    }

    say(`${test}: ${passed} green`);
    // Faults in the tables come last: they leave tables behind that are not whole.
    const faults = chosen
      .filter((each) => each.test === test)
      .toSorted((one, other) => Number(inTables(one)) - Number(inTables(other)));
    for (const mutation of faults) {
      const ran = await plant(copy, mutation, server.superuserUrl);
      if (ran.red === undefined) survived.push(mutation.name);
      say(
        ran.red === undefined
          ? `SURVIVED ${mutation.name}${ran.broken === undefined ? "" : `: ${ran.broken.slice(0, 300)}`}`
          : `killed   ${mutation.name} (${ran.red})`,
      );
    }
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

say(`\n${chosen.length - survived.length} of ${chosen.length} planted faults were noticed`);
for (const name of survived) say(`  ${name}`);
process.exit(survived.length === 0 && chosen.length > 0 ? 0 : 1);
