import fc from "fast-check";
import { expect, test } from "vitest";
import { factsFromAnswers, QUESTIONS, questionsOf, readAnswers, type Answers } from "~/domain/directory/finder/questions";
import { resultsOf, totalOf, undecidedByQuestion, type FinderItem } from "~/domain/directory/finder/results";
import type { Parameters } from "~/domain/directory/rules/evaluate";
import { HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES } from "~/domain/directory/rules/facts";
import { FactsShape } from "~/domain/directory/rules/factsShape";
import { answerWords } from "~/ui/finder/answerWords";
import { messagesFor } from "~/i18n/messages.server";
import { makeT } from "~/i18n/translate";

const PARAMETERS: Parameters = { dibao_standard_fen: 120_100, dibao_margin_percent: 150, classified_supplement_percent: 40, old_age_years: 60, very_old_age_years: 80 };
const FIELDS = QUESTIONS.flatMap((question) => question.fields);

const answersOf: fc.Arbitrary<Answers> = fc
  .record(
    Object.fromEntries(
      FIELDS.map((field) => [
        field.name,
        field.kind === "years"
          ? fc.nat(110).map((age) => [String(age)])
          : field.kind === "one"
            ? fc.constantFrom(...field.options).map((word) => [word])
            : fc.subarray([...field.options], { minLength: 1 }),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((answers) => answers as Answers);

const item = (code: string, rule: FinderItem["rule"], amount: FinderItem["amount"] = null): FinderItem => ({ code, list: "government", name: code, kind: "rule", rule, amount });

test("seven to nine questions ask for every fact that rules may use, each of one question only", () => {
  expect(QUESTIONS.length).toBeGreaterThanOrEqual(7);
  expect(QUESTIONS.length).toBeLessThanOrEqual(9);
  const asked = QUESTIONS.flatMap((question) => question.facts);
  expect(asked.toSorted()).toEqual([...HOUSEHOLD_FACT_NAMES, ...MEMBER_FACT_NAMES].toSorted());
  expect(questionsOf(["ageYears", "sex", "status"])).toEqual([1, 3]);
});

test("no answers know nothing; any answers make well-formed facts; an answer that is taken back makes none of them firmer", () => {
  expect(factsFromAnswers({}, PARAMETERS)).toEqual({
    household: { status: undefined, incomePerHeadFen: undefined, assetsWithinLimit: undefined, livesAlone: undefined },
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
      const skipped = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== FIELDS[at]?.name));
      const all = resultsOf(rules, facts, PARAMETERS);
      for (const [index, { verdict }] of resultsOf(rules, factsFromAnswers(skipped, PARAMETERS), PARAMETERS).entries())
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
    health: ["chronicIllness", "none"],
  });
});

test("the lines of income meet without a gap: a fen under the standard, the standard itself, a fen over the margin", () => {
  const under = item("under", { fact: "incomePerHeadFen", compare: "under", to: { parameter: "dibao_standard_fen" } });
  const margin = item("margin", { fact: "incomePerHeadFen", compare: "at_most", to: { parameter: "dibao_standard_fen", percent: "dibao_margin_percent" } });
  const verdicts = (income: string) => resultsOf([under, margin], factsFromAnswers({ income: [income] }, PARAMETERS), PARAMETERS).map(({ verdict }) => verdict);
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
  const second = resultsOf([supplement], factsFromAnswers({ age: ["72"], status: ["dibao"], others: ["18_to_59"] }, PARAMETERS), PARAMETERS);
  expect(second[0]?.verdict).toBe("likely");
  expect(totalOf(second)).toEqual({ leastFen: 48_000, mostFen: 96_000 });
});

test("every choice of every question has its words in all three languages", () => {
  for (const locale of ["zh-Hans", "zh-Hant", "en"] as const) {
    const t = makeT(messagesFor(locale, ["finder", "facts"]));
    for (const field of FIELDS)
      for (const option of field.options)
        expect(answerWords(field.name, option, { t, locale, parameters: PARAMETERS }), `${field.name} ${option}`).not.toMatch(/^(finder|facts)\./);
    for (const { id, fields } of QUESTIONS)
      for (const key of [`finder.q_${id}`, ...fields.map((field) => `finder.f_${field.name}`)]) expect(messagesFor(locale, ["finder"])[key], key).toBeTruthy();
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
  const groups = undecidedByQuestion(resultsOf(items, facts, PARAMETERS)).map(({ question, results }) => [question, ...results.map((result) => result.item.code)]);
  expect(groups).toEqual([
    [5, "disabled", "severely disabled"],
    [3, "poor"],
    [undefined, "old or disabled"],
  ]);
});
