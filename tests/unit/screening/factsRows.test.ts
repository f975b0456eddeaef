import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { evaluateRule } from "~/domain/rules/evaluate";
import { HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES } from "~/domain/rules/facts";
import { factsFromRows, type HouseholdFactsRow, type HouseholdMemberRow } from "~/domain/screening/factsRows";
import { householdFacts, householdMembers } from "~db/schema/screening";
import { PARAMETERS } from "../../factories/rules";

const unknownOf = (table: typeof householdFacts | typeof householdMembers) =>
  Object.fromEntries(Object.keys(getTableColumns(table)).map((column) => [column, null]));
const household = (known: Partial<HouseholdFactsRow>) =>
  ({ ...unknownOf(householdFacts), membersComplete: true, ...known }) as HouseholdFactsRow;
const member = (position: number, known: Partial<HouseholdMemberRow>) =>
  ({ ...unknownOf(householdMembers), position, ...known }) as HouseholdMemberRow;

test("a row of empty columns knows nothing, and every fact that rules know has its columns", () => {
  const facts = factsFromRows(household({}), [member(1, {})], "2026-07-01");
  expect(Object.keys(facts.household)).toEqual(HOUSEHOLD_FACT_NAMES);
  expect(Object.keys(facts.members[0] ?? {})).toEqual(MEMBER_FACT_NAMES);
  expect(
    [...Object.values(facts.household), ...Object.values(facts.members[0] ?? {})].every(
      (value) => value === null,
    ),
  ).toBe(true);
});

test("income is a span whose bounds may be unknown, and ages are those of the day asked about", () => {
  const row = household({ incomePerHeadMinFen: 0, incomePerHeadMaxFen: null, livesAlone: false });
  const people = [
    member(2, { bornFrom: "1966-07-02", bornTo: "1966-07-02" }),
    member(1, { sex: "female", bornFrom: "1940-01-01", bornTo: "1940-12-31" }),
  ];
  const before = factsFromRows(row, people, "2026-07-01");
  expect(before.household).toMatchObject({ incomePerHeadFen: { min: 0, max: null }, livesAlone: false });
  expect(before.members.map(({ sex, ageYears }) => ({ sex, ageYears }))).toEqual([
    { sex: "female", ageYears: { min: 85, max: 86 } },
    { sex: null, ageYears: { min: 59, max: 59 } },
  ]);
  expect(factsFromRows(row, people, "2026-07-02").members[1]?.ageYears).toEqual({ min: 60, max: 60 });
});

test("people who may be missing keep an answer open", () => {
  const rule = {
    some: { fact: "ageYears", compare: "at_least", to: { parameter: "old_age_years" } },
  } as const;
  const young = [member(1, { bornFrom: "2000-01-01", bornTo: "2000-01-31" })];
  expect(evaluateRule(rule, factsFromRows(household({}), young, "2026-07-01"), PARAMETERS)).toBe(false);
  expect(
    evaluateRule(rule, factsFromRows(household({ membersComplete: false }), young, "2026-07-01"), PARAMETERS),
  ).toBeNull();
});
