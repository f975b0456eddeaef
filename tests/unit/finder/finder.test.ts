import fc from "fast-check";
import { expect, test } from "vitest";
import { factsFromAnswers } from "~/domain/finder/answeredFacts";
import { decidingFields, openFacts, questionBeside } from "~/domain/finder/openFacts";
import { type Answers, namesOf, QUESTIONS, questionsOf } from "~/domain/finder/questions";
import { answersFrom, readAnswerForm, readAnswers } from "~/domain/finder/readAnswers";
import { resultsOf, totalOf, undecidedByQuestion } from "~/domain/finder/results";
import type { Parameters } from "~/domain/rules/evaluate";
import { HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES } from "~/domain/rules/facts";
import { FactsShape } from "~/domain/rules/factsShape";
import { messagesFor } from "~/i18n/messages.server";
import { makeT } from "~/i18n/translate";
import { answerWords } from "~/ui/finder/answerWords";
import { answersOf, FIELDS, item } from "../../factories/finder";
import { anyRule } from "../../factories/rules";

const PARAMETERS: Parameters = {
  dibao_standard_fen: 120_100,
  dibao_margin_percent: 150,
  classified_supplement_percent: 40,
  old_age_years: 60,
  very_old_age_years: 80,
};

test("seven to nine questions ask for every fact that rules may use, each of one question only", () => {
  expect(QUESTIONS.length).toBeGreaterThanOrEqual(7);
  expect(QUESTIONS.length).toBeLessThanOrEqual(9);
  const asked = QUESTIONS.flatMap((question) => question.facts);
  expect(asked.toSorted()).toEqual([...HOUSEHOLD_FACT_NAMES, ...MEMBER_FACT_NAMES].toSorted());
  expect(questionsOf(["ageYears", "sex", "status"])).toEqual([1, 3]);
});

test("no answers know nothing; any answers make well-formed facts; an answer that is taken back makes none of them firmer", () => {
  expect(factsFromAnswers({}, PARAMETERS)).toEqual({
    household: {
      status: undefined,
      incomePerHeadFen: undefined,
      incomeTotalFen: undefined,
      householdSize: undefined,
      assetsWithinLimit: undefined,
      livesAlone: undefined,
    },
    members: [expect.any(Object)],
    membersComplete: false,
  });
  const rules = [
    item("old", { some: { fact: "ageYears", compare: "at_least", to: 60 } }),
    item("poor", { fact: "incomePerHeadFen", compare: "under", to: { parameter: "dibao_standard_fen" } }),
    item("alone", { fact: "livesAlone", is: true }),
  ];
  fc.assert(
    fc.property(answersOf, fc.nat(FIELDS.length - 1), (answers, at) => {
      const facts = factsFromAnswers(answers, PARAMETERS);
      expect(FactsShape.safeParse(JSON.parse(JSON.stringify(facts))).error).toBeUndefined();
      const field = FIELDS[at];
      const skipped = Object.fromEntries(
        Object.entries(answers).filter(([name]) => !field || !namesOf(field).includes(name)),
      );
      // Who is recognised as just above the standard has an income in between, whatever else they say.
      fc.pre(
        answers["status"]?.[0] !== "dibao_margin" ||
          (answers["income"] ?? answers["incomeTotal"]) === undefined,
      );
      // A sum and a band may say two things; the sum is the one that counts.
      fc.pre(answers["income"] === undefined || answers["incomeTotal"] === undefined);
      const all = resultsOf(rules, facts, PARAMETERS);
      for (const [index, { verdict }] of resultsOf(
        rules,
        factsFromAnswers(skipped, PARAMETERS),
        PARAMETERS,
      ).entries())
        if (verdict !== "maybe") expect(all[index]?.verdict).toBe(verdict);
    }),
  );
});

test("what comes from outside is kept only where a question has that field and that word", () => {
  expect(
    readAnswers([
      ["age", " 72 "],
      ["age", "7x"],
      ["age", "999"],
      ["status", "rich"],
      ["health", "chronicIllness"],
      ["health", "chronicIllness"],
      ["health", "none"],
      ["name", "陈"],
      ["sex", 1],
    ]),
  ).toEqual({
    age: ["72"],
    health: ["chronicIllness"],
  });
});

