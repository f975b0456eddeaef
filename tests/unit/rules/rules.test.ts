import fc from "fast-check";
import { expect, test } from "vitest";
import { ageOn, ageSpan, bornSpan, monthSpan, yearsBefore } from "~/domain/rules/ages";
import { workOut } from "~/domain/rules/amount";
import { compileRule } from "~/domain/rules/compile";
import { allOf, amountOf, type Answer, anyOf, evaluateRule, negate } from "~/domain/rules/evaluate";
import { explainRule } from "~/domain/rules/explain";
import type { Facts } from "~/domain/rules/facts";
import type { Rule } from "~/domain/rules/rule";
import { RuleBody, RuleShape } from "~/domain/rules/ruleShape";
import { runCases } from "~/domain/rules/screen";
import { anyFacts, anyRule, PARAMETERS, spanOf } from "../../factories/rules";

const answer = fc.constantFrom<Answer>(true, false, null);

test("and, or and not keep their laws with three values: order, De Morgan, double negation, unit and zero", () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 6 }), (answers) => {
      expect(allOf(answers)).toBe(allOf(answers.toReversed()));
      expect(anyOf(answers)).toBe(anyOf(answers.toReversed()));
      expect(negate(allOf(answers))).toBe(anyOf(answers.map(negate)));
      expect(allOf(answers.map((one) => negate(negate(one))))).toBe(allOf(answers));
      expect(allOf([...answers, true])).toBe(allOf(answers));
      expect(anyOf([...answers, false])).toBe(anyOf(answers));
      expect(allOf([...answers, false])).toBe(false);
      expect(anyOf([...answers, true])).toBe(true);
    }),
  );
});

test("the compiled form of a rule equals its plain reading on random facts, and its explanation gives the same answer", () => {
  const seen = new Set<Answer>();
  fc.assert(
    fc.property(anyRule, anyFacts, (rule, facts) => {
      const read = evaluateRule(rule, facts, PARAMETERS);
      expect(compileRule(rule, PARAMETERS)(facts)).toBe(read);
      const explained = explainRule(rule, facts, PARAMETERS);
      expect(explained.answer).toBe(read);
      // With several people the reason is that of one of them, and may say another thing of the others.
      if (facts.members.length <= 1) expect(evaluateRule(explained.part, facts, PARAMETERS)).toBe(read);
      seen.add(read);
    }),
    { numRuns: 3_000 },
  );
  expect(seen.size).toBe(3);
});

/**
 * Forgets some facts: what was known becomes unknown, a span loses a bound, a person or the word that all are
 * listed is dropped.
 */
const forgetting = (facts: Facts, keep: readonly boolean[]): Facts => {
  let turn = 0;
  const kept = () => keep[turn++ % keep.length] === true;
  const forget = <K extends object>(of: K): K =>
    Object.fromEntries(
      Object.entries(of).map(([fact, value]: [string, unknown]) => [
        fact,
        kept() ? value : isSpan(value) ? { min: value.min, max: null } : null,
      ]),
    ) as K;
  return {
    household: forget(facts.household),
    members: facts.members.map(forget),
    membersComplete: facts.membersComplete && kept(),
  };
};

const isSpan = (value: unknown): value is { min: number | null; max: number | null } =>
  typeof value === "object" && value !== null && "min" in value;

test("knowing more never turns likely into not, nor not into likely: an answer given on fewer facts stands on more", () => {
  let firm = 0;
  fc.assert(
    fc.property(
      anyRule,
      anyFacts,
      fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      (rule, facts, keep) => {
        const before = evaluateRule(rule, forgetting(facts, keep), PARAMETERS);
        if (before === null) return;
        firm += 1;
        expect(evaluateRule(rule, facts, PARAMETERS)).toBe(before);
      },
    ),
    { numRuns: 3_000 },
  );
  expect(firm).toBeGreaterThan(300);
});

