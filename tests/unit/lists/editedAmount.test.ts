import fc from "fast-check";
import { expect, test } from "vitest";
import { editedBody } from "~/domain/lists/desk/editedBody";
import { RULE_EDITS, type RuleEdit } from "~/domain/lists/desk/ruleSchemas";
import { eachPart, workOut } from "~/domain/rules/amount";
import { familiesOf, peopleOf, placeAmong } from "~/domain/rules/amountParts";
import type { MemberRule, Rule } from "~/domain/rules/rule";
import { RuleBody } from "~/domain/rules/ruleShape";
import { readForm } from "~/http/form.server";
import { anyRule, PARAMETERS } from "../../factories/rules";

const old: MemberRule = { fact: "ageYears", compare: "at_least", to: { parameter: "old_age_years" } };
const ill: MemberRule = { fact: "seriousIllness", is: true };
const alone: Rule = { fact: "singleParent", is: true };
const RULE: Rule = {
  all: [
    { fact: "status", in: ["dibao"] },
    { any: [{ some: old }, { not: { some: { any: [ill, old] } } }, alone] },
    { some: old },
  ],
};

const bodyWith = (rule: Rule, amount: unknown = null) =>
  RuleBody.parse({ kind: "rule", rule, amount, cases: [] });
const typed = (fields: object) =>
  RULE_EDITS.amount.parse({ intent: "amount", version: "1", ...fields }) as RuleEdit;
const each = (more: object = {}) =>
  typed({
    amount: "each_person",
    of: "dibao_standard_fen",
    percent: "classified_supplement_percent",
    who: "1.0",
    ...more,
  });
const EACH = {
  kind: "each_person",
  of: "dibao_standard_fen",
  percent: "classified_supplement_percent",
} as const;

test("people and households of a rule are offered once each: no group of one, nothing inside of a person, no group that asks for people", () => {
  expect(peopleOf(RULE)).toEqual([
    { place: "1.0", part: old },
    { place: "1.1.0", part: { any: [ill, old] } },
  ]);
  expect(familiesOf(RULE)).toEqual([
    { place: "0", part: { fact: "status", in: ["dibao"] } },
    { place: "1.2", part: alone },
  ]);
  expect(peopleOf({ some: old })).toEqual([{ place: "all", part: old }]);
  expect(familiesOf({ all: [alone, { any: [{ not: alone }] }] }).map(({ place }) => place)).toEqual([
    "all",
    "0",
    "1.0",
  ]);
  expect(placeAmong(peopleOf(RULE), ill)).toBeUndefined();
});

test("an amount is none, up to a standard, or a part for each of the chosen people and everybody of the chosen households", () => {
  const before = bodyWith(RULE);
  const after = editedBody(before, each({ wholeFamily: "1.2" }));
  expect(after).toEqual({ ...before, amount: { ...EACH, who: old, wholeFamily: alone } });
  expect(editedBody(after, each({ who: "1.1.0" })).amount).toEqual({ ...EACH, who: { any: [ill, old] } });
  expect(
    editedBody(after, typed({ amount: "up_to_standard", standard: "dibao_standard_fen" })).amount,
  ).toEqual({ kind: "up_to_standard", standard: "dibao_standard_fen" });
  expect(editedBody(after, typed({ amount: "none" })).amount).toBeNull();
  expect(editedBody(after, { intent: "kind", version: 1, kind: "everyone" }).amount).toBeNull();
});

test("an amount keeps what it was chosen from when that part is changed or taken out, and can be kept as it says", () => {
  const paying = editedBody(bodyWith(RULE), each({ who: "1.1.0", wholeFamily: "1.2" }));
  const without = editedBody(editedBody(paying, { intent: "remove", version: 1, path: [1] }), {
    intent: "remove",
    version: 1,
    path: [1],
  });
  expect(without).toEqual({ ...paying, rule: { all: [{ fact: "status", in: ["dibao"] }] } });
  expect(RuleBody.parse(without)).toEqual(without);
  expect(editedBody(without, each({ who: "now", wholeFamily: "now" }))).toEqual(without);
  expect(editedBody(without, each({ who: "now" })).amount).toEqual({ ...EACH, who: { any: [ill, old] } });
});