test("the lines of income meet without a gap: a fen under the standard, the standard itself, a fen over the margin", () => {
  const under = item("under", {
    fact: "incomePerHeadFen",
    compare: "under",
    to: { parameter: "dibao_standard_fen" },
  });
  const margin = item("margin", {
    fact: "incomePerHeadFen",
    compare: "at_most",
    to: { parameter: "dibao_standard_fen", percent: "dibao_margin_percent" },
  });
  const verdicts = (income: string) =>
    resultsOf([under, margin], factsFromAnswers({ income: [income] }, PARAMETERS), PARAMETERS).map(
      ({ verdict }) => verdict,
    );
  expect(verdicts("under_standard")).toEqual(["likely", "likely"]);
  expect(verdicts("under_margin")).toEqual(["not", "likely"]);
  expect(verdicts("above")).toEqual(["not", "not"]);
});

test("a maybe says which question would decide it, and the sums add up with what is not sure", () => {
  const supplement = item(
    "supplement",
    { all: [{ fact: "status", in: ["dibao"] }, { some: { fact: "ageYears", compare: "at_least", to: 60 } }] },
    {
      kind: "each_person",
      of: "dibao_standard_fen",
      percent: "classified_supplement_percent",
      who: {
        any: [
          { fact: "ageYears", compare: "at_least", to: 60 },
          { fact: "seriousIllness", is: true },
        ],
      },
    },
  );
  const first = resultsOf([supplement], factsFromAnswers({ age: ["72"] }, PARAMETERS), PARAMETERS);
  expect(first[0]).toMatchObject({ verdict: "maybe", missing: ["status"] });
  expect(questionsOf(first[0]?.missing ?? [])).toEqual([3]);
  const second = resultsOf(
    [supplement],
    factsFromAnswers(
      { age: ["72"], status: ["dibao"], others: ["18_to_59"], "18_to_59_count": ["1"] },
      PARAMETERS,
    ),
    PARAMETERS,
  );
  expect(second[0]?.verdict).toBe("likely");
  expect(totalOf(second)).toEqual({ leastFen: 48_000, mostFen: 96_000 });
});

test("every choice of every question has its words in all three languages", () => {
  for (const locale of ["zh-Hans", "zh-Hant", "en"] as const) {
    const t = makeT(messagesFor(locale, ["finder", "facts"]));
    for (const field of FIELDS)
      for (const option of field.options)
        expect(
          answerWords(field.name, option, { t, locale, parameters: PARAMETERS }),
          `${field.name} ${option}`,
        ).not.toMatch(/^(finder|facts)\./);
    for (const { id, fields } of QUESTIONS)
      for (const key of [`finder.q_${id}`, ...fields.map((field) => `finder.f_${field.name}`)])
        expect(messagesFor(locale, ["finder"])[key], key).toBeTruthy();
  }
});

test("what is not certain is folded by the one question that decides it, the most useful first; what hangs on several comes last", () => {
  const disabled = { some: { fact: "disabilityGrade", in: ["grade_1"] } } as const;
  const old = { some: { fact: "ageYears", compare: "at_least", to: 60 } } as const;
  const items = [
    item("poor", { fact: "status", in: ["dibao"] }),
    item("disabled", disabled),
    item("old or disabled", { any: [old, disabled] }),
    item("severely disabled", { all: [disabled, { some: { fact: "disabilityKind", in: ["sight"] } }] }),
    item("alone", { fact: "livesAlone", is: true }),
  ];
  const facts = factsFromAnswers({ others: ["none"] }, PARAMETERS);
  const groups = undecidedByQuestion(resultsOf(items, facts, PARAMETERS), { others: ["none"] }).map(
    ({ question, results }) => [question, ...results.map((result) => result.item.code)],
  );
  expect(groups).toEqual([
    [5, "disabled", "severely disabled"],
    [3, "poor"],
    ["several", "old or disabled"],
  ]);
});