test("every random rule passes its own shape, and unknown facts, foreign words, wrong kinds and endless nesting do not", () => {
  fc.assert(fc.property(anyRule, (rule) => RuleShape.safeParse(rule).success));
  const deep = Array.from({ length: 5_000 }).reduce<unknown>((inner) => ({ not: inner }), {
    fact: "rural",
    is: true,
  });
  const wrongs = [
    { fact: "name", is: true },
    { fact: "status", in: ["rich"] },
    { fact: "status", in: [] },
    { fact: "rural", in: ["yes"] },
    { fact: "rural", is: true, note: "x" },
    { fact: "incomePerHeadFen", compare: "under", to: 12.5 },
    { fact: "incomePerHeadFen", compare: "below", to: 1 },
    { fact: "incomePerHeadFen", compare: "under", to: { parameter: "nothing" } },
    { some: { some: { fact: "sex", in: ["female"] } } },
    { some: { fact: "rural", is: true } },
    { all: [] },
    deep,
    "true",
    null,
  ];
  for (const [index, wrong] of wrongs.entries())
    expect(RuleShape.safeParse(wrong).success, `the wrong rule at ${index}`).toBe(false);
});

test("ages are completed years: on the birthday and the day before, on 29 February, and by a month alone", () => {
  expect(ageOn("1965-11-25", "2025-11-25")).toBe(60);
  expect(ageOn("1965-11-26", "2025-11-25")).toBe(59);
  expect(ageOn("2008-02-29", "2026-02-28")).toBe(17);
  expect(ageOn("2008-02-29", "2026-03-01")).toBe(18);
  expect(yearsBefore("2024-02-29", 1)).toBe("2023-02-28");
  expect(ageSpan(monthSpan("1965-11"), "2025-11-10")).toEqual({ min: 59, max: 60 });
  expect(ageSpan({ bornFrom: null, bornTo: null }, "2025-11-10")).toBeNull();
  const day = fc
    .date({ min: new Date("1920-01-01"), max: new Date("2026-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(spanOf(100), day, (span, today) => {
      if (span.min === null && span.max === null) return;
      expect(ageSpan(bornSpan(span, today), today)).toEqual(span);
    }),
  );
});

test("the supplement is 480 yuan for a standard of 1,201, once a person however many reasons they have", () => {
  const amount = {
    kind: "each_person",
    of: "dibao_standard_fen",
    percent: "classified_supplement_percent",
    who: {
      any: [
        { fact: "ageYears", compare: "at_least", to: 60 },
        { fact: "seriousIllness", is: true },
        { fact: "disabilityGrade", in: ["grade_1", "grade_2"] },
      ],
    },
  } as const;
  const member = (ageYears: number, more: object = {}) => ({
    ageYears: { min: ageYears, max: ageYears },
    seriousIllness: false,
    disabilityGrade: "none" as const,
    ...more,
  });
  const facts: Facts = {
    household: {},
    members: [
      member(72, { seriousIllness: true, disabilityGrade: "grade_1" }),
      member(61),
      member(40),
      { ageYears: { min: 20, max: 20 } },
    ],
    membersComplete: true,
  };
  expect(workOut(amount, facts, PARAMETERS)).toEqual({
    kind: "each_person",
    isOpen: false,
    ofFen: 120_100,
    percent: 40,
    exactFen: 48_040,
    eachFen: 48_000,
    people: 2,
    unsure: 1,
    totalFen: 96_000,
  });
});

test("a household that fits as a whole counts everybody once; while that is not known, whoever does not fit alone is unsure", () => {
  const amount = {
    kind: "each_person",
    of: "dibao_standard_fen",
    percent: "classified_supplement_percent",
    who: { fact: "ageYears", compare: "under", to: 18 },
    wholeFamily: { fact: "singleParent", is: true },
  } as const;
  const family = (singleParent: boolean | null): Facts => ({
    household: { singleParent },
    members: [{ ageYears: { min: 40, max: 40 } }, { ageYears: { min: 10, max: 10 } }],
    membersComplete: true,
  });
  expect(workOut(amount, family(true), PARAMETERS)).toMatchObject({ people: 2, unsure: 0, totalFen: 96_000 });
  expect(workOut(amount, family(false), PARAMETERS)).toMatchObject({
    people: 1,
    unsure: 0,
    totalFen: 48_000,
  });
  expect(workOut(amount, family(null), PARAMETERS)).toMatchObject({ people: 1, unsure: 1, totalFen: 48_000 });
});

