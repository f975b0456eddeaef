import { amountOf, type Answer, compareSpan, negate, type Parameters } from "./evaluate";
import type { Facts, KnownOfHousehold, KnownOfMember } from "./facts";
import type { Leaf, MemberRule, Rule } from "./rule";

type Known = KnownOfHousehold & KnownOfMember;
type Test<Subject> = (subject: Subject) => Answer;

/**
 * A rule as one closure: shapes are looked at once, amounts worked out once, and no code is made from text.
 */
export function compileRule(rule: Rule, parameters: Parameters): Test<Facts> {
  if ("all" in rule) return every(rule.all.map((part) => compileRule(part, parameters)));
  if ("any" in rule) return some(rule.any.map((part) => compileRule(part, parameters)));
  if ("not" in rule) return inverse(compileRule(rule.not, parameters));
  if ("some" in rule) {
    const fits = compileMember(rule.some, parameters);

    return ({ members, membersComplete }) => {
      let result: Answer = membersComplete ? false : null;

      for (const member of members) {
        const answer = fits(member);
        if (answer === true) return true;
        if (answer === null) result = null;
      }

      return result;
    };
  }

  if ("ask" in rule) return () => null;
  const test = compileLeaf(rule, parameters);
  return ({ household }) => test(household);
}

function compileMember(rule: MemberRule, parameters: Parameters): Test<KnownOfMember> {
  if ("all" in rule) return every(rule.all.map((part) => compileMember(part, parameters)));
  if ("any" in rule) return some(rule.any.map((part) => compileMember(part, parameters)));
  if ("not" in rule) return inverse(compileMember(rule.not, parameters));
  return compileLeaf(rule, parameters);
}

function compileLeaf(leaf: Leaf, parameters: Parameters): Test<Known> {
  if ("is" in leaf) {
    const { fact, is } = leaf;
    return (known) => equal(known[fact], is);
  }

  if ("in" in leaf) {
    const { fact } = leaf;
    const [only] = leaf.in;
    if (leaf.in.length === 1) return (known) => equal(known[fact], only);
    const words = new Set<unknown>(leaf.in);

    return (known) => {
      const value = known[fact];
      return value === null || value === undefined ? null : words.has(value);
    };
  }

  const { fact, compare } = leaf;
  const to = amountOf(leaf.to, parameters);
  return (known) => compareSpan(known[fact], compare, to);
}

const equal = (value: unknown, to: unknown): Answer =>
  value === null || value === undefined ? null : value === to;

function every<Subject>(tests: readonly Test<Subject>[]): Test<Subject> {
  return (subject) => {
    let result: Answer = true;

    for (const test of tests) {
      const answer = test(subject);
      if (answer === false) return false;
      if (answer === null) result = null;
    }

    return result;
  };
}

function some<Subject>(tests: readonly Test<Subject>[]): Test<Subject> {
  return (subject) => {
    let result: Answer = false;

    for (const test of tests) {
      const answer = test(subject);
      if (answer === true) return true;
      if (answer === null) result = null;
    }

    return result;
  };
}

const inverse =
  <Subject>(test: Test<Subject>): Test<Subject> =>
  (subject) =>
    negate(test(subject));