const oldOrChild = {
  any: [
    { fact: "ageYears", compare: "at_least", to: 60 },
    { fact: "ageYears", compare: "under", to: 18 },
  ],
} as const;
const supplementOf = item(
  "supplement",
  { all: [{ fact: "status", in: ["dibao"] }, { some: oldOrChild }] },
  {
    kind: "each_person",
    of: "dibao_standard_fen",
    percent: "classified_supplement_percent",
    who: oldOrChild,
  },
);
const sumOf = (answers: Answers) =>
  totalOf(resultsOf([supplementOf], factsFromAnswers(answers, PARAMETERS), PARAMETERS));

test("people are counted, not ages: an elder and two grandchildren are three, and where no number was said they are at least two", () => {
  const elder = { age: ["72"], status: ["dibao"] };
  expect(sumOf({ ...elder, others: ["6_to_15"], "6_to_15_count": ["2"] })).toEqual({
    leastFen: 144_000,
    mostFen: 144_000,
  });
  expect(sumOf({ ...elder, others: ["6_to_15"] })).toEqual({ leastFen: 96_000, mostFen: null });
  expect(
    sumOf({ ...elder, others: ["6_to_15", "under_6"], "6_to_15_count": ["2"], under_6_count: ["1"] }),
  ).toEqual({ leastFen: 192_000, mostFen: 192_000 });
  expect(sumOf({ ...elder, others: ["6_to_15"], "6_to_15_count": ["5"] })).toEqual({
    leastFen: 288_000,
    mostFen: null,
  });
  expect(sumOf({ ...elder, others: ["none"] })).toEqual({ leastFen: 48_000, mostFen: 48_000 });
  expect(sumOf(elder)).toEqual({ leastFen: 48_000, mostFen: null });
});

test("income of all and the number of people make the income for each; neither alone does", () => {
  const perHead = (answers: Answers) => factsFromAnswers(answers, PARAMETERS).household.incomePerHeadFen;
  const five = { others: ["18_to_59", "6_to_15"], "18_to_59_count": ["1"], "6_to_15_count": ["3"] };
  expect(perHead({ ...five, incomeTotal: ["6000"] })).toEqual({ min: 120_000, max: 120_000 });
  expect(perHead({ ...five, incomeTotal: ["6000"], income: ["above"] })).toEqual({
    min: 120_000,
    max: 120_000,
  });
  expect(perHead({ incomeTotal: ["6000"] })).toBeUndefined();
  expect(perHead({ others: ["6_to_15"], incomeTotal: ["6000"] })).toEqual({ min: null, max: 300_000 });
  expect(perHead({ ...five, incomeTotal: ["0"] })).toEqual({ min: 0, max: 0 });
  // What a form sent once comes back the same, from a page, a browser or a seal.
  const read = readAnswers([["incomeTotal", "３，２００元"]]);
  expect(read).toEqual({ incomeTotal: ["3200"] });
  expect(answersFrom(read)).toEqual(read);
});

test("ages and amounts are read as people write them; what cannot be read is named and never dropped in silence", () => {
  for (const typed of ["65", "６５", "65岁", "65 岁", " 65 "])
    expect(readAnswerForm([["age", typed]]), typed).toMatchObject({ answers: { age: ["65"] }, unread: {} });
  for (const typed of ["六十五", "65左右", "-1", "1e1", "200"])
    expect(readAnswerForm([["age", typed]]), typed).toMatchObject({
      answers: {},
      unread: { age: ["finder.ageWrong"] },
    });
  for (const typed of ["45,50", "很少"])
    expect(readAnswerForm([["incomeTotal", typed]]), typed).toMatchObject({
      answers: {},
      unread: { incomeTotal: ["finder.yuanWrong"] },
    });
  expect(readAnswerForm([["age", "  "]])).toEqual({ answers: {}, unread: {}, contradictions: [] });
});

