import { allOf, type Answer, anyOf, evaluateMember, leafAnswer, negate, type Parameters } from "./evaluate";
import type { FactName, Facts, KnownOfMember } from "./facts";
import { leavesOf, type MemberRule, type Rule } from "./rule";

/**
 * Why a rule says what it says: its answer, and the parts of it that matter for that answer, as a rule again,
 * so that the same words are used for a rule and for its reasons. For "yes" what is fulfilled; for "not
 * known" what would decide; for "no" what is missing.
 */
export type Explanation<R = Rule> = Readonly<{ answer: Answer; part: R }>;

/** Explains a rule. The answer is that of `evaluateRule`. */
export function explainRule(rule: Rule, facts: Facts, parameters: Parameters): Explanation {
  if ("all" in rule) return whole(rule.all.map((part) => explainRule(part, facts, parameters)));
  if ("any" in rule) return choice(rule.any.map((part) => explainRule(part, facts, parameters)));
  if ("not" in rule) {
    const inner = explainRule(rule.not, facts, parameters);
    return { answer: negate(inner.answer), part: { not: inner.part } };
  }

  if ("some" in rule) return explainSome(rule.some, facts, parameters);
  if ("ask" in rule) return { answer: null, part: rule };
  return { answer: leafAnswer(rule, facts.household, parameters), part: rule };
}

/** What a visitor or caseworker could still say to settle an unknown answer: names of facts, each once. */
export const undecidedFacts = (part: Rule): FactName[] => [
  ...new Set(leavesOf(part).map(({ leaf }) => leaf.fact)),
];

type Nested<R> = R | Readonly<{ all: readonly R[] } | { any: readonly R[] }>;

const one = <R>(parts: readonly R[], join: "all" | "any"): Nested<R> => {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return join === "all" ? { all: parts } : { any: parts };
};

/** Where all parts must hold: those that decide the answer. */
function whole<R>(parts: readonly Explanation<R>[]): Explanation<Nested<R>> {
  const answer = allOf(parts.map((part) => part.answer));
  return {
    answer,
    part: one(
      parts.filter((part) => part.answer === answer).map((explained) => explained.part),
      "all",
    ),
  };
}

/** Where one part is enough: the first that holds; else all that could still hold, or that do not. */
function choice<R>(parts: readonly Explanation<R>[]): Explanation<Nested<R>> {
  const answer = anyOf(parts.map((part) => part.answer));
  const deciding = parts.filter((part) => part.answer === answer).map((explained) => explained.part);
  return { answer, part: answer === true ? one(deciding.slice(0, 1), "any") : one(deciding, "any") };
}

function explainMember(
  rule: MemberRule,
  member: KnownOfMember,
  parameters: Parameters,
): Explanation<MemberRule> {
  if ("all" in rule) return whole(rule.all.map((part) => explainMember(part, member, parameters)));
  if ("any" in rule) return choice(rule.any.map((part) => explainMember(part, member, parameters)));
  if ("not" in rule) {
    const inner = explainMember(rule.not, member, parameters);
    return { answer: negate(inner.answer), part: { not: inner.part } };
  }

  return { answer: leafAnswer(rule, member, parameters), part: rule };
}

/** The person who fits; else the one of whom least is missing. */
function explainSome(
  rule: MemberRule,
  { members, membersComplete }: Facts,
  parameters: Parameters,
): Explanation {
  const found = anyOf(members.map((member) => evaluateMember(rule, member, parameters)));
  const answer = found === false && !membersComplete ? null : found;
  const explained = members
    .map((member) => explainMember(rule, member, parameters))
    .filter((explanation) => explanation.answer === answer);
  const [nearest] = explained.toSorted((a, b) => leavesOf(a.part).length - leavesOf(b.part).length);
  return { answer, part: { some: nearest?.part ?? rule } };
}
