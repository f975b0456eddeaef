import fc from "fast-check";
import { expect, test } from "vitest";
import { amountChoices, amountFromChoice, choiceOfAmount } from "~/domain/lists/desk/amountChoice";
import { RULE_EDITS } from "~/domain/lists/desk/ruleSchemas";
import { leavesOf } from "~/domain/rules/rule";
import { anyRule } from "../../factories/rules";

test("whatever a rule compares with can be shown in its form, and is read back as it was", () => {
  let compared = 0;
  fc.assert(
    fc.property(anyRule, (rule) => {
      for (const { leaf } of leavesOf(rule)) {
        if (!("compare" in leaf)) continue;
        const unit = leaf.fact === "ageYears" ? "years" : "fen";
        const { value, typed } = choiceOfAmount(unit, leaf.to);
        expect(amountChoices(unit).map((choice) => choice.value)).toContain(value);
        expect(amountFromChoice(unit, value, typed)).toEqual(leaf.to);
        compared += 1;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(compared).toBeGreaterThan(20);
});

test("a number that is none, or a fact that is none, is refused beside its field; nought yuan is a number", () => {
  const wrongOf = (fields: object) =>
    RULE_EDITS.add
      .safeParse({ intent: "add", version: "1", path: "", ...fields })
      .error?.issues.map((issue) => issue.path.join("."));
  expect(wrongOf({ fact: "constructor" })).toEqual(["fact"]);
  expect(wrongOf({ fact: "rural" })).toEqual(["is"]);
  expect(wrongOf({ fact: "status", in: ["dibao", "rich"] })).toEqual(["in"]);
  expect(wrongOf({ fact: "ageYears", to: "number", number: "60" })).toEqual(["compare"]);
  expect(wrongOf({ fact: "ageYears", compare: "over", to: "number", number: "151" })).toEqual(["number"]);
  expect(wrongOf({ fact: "ageYears", compare: "over", to: "dibao_standard_fen" })).toEqual(["number"]);
  expect(
    wrongOf({ fact: "incomePerHeadFen", compare: "over", to: "dibao_standard_fen*typed", number: "0" }),
  ).toEqual(["number"]);
  expect(
    RULE_EDITS.add.parse({
      intent: "add",
      version: "1",
      path: "0.2",
      fact: "incomePerHeadFen",
      compare: "over",
      to: "number",
      number: "0",
    }),
  ).toMatchObject({
    path: [0, 2],
    leaf: { fact: "incomePerHeadFen", compare: "over", to: 0 },
  });
  expect(wrongOf({ fact: "householdSize", compare: "at_least", to: "number", number: "100" })).toEqual([
    "number",
  ]);
  expect(wrongOf({ fact: "householdSize", compare: "at_least", to: "old_age_years" })).toEqual(["number"]);
  expect(
    RULE_EDITS.add.parse({
      intent: "add",
      version: "1",
      path: "",
      fact: "householdSize",
      compare: "at_most",
      to: "number",
      number: "３",
    }),
  ).toMatchObject({
    leaf: { fact: "householdSize", compare: "at_most", to: 3 },
  });
  expect(RULE_EDITS.add.parse({ intent: "add", version: "1", path: "", fact: "ask" })).toMatchObject({
    leaf: { ask: true },
  });
});
