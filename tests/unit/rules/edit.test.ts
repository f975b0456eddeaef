import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addPart,
  type Edited,
  partAt,
  type Path,
  regroupPart,
  removePart,
  replacePart,
  unwrapPart,
  wrapPart,
} from "~/domain/rules/edit";
import { evaluateRule } from "~/domain/rules/evaluate";
import { type AnyRule, partsOf, type Rule } from "~/domain/rules/rule";
import { RuleShape } from "~/domain/rules/ruleShape";
import { anyFacts, anyMemberRule, anyRule, PARAMETERS } from "../../factories/rules";

/** Every place of a rule, the whole first. */
const pathsOf = (rule: AnyRule, above: Path = []): Path[] => [
  above,
  ...partsOf(rule).flatMap((part, index) => pathsOf(part, [...above, index])),
];
const sizeOf = (rule: AnyRule): number => pathsOf(rule).length;

/** A rule with one of its places. */
const placed = anyRule.chain((rule) =>
  fc.record({ rule: fc.constant(rule), path: fc.constantFrom(...pathsOf(rule)) }),
);
const anyPart = fc.oneof(anyRule, anyMemberRule) as fc.Arbitrary<AnyRule>;

const step = fc.oneof(
  anyPart.map((part) => (rule: Rule, path: Path) => addPart(rule, path, part)),
  anyPart.map((part) => (rule: Rule, path: Path) => replacePart(rule, path, part)),
  fc.constant(removePart),
  fc
    .constantFrom("all" as const, "any" as const, "not" as const)
    .map((as) => (rule: Rule, path: Path) => wrapPart(rule, path, as)),
  fc
    .constantFrom("all" as const, "any" as const)
    .map((as) => (rule: Rule, path: Path) => regroupPart(rule, path, as)),
  fc.constant(unwrapPart),
);

const ruleOf = (edited: Edited): Rule => {
  if (!("rule" in edited)) throw new Error(edited.refused);
  return edited.rule;
};

const ifTaken = (edited: Edited): Rule | undefined => ("rule" in edited ? edited.rule : undefined);

test("any row of steps at any places gives rules that the shape accepts, or is refused, and never changes what it was given", () => {
  let taken = 0;
  const refused = new Set<string>();
  fc.assert(
    fc.property(
      anyRule,
      fc.array(fc.tuple(step, fc.array(fc.nat(3), { maxLength: 4 })), { minLength: 1, maxLength: 12 }),
      (start, steps) => {
        let rule = start;
        for (const [take, path] of steps) {
          const before = JSON.stringify(rule);
          const edited = take(rule, path);
          expect(JSON.stringify(rule)).toBe(before);
          if ("refused" in edited) {
            refused.add(edited.refused);
            continue;
          }

          taken += 1;
          expect(RuleShape.safeParse(edited.rule).success).toBe(true);
          rule = edited.rule;
        }
      },
    ),
    { numRuns: 1_500 },
  );
  expect(taken).toBeGreaterThan(500);
  expect(["gone", "last", "misfit"].every((why) => refused.has(why))).toBe(true);
});

test("a step touches its own place only: every part elsewhere stays where it was", () => {
  fc.assert(
    fc.property(placed, ({ rule, path }) => {
      const wrapped = ifTaken(wrapPart(rule, path, "any"));
      if (!wrapped) return;
      const apart = pathsOf(rule).filter(
        (other) =>
          !path.every((index, at) => other[at] === index) && !other.every((index, at) => path[at] === index),
      );
      for (const other of apart) expect(partAt(wrapped, other)?.part).toEqual(partAt(rule, other)?.part);
      expect(sizeOf(wrapped)).toBe(sizeOf(rule) + 1);
    }),
  );
});

test("wrapping and unwrapping give back the rule, and a group of one or a double not means what was inside", () => {
  fc.assert(
    fc.property(placed, anyFacts, ({ rule, path }, facts) => {
      for (const as of ["all", "any"] as const) {
        const wrapped = ifTaken(wrapPart(rule, path, as));
        if (!wrapped) continue;
        expect(evaluateRule(wrapped, facts, PARAMETERS)).toBe(evaluateRule(rule, facts, PARAMETERS));
        expect(ruleOf(unwrapPart(wrapped, path))).toEqual(rule);
      }

      const negated = ifTaken(wrapPart(rule, [], "not"));
      const twice = negated && ifTaken(wrapPart(negated, [], "not"));
      if (twice) expect(evaluateRule(twice, facts, PARAMETERS)).toBe(evaluateRule(rule, facts, PARAMETERS));
    }),
  );
});

test("what was added beside a part is taken out again without a trace; into a group it comes last", () => {
  const leaf: Rule = { fact: "livesAlone", is: true };
  const rule: Rule = { all: [{ fact: "rural", is: true }, { any: [{ fact: "status", in: ["dibao"] }] }] };
  expect(ruleOf(addPart(rule, [0], leaf))).toEqual({
    all: [{ fact: "rural", is: true }, leaf, { any: [{ fact: "status", in: ["dibao"] }] }],
  });
  expect(ruleOf(removePart(ruleOf(addPart(rule, [0], leaf)), [1]))).toEqual(rule);
  expect(ruleOf(addPart(rule, [1], leaf))).toEqual({
    all: [{ fact: "rural", is: true }, { any: [{ fact: "status", in: ["dibao"] }, leaf] }],
  });
  expect(ruleOf(addPart({ fact: "rural", is: true }, [], leaf))).toEqual({
    all: [{ fact: "rural", is: true }, leaf],
  });
  expect(
    ruleOf(addPart({ some: { fact: "sex", in: ["female"] } }, [0], { fact: "seriousIllness", is: true })),
  ).toEqual({
    some: {
      all: [
        { fact: "sex", in: ["female"] },
        { fact: "seriousIllness", is: true },
      ],
    },
  });
});

test("taking out the only part of a not, a somebody or a group takes them out too; the last part of all stays", () => {
  const rule: Rule = {
    all: [{ fact: "rural", is: true }, { not: { some: { any: [{ fact: "sex", in: ["male"] }] } } }],
  };
  expect(ruleOf(removePart(rule, [1, 0, 0, 0]))).toEqual({ all: [{ fact: "rural", is: true }] });
  expect(removePart({ all: [{ not: { fact: "rural", is: true } }] }, [0, 0])).toEqual({ refused: "last" });
  expect(removePart(rule, [2])).toEqual({ refused: "gone" });
});

test("a fact of the household inside of a person, a person's fact outside, a group where none is, or the sixty-first part are refused", () => {
  const household: Rule = { fact: "rural", is: true };
  const member: AnyRule = { fact: "seriousIllness", is: true };
  expect(replacePart({ some: { fact: "sex", in: ["male"] } }, [0], household)).toEqual({ refused: "misfit" });
  expect(addPart(household, [], member)).toEqual({ refused: "misfit" });
  expect(unwrapPart({ some: { fact: "sex", in: ["male"] } }, [])).toEqual({ refused: "misfit" });
  expect(unwrapPart({ all: [household, household] }, [])).toEqual({ refused: "misfit" });
  expect(regroupPart(household, [], "any")).toEqual({ refused: "misfit" });
  const full: Rule = { all: Array.from({ length: 59 }, () => household) };
  expect(RuleShape.safeParse(full).success).toBe(true);
  expect(addPart(full, [], household)).toEqual({ refused: "too_big" });
  const deep = Array.from({ length: 7 }).reduce<Rule>((inner) => ({ not: inner }), household);
  expect(wrapPart(deep, [], "not")).toEqual({ refused: "too_big" });
});
