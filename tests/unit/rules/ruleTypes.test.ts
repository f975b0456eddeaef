import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { evaluateMember, evaluateRule } from "~/domain/rules/evaluate";
import type { FactName, Facts, HouseholdFact, MemberFact } from "~/domain/rules/facts";
import type { FactsWritten } from "~/domain/rules/factsShape";
import {
  COMPARISONS,
  type HouseholdLeaf,
  type Leaf,
  type LeafOf,
  type MemberLeaf,
  type MemberRule,
  type Rule,
} from "~/domain/rules/rule";
import {
  HouseholdLeafShape,
  LeafShape,
  MemberLeafShape,
  type RuleCase,
  RuleShape,
} from "~/domain/rules/ruleShape";
import { PARAMETERS } from "../../factories/rules";

type Fixed<T> = T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T;

test("what the shapes of rules read is exactly what their types say", () => {
  expectTypeOf<Fixed<z.infer<typeof HouseholdLeafShape>>>().toEqualTypeOf<HouseholdLeaf>();
  expectTypeOf<Fixed<z.infer<typeof MemberLeafShape>>>().toEqualTypeOf<MemberLeaf>();
  expectTypeOf<Fixed<z.infer<typeof LeafShape>>>().toEqualTypeOf<Leaf>();
  expectTypeOf<Leaf>().toEqualTypeOf<{ [F in FactName]: LeafOf<F> }[FactName]>();
  expectTypeOf<Leaf["fact"]>().toEqualTypeOf<HouseholdFact | MemberFact>();
  expectTypeOf<z.infer<typeof RuleShape>>().toEqualTypeOf<Rule>();
  expectTypeOf<RuleCase["facts"]>().toEqualTypeOf<Facts>();
});

test("a wrong fact, a foreign word, another fact's way, and a person's fact of a household compile nowhere, and no shape reads them", () => {
  const wrongs: Rule[] = [
    // @ts-expect-error no such fact
    { fact: "hobby", is: true },
    // @ts-expect-error no word of this fact
    { fact: "status", in: ["grade_1"] },
    // @ts-expect-error a choice is compared by its words
    { fact: "status", is: true },
    // @ts-expect-error a number is compared
    { fact: "householdSize", in: ["dibao"] },
    // @ts-expect-error a yes or no is no number
    { fact: "rural", compare: "over", to: 1 },
    // @ts-expect-error of a person, where the household is spoken of
    { fact: "ageYears", compare: COMPARISONS[0], to: 60 },
    // @ts-expect-error of the household, where a person is spoken of
    { some: { fact: "rural", is: true } },
    // @ts-expect-error deep inside as well
    { all: [{ not: { any: [{ fact: "sex", in: ["female"] }] } }] },
  ];
  for (const wrong of wrongs) expect(RuleShape.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});

test("what is known of a person answers no rule of the household, and facts are written in their own words only", () => {
  const rural: Rule = { fact: "rural", is: true };
  const woman: MemberRule = { fact: "sex", in: ["female"] };
  const person = { sex: "female" } as const;
  expect(evaluateMember(woman, person, PARAMETERS)).toBe(true);
  // @ts-expect-error a rule of the household
  expect(evaluateMember(rural, person, PARAMETERS)).toBeNull();
  const facts: Facts = { household: {}, members: [person], membersComplete: true };
  // @ts-expect-error a rule of a person
  expect(evaluateRule(woman, facts, PARAMETERS)).toBeNull();
  const written: FactsWritten[] = [
    { household: { householdSize: 3, status: "dibao" }, members: [{ ageYears: { min: 60, max: null } }] },
    // @ts-expect-error no word of this fact
    { household: { status: "rich" } },
    // @ts-expect-error of a person
    { household: { sex: "female" } },
  ];
  expect(written.length).toBe(3);
});
