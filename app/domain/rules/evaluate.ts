import type { ParameterCode } from "~db/schema/factVocabulary";
import type { Facts, KnownOfHousehold, KnownOfMember, Span } from "./facts";
import type { Amount, Comparison, HouseholdLeaf, Leaf, MemberLeaf, MemberRule, Rule } from "./rule";

/** Yes, no, or not known: `null` is never read as no. */
export type Answer = boolean | null;

/** Values of the dated parameters on the day of the screening. */
export type Parameters = Readonly<Record<ParameterCode, number>>;

/**
 * The number an amount stands for. Percentages of an amount are rounded down to whole yuan, as the source
 * notice does (480 of 1,201).
 */
export function amountOf(amount: Amount, parameters: Parameters): number {
  if (typeof amount === "number") return amount;
  const whole = parameters[amount.parameter];
  if (amount.percent === undefined) return whole;
  const percent = typeof amount.percent === "number" ? amount.percent : parameters[amount.percent];
  return wholeYuan((whole * percent) / 100);
}

/** Fen cut down to whole yuan. */
export const wholeYuan = (amountFen: number): number => Math.floor(amountFen / 100) * 100;

/** One false makes it false, else one unknown makes it unknown (Kleene's strong logic). */
export function allOf(answers: Iterable<Answer>): Answer {
  let result: Answer = true;

  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === null) result = null;
  }

  return result;
}

/** One true makes it true, else one unknown makes it unknown. */
export function anyOf(answers: Iterable<Answer>): Answer {
  let result: Answer = false;

  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === null) result = null;
  }

  return result;
}

export const negate = (answer: Answer): Answer => (answer === null ? null : !answer);

/**
 * Whether a number that lies somewhere in the span compares so. A comparison with an upper bound negates the
 * one with the lower.
 */
export function compareSpan(span: Span | null | undefined, comparison: Comparison, to: number): Answer {
  if (!span) return null;
  const { min, max } = span;

  switch (comparison) {
    case "at_least":
      return min !== null && min >= to ? true : max !== null && max < to ? false : null;
    case "over":
      return min !== null && min > to ? true : max !== null && max <= to ? false : null;
    case "at_most":
      return negate(compareSpan(span, "over", to));
    case "under":
      return negate(compareSpan(span, "at_least", to));
  }
}

type Known = KnownOfHousehold & KnownOfMember;

/** What one comparison says of what is known. */
export function leafAnswer(leaf: HouseholdLeaf, known: KnownOfHousehold, parameters: Parameters): Answer;
export function leafAnswer(leaf: MemberLeaf, known: KnownOfMember, parameters: Parameters): Answer;
export function leafAnswer(leaf: Leaf, known: Known, parameters: Parameters): Answer {
  const value = known[leaf.fact];
  if (value === null || value === undefined) return null;
  if ("is" in leaf) return value === leaf.is;
  if ("in" in leaf) return leaf.in.some((word) => word === value);
  return compareSpan(known[leaf.fact], leaf.compare, amountOf(leaf.to, parameters));
}

/**
 * The reference meaning of a rule: read plainly, part by part. `compileRule` must agree with it on any facts.
 */
export function evaluateRule(rule: Rule, facts: Facts, parameters: Parameters): Answer {
  if ("all" in rule) return allOf(rule.all.map((part) => evaluateRule(part, facts, parameters)));
  if ("any" in rule) return anyOf(rule.any.map((part) => evaluateRule(part, facts, parameters)));
  if ("not" in rule) return negate(evaluateRule(rule.not, facts, parameters));
  if ("some" in rule) return someMember(rule.some, facts, parameters);
  if ("ask" in rule) return null;
  return leafAnswer(rule, facts.household, parameters);
}

/** Somebody not listed may still fit: without everybody listed, "nobody" is not known. */
function someMember(rule: MemberRule, facts: Facts, parameters: Parameters): Answer {
  const found = anyOf(facts.members.map((member) => evaluateMember(rule, member, parameters)));
  return found === false && !facts.membersComplete ? null : found;
}

/** What a rule about one person says of that person. */
export function evaluateMember(rule: MemberRule, member: KnownOfMember, parameters: Parameters): Answer {
  if ("all" in rule) return allOf(rule.all.map((part) => evaluateMember(part, member, parameters)));
  if ("any" in rule) return anyOf(rule.any.map((part) => evaluateMember(part, member, parameters)));
  if ("not" in rule) return negate(evaluateMember(rule.not, member, parameters));
  return leafAnswer(rule, member, parameters);
}
