import type { MemberRule, Rule, ToAsk } from "~/domain/rules/rule";
import type { SeedHousehold } from "../seedItem";
/**
 * What several entries of the government list share: groups of people, and how a family counts as being in
 * hardship.
 */

/** Families that the city has recognised as being in hardship. */
export const recognisedHardship = {
  fact: "status",
  in: ["dibao", "tekun", "dibao_margin", "rigid_expense"],
} satisfies Rule;

export const incomeUnderStandard = {
  fact: "incomePerHeadFen",
  compare: "under",
  to: { parameter: "dibao_standard_fen" },
} satisfies Rule;
export const incomeWithinMargin = {
  fact: "incomePerHeadFen",
  compare: "at_most",
  to: { parameter: "dibao_standard_fen", percent: "dibao_margin_percent" },
} satisfies Rule;
export const assetsWithinLimit = { fact: "assetsWithinLimit", is: true } satisfies Rule;

/**
 * A family in hardship (家庭经济困难) where the text names no line of its own: recognised, or within what is
 * recognised as 低保边缘. Without recognition and with a higher income the answer is no, with the savings
 * unknown it stays open.
 */
export const familyInHardship = {
  any: [recognisedHardship, { all: [incomeWithinMargin, assetsWithinLimit] }],
} satisfies Rule;

/** Recognised as 低保 or 特困: income and savings were proved then, and need not be asked. */
export const recognisedBelowStandard = { fact: "status", in: ["dibao", "tekun"] } satisfies Rule;

/** Households just within and just past that line (150% of 1,201 yuan, cut down to whole yuan). */
export const atMargin = {
  status: "none",
  incomePerHeadFen: 180_100,
  assetsWithinLimit: true,
} satisfies SeedHousehold;
export const overMargin = {
  status: "none",
  incomePerHeadFen: 180_101,
  assetsWithinLimit: true,
} satisfies SeedHousehold;

/** What no fact decides: whoever does not fit otherwise is told to ask, never "not". */
export const askInPerson = { ask: true } satisfies ToAsk;

/**
 * Of a person known to be disabled the grade may not be known: whoever has a kind of disability is disabled.
 */
export const disabled = {
  any: [
    { fact: "disabilityGrade", in: ["grade_1", "grade_2", "grade_3", "grade_4"] },
    {
      fact: "disabilityKind",
      in: ["sight", "hearing", "speech", "physical", "intellectual", "mental", "multiple"],
    },
  ],
} satisfies MemberRule;
export const severelyDisabled = { fact: "disabilityGrade", in: ["grade_1", "grade_2"] } satisfies MemberRule;
export const old = {
  fact: "ageYears",
  compare: "at_least",
  to: { parameter: "old_age_years" },
} satisfies MemberRule;
export const veryOld = {
  fact: "ageYears",
  compare: "at_least",
  to: { parameter: "very_old_age_years" },
} satisfies MemberRule;
export const minor = { fact: "ageYears", compare: "under", to: 18 } satisfies MemberRule;
export const cannotCareForSelf = { fact: "careNeed", in: ["full"] } satisfies MemberRule;
export const lookingForWork = { fact: "work", in: ["looking"] } satisfies MemberRule;
export const wantsBusiness = { fact: "wantsBusiness", is: true } satisfies MemberRule;
export const insuredAsEmployee = { some: { fact: "insurance", in: ["employee"] } } satisfies Rule;
/**
 * Insured employees (参保职工) where the text does not name those who have retired: what is owed by the work
 * itself.
 */
export const insuredAtWork = {
  some: { all: [{ fact: "insurance", in: ["employee"] }, { not: { fact: "work", in: ["retired"] } }] },
} satisfies Rule;
export const atWorkCases = [
  {
    name: "参加职工保险，在工作",
    facts: { members: [{ insurance: "employee", work: "working" }] },
    expect: "likely",
  },
  {
    name: "参加职工保险，已经退休",
    facts: { members: [{ insurance: "employee", work: "retired" }] },
    expect: "not",
  },
  {
    name: "全家参加居民保险",
    facts: { members: [{ insurance: "resident" }, { insurance: "resident" }] },
    expect: "not",
  },
  {
    name: "参加职工保险，不知道有没有退休",
    facts: { members: [{ insurance: "employee" }] },
    expect: "maybe",
  },
] as const;

/** The case book of an entry for everybody who is insured as an employee. */
export const employeeCases = [
  { name: "参加职工保险", facts: { members: [{ insurance: "employee" }] }, expect: "likely" },
  {
    name: "全家参加居民保险",
    facts: { members: [{ insurance: "resident" }, { insurance: "resident" }] },
    expect: "not",
  },
  { name: "不知道参加哪种保险", facts: { members: [{}] }, expect: "maybe" },
] as const;

/** How a family in hardship applies to its town, and what it brings along. */
export const askTheTown = "到镇街的社会救助窗口申请；自己去有困难的，可以请村（社区）帮忙提出。";
export const aidPapers = ["身份证", "签名的承诺书（窗口提供）"];
