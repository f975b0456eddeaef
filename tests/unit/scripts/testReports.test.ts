import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightReport, vitestReport } from "../../../scripts/testReports";

const folder = mkdtempSync(path.join(tmpdir(), "hongxin-reports-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const written = (report: unknown): string => {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
};

test("a failed test is said with its place and its reason, wherever it stands; what passed says nothing", () => {
  const file = written({
    numPassedTests: 1,
    numFailedTests: 1,
    success: false,
    testResults: [
      {
        name: "a.test.ts",
        assertionResults: [
          { status: "passed", fullName: "good" },
          { status: "failed", fullName: "bad", failureMessages: ["\u001B[31mexpected 1 to be 2\u001B[39m"] },
        ],
      },
      { name: "b.test.ts", message: "Cannot find module", assertionResults: [] },
    ],
  });
  expect(vitestReport(file)).toEqual({
    passed: 1,
    failed: 1,
    failures: ["FAIL a.test.ts › bad\nexpected 1 to be 2", "FAIL b.test.ts\nCannot find module"],
  });
});

test("of journeys: nested, flaky and skipped ones are said; an error outside of any test is too", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: "c.test.ts",
    line: 3,
    tests: [{ status, results: [{ errors: message ? [{ message }] : [] }] }],
  });
  const file = written({
    suites: [
      {
        specs: [spec("good", "expected")],
        suites: [{ specs: [spec("bad", "unexpected", "not visible"), spec("left out", "skipped")] }],
      },
    ],
    errors: [{ message: "no browser" }],
    stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 1 },
  });
  expect(playwrightReport(file)).toEqual({
    passed: 1,
    failed: 2,
    failures: [
      "FAIL c.test.ts:3 › bad (unexpected)\nnot visible",
      "FAIL c.test.ts:3 › left out (skipped)\n",
      "FAIL outside of any test\nno browser",
    ],
  });
});

test("a run that wrote no report has failed", () => {
  const none = path.join(folder, "none.json");
  expect([vitestReport(none).failed, playwrightReport(none).failed]).toEqual([1, 1]);
});