test("what excludes each other is settled for the more particular answer, and said; a number beside a tick that was taken back counts nobody", () => {
  const read = (...pairs: readonly (readonly [string, string])[]) => readAnswerForm(pairs);
  expect(read(["health", "none"], ["health", "chronicIllness"])).toMatchObject({
    answers: { health: ["chronicIllness"] },
    contradictions: [{ field: "health", dropped: "none" }],
  });
  const alone = read(["others", "none"], ["others", "80_up"], ["6_to_15_count", "2"]);
  expect(alone).toEqual({
    answers: { others: ["80_up"] },
    unread: {},
    contradictions: [{ field: "others", dropped: "none" }],
  });
  expect(read(["disabilityKind", "none"], ["disabilityGrade", "grade_2"])).toMatchObject({
    answers: { disabilityGrade: ["grade_2"] },
    contradictions: [{ field: "disabilityKind", dropped: "none" }],
  });
});

test("a question that decides nothing for these answers is skipped, either way; what it was answered with does not keep it", () => {
  const poor = item("poor", {
    any: [
      { fact: "status", in: ["dibao"] },
      { fact: "incomePerHeadFen", compare: "under", to: { parameter: "dibao_standard_fen" } },
    ],
  });
  const child = { fact: "ageYears", compare: "under", to: 18 } as const;
  const orphan = item("orphan", { some: { all: [child, { fact: "childSituation", in: ["orphan"] }] } });
  const fields = (n: number, answers: Answers) =>
    decidingFields(n, answers, [poor, orphan], PARAMETERS).map((field) => field.name);
  expect(fields(4, {})).toEqual(["incomeTotal", "income"]);
  expect(fields(4, { status: ["dibao"] })).toEqual([]);
  expect(fields(4, { status: ["dibao"], income: ["above"] })).toEqual([]);
  expect(fields(3, { status: ["dibao"] })).toEqual(["status"]);
  expect(fields(7, { age: ["82"] })).toEqual([]);
  expect(fields(7, { age: ["9"] })).toEqual(["childSituation"]);
  expect(
    questionBeside(3, 1, { status: ["dibao"], age: ["82"], others: ["none"] }, [poor, orphan], PARAMETERS),
  ).toBeUndefined();
  expect(questionBeside(7, -1, { status: ["dibao"], age: ["9"] }, [poor, orphan], PARAMETERS)).toBe(3);
});

test("skipping loses nothing: what no open fact hangs on, no answer to the question changes", () => {
  const rules = fc.sample(anyRule, { numRuns: 40, seed: 5 }).map((rule, index) => item(`r${index}`, rule));
  // An age or a class says more than its own fact, so that those two are never skipped for what follows from
  // them.
  const skippable = QUESTIONS.filter(({ id }) => id !== "age" && id !== "status");
  fc.assert(
    fc.property(answersOf, fc.constantFrom(...skippable), answersOf, (answers, question, others) => {
      // Who is recognised as just above the standard has proved it, whatever they would answer.
      fc.pre(question.id !== "income" || answers["status"]?.[0] !== "dibao_margin");
      const own = question.fields.flatMap(namesOf);
      const keep = (from: Answers, isOwn: boolean) =>
        Object.fromEntries(Object.entries(from).filter(([name]) => own.includes(name) === isOwn));
      const before = factsFromAnswers(keep(answers, false), PARAMETERS);
      const after = factsFromAnswers({ ...keep(answers, false), ...keep(others, true) }, PARAMETERS);
      for (const rule of rules) {
        const open = openFacts(rule, before, PARAMETERS);
        if (question.facts.some((fact) => open.has(fact))) continue;
        const said = resultsOf([rule], before, PARAMETERS)[0]?.verdict;
        const then = resultsOf([rule], after, PARAMETERS)[0]?.verdict;
        // Which of "not known" and "ask somebody" is said may change; what is known does not.
        if (said === "likely" || said === "not" || then === "likely" || then === "not")
          expect(then, JSON.stringify(rule.rule)).toBe(said);
      }
    }),
    { numRuns: 60 },
  );
});