test("what lacks to the standard is for every head, within what is known of the income, and unknown without it", () => {
  const amount = { kind: "up_to_standard", standard: "dibao_standard_fen" } as const;
  const facts = (min: number, max: number): Facts => ({
    household: { incomePerHeadFen: { min, max } },
    members: [{}, {}],
    membersComplete: true,
  });
  expect(workOut(amount, facts(50_000, 50_000), PARAMETERS)).toMatchObject({
    heads: 2,
    leastFen: 140_200,
    mostFen: 140_200,
  });
  expect(workOut(amount, facts(0, 120_099), PARAMETERS)).toMatchObject({ leastFen: 2, mostFen: 240_200 });
  expect(workOut(amount, facts(200_000, 200_000), PARAMETERS)).toMatchObject({ leastFen: 0, mostFen: 0 });
  expect(
    workOut(amount, { household: {}, members: [{}], membersComplete: true }, PARAMETERS),
  ).toBeUndefined();
});

test("percentages of a standard are cut down to whole yuan, also where the percentage is itself a dated value", () => {
  expect(amountOf({ parameter: "dibao_standard_fen", percent: 40 }, PARAMETERS)).toBe(48_000);
  expect(amountOf({ parameter: "dibao_standard_fen", percent: "dibao_margin_percent" }, PARAMETERS)).toBe(
    180_100,
  );
  expect(amountOf({ parameter: "dibao_standard_fen" }, PARAMETERS)).toBe(120_100);
});

test("a case book without a likely and a not proves nothing, and one wrong case fails it", () => {
  const rule: Rule = { fact: "rural", is: true };
  const facts = (rural: boolean): Facts => ({ household: { rural }, members: [], membersComplete: true });
  const yes = { name: "yes", facts: facts(true), expect: "likely" } as const;
  const no = { name: "no", facts: facts(false), expect: "not" } as const;
  expect(runCases(rule, [yes], () => PARAMETERS)).toMatchObject({ covered: false, passed: false });
  expect(runCases(rule, [yes, no], () => PARAMETERS)).toMatchObject({ covered: true, passed: true });
  expect(runCases(rule, [yes, { ...no, expect: "maybe" }], () => PARAMETERS).passed).toBe(false);
});

test("a case with a day is worked with the values of that day, one without with those of the day it is run on; a day that is none is no case", () => {
  const rule: Rule = { fact: "incomePerHeadFen", compare: "under", to: { parameter: "dibao_standard_fen" } };
  const income = (fen: number, expected: "likely" | "not", valuesOn?: string) => ({
    name: String(fen),
    facts: { household: { incomePerHeadFen: fen }, members: [] },
    expect: expected,
    valuesOn,
  });
  const run = (...cases: ReturnType<typeof income>[]) => {
    const body = RuleBody.parse({ kind: "rule", rule, cases });
    return runCases(rule, body.cases, (day) => ({
      ...PARAMETERS,
      dibao_standard_fen: day === "2026-07-01" ? 130_000 : day === undefined ? 140_000 : 120_100,
    }));
  };

  const cases = [
    income(120_099, "likely", "2026-03-01"),
    income(120_100, "not", "2026-03-01"),
    income(129_999, "likely", "2026-07-01"),
    income(130_000, "not", "2026-07-01"),
  ];
  expect(run(...cases, income(139_999, "likely")).passed).toBe(true);
  expect(
    run(...cases, income(125_000, "likely", "2026-03-01")).results.map((result) => result.passed),
  ).toEqual([true, true, true, true, false]);
  for (const none of ["2026-02-29", "2026-7-1", "today", "2026-07-01T00:00:00Z"])
    expect(() => run(income(1, "likely", none))).toThrow();
});
