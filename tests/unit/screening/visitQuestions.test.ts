import { expect, test } from "vitest";
import { HOUSEHOLD_FACTS, MEMBER_FACTS } from "~/domain/rules/facts";
import {
  HOUSEHOLD_PARTS,
  likelyOf,
  noWordOf,
  openQuestions,
  PERSON_PARTS,
  withAge,
} from "~/domain/screening/visitQuestions";
import { item } from "../../factories/finder";
import { PARAMETERS } from "../../factories/rules";

const chosen = (facts: Readonly<Record<string, { kind: string }>>) =>
  Object.keys(facts).filter((fact) => facts[fact]?.kind !== "number");

const ITEMS = [
  item("POOR", { fact: "status", in: ["dibao", "tekun"] }),
  item("POOR_OR_EARNING_LITTLE", {
    any: [
      { fact: "status", in: ["dibao"] },
      { fact: "incomePerHeadFen", compare: "under", to: { parameter: "dibao_standard_fen" } },
    ],
  }),
  item("MOTHER", { some: { fact: "pregnancy", in: ["pregnant"] } }),
  item("PUPIL", { some: { fact: "study", in: ["compulsory"] } }),
  item("SEVERE", { some: { fact: "disabilityGrade", in: ["grade_1", "grade_2"] } }),
  item("BLIND", {
    some: {
      all: [
        { fact: "disabilityKind", in: ["sight"] },
        { fact: "disabilityGrade", in: ["grade_1"] },
      ],
    },
  }),
];
const ASKING = { items: ITEMS, parameters: PARAMETERS, today: "2026-11-30" };
const isOpen = (values: Record<string, string | string[]>) => openQuestions(values, ASKING);

test("each fact that is chosen is asked in one part only, and whatever may be denied in one tap can be denied", () => {
  expect(HOUSEHOLD_PARTS.flatMap(({ facts }) => facts).toSorted()).toEqual(
    chosen(HOUSEHOLD_FACTS).toSorted(),
  );
  expect(PERSON_PARTS.flatMap(({ facts }) => facts).toSorted()).toEqual(chosen(MEMBER_FACTS).toSorted());
  for (const { facts, mostlyNone } of [...HOUSEHOLD_PARTS, ...PERSON_PARTS])
    if (mostlyNone) for (const fact of facts) expect(noWordOf(fact), fact).toBeDefined();
  expect(noWordOf("sex")).toBeUndefined();
});

test("only what can still change something is open: who is recognised is not asked for an income", () => {
  expect(isOpen({})("household", "incomePerHeadFen")).toBe(true);
  expect(isOpen({ "household.status": "dibao" })("household", "incomePerHeadFen")).toBe(false);
  expect(isOpen({ "household.status": "none" })("household", "incomePerHeadFen")).toBe(true);
  expect(
    isOpen({ "household.status": "none", "household.incomePerHead": "300-500" })(
      "household",
      "incomePerHeadFen",
    ),
  ).toBe(false);
  expect(isOpen({})("household", "homeUnsafe")).toBe(false);
});

test("what is asked of a person follows their age and sex, as typed in any way", () => {
  const row = "members[0]";
  expect(isOpen({ [`${row}.ageYears`]: "３０" })(row, "pregnancy")).toBe(true);
  expect(isOpen({ [`${row}.ageYears`]: "30", [`${row}.sex`]: "male" })(row, "pregnancy")).toBe(false);
  expect(isOpen({ [`${row}.ageYears`]: "80-" })(row, "pregnancy")).toBe(false);
  expect(isOpen({ [`${row}.bornMonth`]: "1940年3月" })(row, "study")).toBe(false);
  expect(isOpen({ [`${row}.bornMonth`]: "2015-09" })(row, "study")).toBe(true);
  expect(isOpen({ [`${row}.ageYears`]: "about thirty" })(row, "study")).toBe(true);
});

test("an item that one person settles is not asked of the next, and a row that is blank or taken off is nobody", () => {
  const pupil = { "members[0].study": "compulsory", "members[0].listed": "yes" };
  expect(isOpen(pupil)("newMembers[0]", "study")).toBe(false);
  expect(isOpen({ ...pupil, "members[0].off": "yes" })("newMembers[0]", "study")).toBe(true);
  const kind = { "newMembers[0].disabilityGrade": "none" };
  expect(isOpen(kind)("newMembers[0]", "disabilityKind")).toBe(false);
  expect(isOpen(kind)("newMembers[1]", "disabilityKind")).toBe(true);
});

test("what is likely received is what the home is likely entitled to and does not have by being recognised", () => {
  expect([...likelyOf({ "household.status": "tekun", "members[0].study": "compulsory" }, ASKING)]).toEqual([
    "POOR",
    "PUPIL",
  ]);
  const granted = [item("GW055", { fact: "status", in: ["dibao"] })];
  expect([...likelyOf({ "household.status": "dibao" }, { ...ASKING, items: granted })]).toEqual([]);
});

test("what was said of a person counts more than what their age alone says", () => {
  const age = { min: 80, max: 80 };
  expect(withAge({ ageYears: age }, PARAMETERS)).toMatchObject({ study: "none", pregnancy: "none" });
  expect(withAge({ ageYears: age, study: "university" }, PARAMETERS).study).toBe("university");
});
