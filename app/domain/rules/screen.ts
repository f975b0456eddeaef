import type { RuleKind } from "~db/schema/directory";
import type { DayText } from "./ages";
import type { BenefitAmount } from "./amount";
import { type Answer, evaluateRule, type Parameters } from "./evaluate";
import { explainRule, undecidedFacts } from "./explain";
import type { Facts } from "./facts";
import { canBe, type Rule } from "./rule";

/** What people read: never "you do not qualify". */
export const VERDICTS = ["likely", "maybe", "not"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const verdictOf = (answer: Answer): Verdict => (answer === null ? "maybe" : answer ? "likely" : "not");

export type ItemRule = Readonly<{ kind: RuleKind; rule: Rule | null; amount: BenefitAmount | null }>;

/**
 * What a household may expect of an item, and the part of its rule that decides. `ask` where no rule would be
 * honest.
 */
export type Screened = Readonly<{ verdict: Verdict | "everyone" | "ask"; part: Rule | null }>;

/**
 * Screens one item. Facts that are missing can make "likely" a "maybe", never a "not"; where no fact would
 * decide, somebody must be asked.
 */
export function screenItem({ kind, rule }: ItemRule, facts: Facts, parameters: Parameters): Screened {
  if (kind !== "rule" || rule === null)
    return { verdict: kind === "everyone" ? "everyone" : "ask", part: null };
  const { answer, part } = explainRule(rule, facts, parameters);
  return { verdict: answer === null && undecidedFacts(part).length === 0 ? "ask" : verdictOf(answer), part };
}

export type CaseResult = Readonly<{ name: string; expect: Verdict; got: Verdict; passed: boolean }>;

export type CaseRun = Readonly<{ results: readonly CaseResult[]; covered: boolean; passed: boolean }>;

/**
 * Runs a rule's case book. A rule may take effect only when every case passes and both "likely" and "not" are
 * among them, as far as the rule can say them: where somebody may always be asked, there is no "not".
 * @param valuesOn the dated values of a case's day, and those for a case that names none
 */
export function runCases(
  rule: Rule,
  cases: readonly Readonly<{ name: string; facts: Facts; expect: Verdict; valuesOn?: DayText | undefined }>[],
  valuesOn: (day: DayText | undefined) => Parameters,
): CaseRun {
  const results = cases.map(({ name, facts, expect, valuesOn: day }) => {
    const got = verdictOf(evaluateRule(rule, facts, valuesOn(day)));
    return { name, expect, got, passed: got === expect };
  });
  const covered = (["likely", "not"] as const).every(
    (verdict) => cases.some(({ expect }) => expect === verdict) || !canBe(rule, verdict === "likely"),
  );
  return { results, covered, passed: covered && results.every((result) => result.passed) };
}
