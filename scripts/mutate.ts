import { spawn, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { MUTATIONS } from "../tests/mutations/all";
import type { Mutation } from "../tests/mutations/mutation";

/**
 * Plants every fault of tests/mutations, one at a time, in a copy of this checkout, and runs the test that must go red. A fault that
 * no test notices is named, and the run fails. `npm run mutate -- words` plants only those whose name or file contains the words.
 */
const wanted = process.argv.slice(2).join(" ");
const chosen = MUTATIONS.filter(({ name, file }) => `${name} ${file}`.includes(wanted));
const say = (words: string) => {
  process.stdout.write(`${words}\n`);
};

function copyOfCheckout(): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), "hongxin-mutations-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { encoding: "utf8", maxBuffer: 2 ** 26 }).split("\0");
  for (const file of files) {
    if (file === "") continue;
    mkdirSync(path.join(copy, path.dirname(file)), { recursive: true });
    cpSync(file, path.join(copy, file));
  }
  symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
  return copy;
}

type Ran = Readonly<{ failed: number; passed: number }>;

/** How the test file ended; a run that got no test as far as failing (a fault that does not even load) counts as nothing. */
function runTest(copy: string, test: string): Promise<Ran> {
  const report = path.join(copy, "report.json");
  rmSync(report, { force: true });
  const project = test.startsWith("tests/unit/") ? "unit" : "integration";
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, test, "--reporter", "json", "--outputFile.json", report];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: "ignore" });
    child.once("close", () => {
      try {
        const { numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, "utf8")) as { numFailedTests: number; numPassedTests: number };
        resolve({ failed: numFailedTests, passed: numPassedTests });
      } catch {
        resolve({ failed: 0, passed: 0 });
      }
    });
  });
}

async function plant(copy: string, { file, from, to, test }: Mutation): Promise<Ran> {
  const target = path.join(copy, file);
  const source = readFileSync(target, "utf8");
  writeFileSync(
    target,
    source.replace(from, () => to),
  );
  try {
    return await runTest(copy, test);
  } finally {
    writeFileSync(target, source);
  }
}

const copy = copyOfCheckout();
const survived: string[] = [];
try {
  for (const mutation of chosen) {
    const { failed, passed } = await plant(copy, mutation);
    if (failed === 0) survived.push(mutation.name);
    say(`${failed > 0 ? "killed  " : "SURVIVED"} ${mutation.name} (${failed} of ${failed + passed} tests went red in ${mutation.test})`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
say(`\n${chosen.length - survived.length} of ${chosen.length} planted faults were noticed`);
process.exit(survived.length === 0 && chosen.length > 0 ? 0 : 1);
