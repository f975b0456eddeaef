import type { Database, Transaction } from "~/domain/kernel/context.server";
import { startOfDay } from "~/domain/kernel/time";
import { parametersAt } from "~/domain/lists/inForce.server";
import type { Parameters } from "~/domain/rules/evaluate";
import type { RuleBody } from "~/domain/rules/ruleShape";
import { type CaseRun, runCases } from "~/domain/rules/screen";

type CaseBook = Pick<Extract<RuleBody, { kind: "rule" }>, "rule" | "cases">;

/**
 * Runs a case book, each case with the dated values in force on its own day, one without a day with those
 * given. So a case that was right stays right when a value changes. Values are read once for each day,
 * however many cases name it.
 * @throws when a case names a day on which a value was not in force yet: `editRule` takes none
 */
export async function runCaseBook(
  db: Database | Transaction,
  { rule, cases }: CaseBook,
  withoutDay: Parameters,
): Promise<CaseRun> {
  const days = new Set(cases.flatMap(({ valuesOn }) => valuesOn ?? []));
  const values = new Map(
    await Promise.all([...days].map(async (day) => [day, await parametersAt(db, startOfDay(day))] as const)),
  );
  return runCases(rule, cases, (day) => (day === undefined ? undefined : values.get(day)) ?? withoutDay);
}