test("a part that is not there, is none of those offered, or was never said is refused", () => {
  const refused = (rule: Rule, edit: RuleEdit) => {
    expect(() => editedBody(bodyWith(rule), edit)).toThrow(
      expect.objectContaining({ code: "CHANGED_MEANWHILE" }),
    );
  };

  for (const who of ["0", "1", "1.0.0", "1.1", "9.9", "all", "now"]) refused(RULE, each({ who }));
  for (const wholeFamily of ["1", "1.0", "1.0.0", "2", "all", "now"]) refused(RULE, each({ wholeFamily }));
  expect(() =>
    editedBody({ kind: "ask", rule: null, amount: null, cases: [] }, typed({ amount: "none" })),
  ).toThrow(expect.objectContaining({ code: "CHANGED_MEANWHILE" }));
});

test("of any rule, whatever is offered gives an amount that its shape accepts, and the same parts are found in it again", () => {
  let chosen = 0;
  fc.assert(
    fc.property(anyRule, fc.nat(), fc.nat(), (rule, first, second) => {
      const [people, families] = [peopleOf(rule), familiesOf(rule)];
      const who = people[first % Math.max(1, people.length)];
      const family = families[second % Math.max(1, families.length)];
      if (!who) return;
      const body = editedBody(
        bodyWith(rule),
        each({ who: who.place, wholeFamily: family?.place ?? "nobody" }),
      );
      const read = RuleBody.parse(JSON.parse(JSON.stringify(body)));
      if (read.amount?.kind !== "each_person") throw new Error("another amount");
      expect(placeAmong(people, read.amount.who)).toBe(who.place);
      expect(read.amount.wholeFamily && placeAmong(families, read.amount.wholeFamily)).toBe(family?.place);
      chosen += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(chosen).toBeGreaterThan(100);
});

test("what was not chosen, or is a value of another kind, is refused beside its field; fields of another kind do not matter", () => {
  const wrong = (fields: Readonly<Record<string, string>>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ intent: "amount", version: "1", ...fields }))
      form.set(name, value);
    const read = readForm(form, RULE_EDITS.amount);
    return read.ok
      ? []
      : Object.entries(read.reply.errors).map(([field, [error]]) => `${field} ${String(error)}`);
  };

  const right = {
    amount: "each_person",
    of: "dibao_standard_fen",
    percent: "classified_supplement_percent",
    who: "1.0",
  };
  const standard = { standard: "dibao_standard_fen" };
  expect(wrong({ ...right, standard: "" })).toEqual([]);
  expect(wrong({ amount: "none", of: "constructor", who: "x" })).toEqual([]);
  expect(wrong({ amount: "up_to_standard", ...standard, percent: "" })).toEqual([]);
  for (const amount of ["", "constructor"])
    expect(wrong({ ...right, amount })).toEqual(["amount common.pleaseChoose"]);
  expect(wrong({ amount: "up_to_standard", standard: "old_age_years" })).toEqual([
    "standard common.pleaseChoose",
  ]);
  expect(wrong({ ...right, of: "dibao_margin_percent", percent: "dibao_standard_fen" })).toEqual([
    "of common.pleaseChoose",
    "percent common.pleaseChoose",
  ]);
  expect(wrong({ ...right, percent: "", who: "", wholeFamily: "0.x" })).toEqual([
    "percent common.pleaseChoose",
    "who common.pleaseChoose",
    "wholeFamily common.pleaseChoose",
  ]);
});

test("the working for one person is that of a household, in which everybody of the chosen kind of household counts", () => {
  const { amount } = editedBody(bodyWith(RULE), each({ wholeFamily: "1.2" }));
  if (amount?.kind !== "each_person") throw new Error("another amount");
  expect(eachPart(amount, PARAMETERS)).toEqual({
    ofFen: 120_100,
    percent: 40,
    exactFen: 48_040,
    eachFen: 48_000,
  });
  const members = [{ ageYears: { min: 30, max: 30 } }, { ageYears: { min: 8, max: 8 } }];
  expect(
    workOut(amount, { household: { singleParent: true }, members, membersComplete: true }, PARAMETERS),
  ).toMatchObject({ people: 2, totalFen: 96_000 });
  expect(
    workOut(amount, { household: { singleParent: false }, members, membersComplete: true }, PARAMETERS),
  ).toMatchObject({ people: 0 });
});
