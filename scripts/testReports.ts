import { existsSync, readFileSync } from "node:fs";

/** What a run of tests came to: how many passed and failed, and each failure in words, its place first. */
export type TestReport = Readonly<{ passed: number; failed: number; failures: readonly string[] }>;

const LINES_OF_A_FAILURE = 40;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");
const failure = (place: string, messages: readonly string[]): string =>
  [
    `FAIL ${place}`,
    ...messages.join("\n").replace(COLOURS, "").split("\n").slice(0, LINES_OF_A_FAILURE),
  ].join("\n");

// A run that wrote no report has failed, whatever it printed.
const NO_REPORT: TestReport = { passed: 0, failed: 1, failures: [] };
const read = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;

type VitestReport = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  success: boolean;
  testResults: readonly {
    name: string;
    message?: string;
    assertionResults: readonly {
      status: string;
      fullName: string;
      failureMessages?: readonly string[] | null;
    }[];
  }[];
}>;

/**
 * Reads Vitest's JSON report. A file that failed before its first test (an import, a hook) is a failure too.
 */
export function vitestReport(file: string): TestReport {
  const report = read(file) as VitestReport | undefined;
  if (!report) return NO_REPORT;
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0) return message ? [failure(name, [message])] : [];
    return failed.map(({ fullName, failureMessages }) =>
      failure(`${name} › ${fullName}`, failureMessages ?? []),
    );
  });
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
    failures,
  };
}

type Suite = Readonly<{ suites?: readonly Suite[]; specs: readonly Spec[] }>;
type Spec = Readonly<{
  title: string;
  file: string;
  line: number;
  tests: readonly { status: string; results: readonly { errors: readonly { message?: string }[] }[] }[];
}>;
type PlaywrightReport = Readonly<{
  suites: readonly Suite[];
  errors: readonly { message?: string }[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}>;

const specsOf = (suite: Suite): readonly Spec[] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
const messagesOf = (errors: readonly { message?: string }[]): readonly string[] =>
  errors.map(({ message }) => message ?? "");

/** Reads Playwright's JSON report. A flaky or a skipped test has failed. */
export function playwrightReport(file: string): TestReport {
  const report = read(file) as PlaywrightReport | undefined;
  if (!report) return NO_REPORT;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failures = report.suites
    .flatMap(specsOf)
    .flatMap(({ title, file: name, line, tests }) =>
      tests
        .filter(({ status }) => status !== "expected")
        .map(({ status, results }) =>
          failure(
            `${name}:${line} › ${title} (${status})`,
            messagesOf(results.flatMap(({ errors }) => errors)),
          ),
        ),
    );
  const unplaced =
    report.errors.length > 0 ? [failure("outside of any test", messagesOf(report.errors))] : [];
  return { passed: expected, failed: unexpected + flaky + skipped, failures: [...failures, ...unplaced] };
}
