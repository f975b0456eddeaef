import { workOut } from "~/domain/rules/amount";
import { evaluateMember, evaluateRule, type Parameters } from "~/domain/rules/evaluate";
import type { Facts, KnownOfMember } from "~/domain/rules/facts";
import { type MemberRule, partsOf, type Rule } from "~/domain/rules/rule";
import type { ItemRule } from "~/domain/rules/screen";
import { factsFromAnswers } from "./answeredFacts";
import { type Answers, type Field, namesOf, QUESTIONS } from "./questions";

/** The fact that stands for "who else lives there". */
const WHO_ELSE = "householdSize";

/**
 * The facts that could still change what an item says, or what it pays: of the household, and of the first
 * person, who is the one that the finder asks about. Nothing that is decided already, and nothing that only
 * others at home could settle.
 */
export function openFacts({ rule, amount }: ItemRule, facts: Facts, parameters: Parameters): Set<string> {
  const open = new Set<string>();
  if (rule === null) return open;
  openInRule(rule, facts, parameters, open);
  if (amount?.kind !== "each_person" || evaluateRule(rule, facts, parameters) !== true) return open;
  if (amount.wholeFamily) openInRule(amount.wholeFamily, facts, parameters, open);
  openInMember(amount.who, facts.members[0] ?? {}, parameters, open);
  const working = workOut(amount, facts, parameters);
  if (working?.kind === "each_person" && working.isOpen) open.add(WHO_ELSE);
  return open;
}

function openInRule(rule: Rule, facts: Facts, parameters: Parameters, open: Set<string>): void {
  if (evaluateRule(rule, facts, parameters) !== null || "ask" in rule) return;
  if ("fact" in rule) open.add(rule.fact);
  else if ("some" in rule) {
    openInMember(rule.some, facts.members[0] ?? {}, parameters, open);
    if (!facts.membersComplete) open.add(WHO_ELSE);
  } else for (const part of partsOf(rule)) openInRule(part, facts, parameters, open);
}

function openInMember(
  rule: MemberRule,
  member: KnownOfMember,
  parameters: Parameters,
  open: Set<string>,
): void {
  if (evaluateMember(rule, member, parameters) !== null) return;
  if ("fact" in rule) open.add(rule.fact);
  else for (const part of partsOf(rule)) openInMember(part, member, parameters, open);
}

/**
 * The fields of a question (from 1) that decide something, whatever they were answered with before; none
 * where it can be skipped.
 */
export function decidingFields(
  n: number,
  answers: Answers,
  items: readonly ItemRule[],
  parameters: Parameters,
): readonly Field[] {
  const fields = QUESTIONS[n - 1]?.fields ?? [];
  const own = new Set(fields.flatMap(namesOf));
  const facts = factsFromAnswers(
    Object.fromEntries(Object.entries(answers).filter(([name]) => !own.has(name))),
    parameters,
  );
  const open = new Set(items.flatMap((item) => [...openFacts(item, facts, parameters)]));
  return fields.filter((field) => field.facts.some((fact) => open.has(fact)));
}

/**
 * The question before or after one that decides something for these answers; undefined where there is none.
 */
export function questionBeside(
  n: number,
  step: 1 | -1,
  answers: Answers,
  items: readonly ItemRule[],
  parameters: Parameters,
): number | undefined {
  for (let at = n + step; at >= 1 && at <= QUESTIONS.length; at += step)
    if (decidingFields(at, answers, items, parameters).length > 0) return at;
  return undefined;
}
