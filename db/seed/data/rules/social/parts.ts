import type { MemberRule, Rule } from "~/domain/rules/rule";
import type { FactValue } from "../../../../schema/factVocabulary";
import { askInPerson, disabled, familyInHardship, recognisedHardship } from "../government/parts";
import type { SeedCase, SeedHousehold, SeedMember } from "../seedItem";

/**
 * What several entries of the social service list share: groups of people with their case books, and where to
 * turn.
 */

export {
  askInPerson,
  atMargin,
  disabled,
  overMargin,
  recognisedHardship,
  wantsBusiness,
} from "../government/parts";

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

/** An older person on their own (独居老人). */
export const oldAndAlone = { all: [{ fact: "livesAlone", is: true }, { some: old }] } satisfies Rule;

export const severelyDisabled = { fact: "disabilityGrade", in: ["grade_1", "grade_2"] } satisfies MemberRule;
export const cannotCareForSelf = { fact: "careNeed", in: ["full"] } satisfies MemberRule;
export const needsSomeCare = { fact: "careNeed", in: ["partial", "full"] } satisfies MemberRule;

/**
 * Hard to move about (行动不便): help in daily life, or a body's disability; a certificate for several kinds
 * may hold it.
 */
export const movesWithDifficulty = {
  any: [needsSomeCare, { fact: "disabilityKind", in: ["physical", "multiple"] }],
} satisfies MemberRule;

/** Severe mental illness at home, or a certificate for it. */
export const mentallyIll = {
  any: [
    { fact: "mentalIllness", is: true },
    { fact: "disabilityKind", in: ["mental"] },
  ],
} satisfies MemberRule;

/**
 * "People in hardship" (困难群众, 困难家庭) that a text does not name: those recognised are, of others
 * somebody must be asked.
 */
export const inHardshipOrAsk = { any: [recognisedHardship, askInPerson] } satisfies Rule;
export const inHardshipOrAskCases = [
  { name: "低保家庭", facts: { household: { status: "dibao" } }, expect: "likely" },
  { name: "支出型困难家庭", facts: { household: { status: "rigid_expense" } }, expect: "likely" },
  { name: "没有认定：要问", facts: { household: { status: "none" } }, expect: "maybe" },
] as const;

/**
 * Able to work (有劳动能力): who works or looks for work; without either, of working age, from 16 until old
 * age.
 */
export const ableToWork = {
  any: [
    { fact: "work", in: ["working", "looking"] },
    {
      all: [
        { fact: "work", in: ["none"] },
        { fact: "ageYears", compare: "at_least", to: 16 },
        { fact: "ageYears", compare: "under", to: { parameter: "old_age_years" } },
      ],
    },
  ],
} satisfies MemberRule;

/**
 * The case book of such an entry, where `also` makes whoever can work fit: of working age, before it, and
 * after.
 */
export const workingAgeCases = (
  also: SeedHousehold,
  beside: SeedMember,
  otherwise: "maybe" | "not",
): readonly SeedCase[] =>
  [16, 59, 15, 60].map((ageYears, index) => ({
    name: `没有工作，${ageYears}岁`,
    facts: { household: also, members: [{ work: "none", ageYears, ...beside }] },
    expect: index < 2 ? "likely" : otherwise,
  }));

/**
 * The case book of an entry for some of the people of a family in hardship, of whom others are told to ask.
 */
export const amongHardshipCases = (who: SeedMember, notWho: SeedMember): readonly SeedCase[] => [
  { name: "低保家庭", facts: { household: { status: "dibao" }, members: [who] }, expect: "likely" },
  {
    name: "低保边缘家庭",
    facts: { household: { status: "dibao_margin" }, members: [who] },
    expect: "likely",
  },
  { name: "没有认定：要问", facts: { household: { status: "none" }, members: [who] }, expect: "maybe" },
  {
    name: "低保家庭，没有这样的人",
    facts: { household: { status: "dibao" }, members: [notWho] },
    expect: "not",
  },
  { name: "认定情况不详", facts: { members: [who] }, expect: "maybe" },
];

/** Children in one of these situations, disabled, or of a family in hardship. */
const childIn = (...situations: readonly FactValue<"childSituation">[]) =>
  ({
    any: [
      { some: { all: [minor, { any: [{ fact: "childSituation", in: situations }, disabled] }] } },
      { all: [familyInHardship, { some: minor }] },
    ],
  }) satisfies Rule;

/**
 * Children in hardship (困境儿童) as the government list says who they are (GW009): by poverty, their own
 * disability, or want of care.
 */
export const childInHardship = childIn("orphan", "unsupported", "in_hardship");
export const childInHardshipOrLeftBehind = childIn("orphan", "unsupported", "in_hardship", "left_behind");

export const pupil = {
  fact: "study",
  in: ["compulsory", "senior_high", "vocational", "university"],
} satisfies MemberRule;

export const townStation = "打电话或者到镇街社工站（双百社工）说一声，社工会上门。";

/** The case book of an entry for older people, whatever else they are. */
export const oldCases = [
  { name: "满60岁当天", facts: { members: [{ ageYears: 60 }] }, expect: "likely" },
  { name: "59岁", facts: { members: [{ ageYears: 59 }] }, expect: "not" },
  {
    name: "家里还有没登记的人",
    facts: { members: [{ ageYears: 59 }], membersComplete: false },
    expect: "maybe",
  },
  { name: "年龄不详", facts: { members: [{}] }, expect: "maybe" },
] as const;

/** The case book of an entry for families with children. */
export const minorCases = [
  { name: "孩子17岁", facts: { members: [{ ageYears: 45 }, { ageYears: 17 }] }, expect: "likely" },
  { name: "最小的满18岁当天", facts: { members: [{ ageYears: 45 }, { ageYears: 18 }] }, expect: "not" },
  {
    name: "家里还有没登记的人",
    facts: { members: [{ ageYears: 45 }], membersComplete: false },
    expect: "maybe",
  },
] as const;

const unrecognised = {
  status: "none",
  incomePerHeadFen: 180_101,
  assetsWithinLimit: true,
} satisfies SeedHousehold;
const wellChild = {
  ageYears: 9,
  childSituation: "none",
  disabilityGrade: "none",
  disabilityKind: "none",
} satisfies SeedMember;

const childCases = (leftBehind: "likely" | "not") =>
  [
    {
      name: "困境儿童，17岁",
      facts: { household: unrecognised, members: [{ ageYears: 17, childSituation: "in_hardship" }] },
      expect: "likely",
    },
    {
      name: "困境儿童，满18岁当天",
      facts: { household: unrecognised, members: [{ ageYears: 18, childSituation: "in_hardship" }] },
      expect: "not",
    },
    {
      name: "孤儿",
      facts: { household: unrecognised, members: [{ ageYears: 9, childSituation: "orphan" }] },
      expect: "likely",
    },
    {
      name: "事实无人抚养儿童",
      facts: { household: unrecognised, members: [{ ageYears: 9, childSituation: "unsupported" }] },
      expect: "likely",
    },
    {
      name: "孩子有四级残疾证",
      facts: { household: unrecognised, members: [{ ...wellChild, disabilityGrade: "grade_4" }] },
      expect: "likely",
    },
    {
      name: "没有认定，收入刚好到低保边缘线",
      facts: { household: { ...unrecognised, incomePerHeadFen: 180_100 }, members: [wellChild] },
      expect: "likely",
    },
    {
      name: "孩子智力残疾，等级不详",
      facts: { household: unrecognised, members: [{ ageYears: 9, disabilityKind: "intellectual" }] },
      expect: "likely",
    },
    {
      name: "低保边缘家庭，孩子17岁",
      facts: { household: { status: "dibao_margin" }, members: [{ ...wellChild, ageYears: 17 }] },
      expect: "likely",
    },
    {
      name: "低保家庭，最小的满18岁当天",
      facts: { household: { status: "dibao" }, members: [{ ...wellChild, ageYears: 18, study: "none" }] },
      expect: "not",
    },
    {
      name: "留守儿童，没有其他困难",
      facts: { household: unrecognised, members: [{ ...wellChild, childSituation: "left_behind" }] },
      expect: leftBehind,
    },
    {
      name: "家庭没有认定，孩子没有特别困难",
      facts: { household: unrecognised, members: [wellChild] },
      expect: "not",
    },
    { name: "孩子没有特别困难，家庭情况不详", facts: { members: [wellChild] }, expect: "maybe" },
  ] as const;

/** The case books of entries for children in hardship, without and with those whose parents work far away. */
export const childInHardshipCases = childCases("not");
export const childInHardshipOrLeftBehindCases = childCases("likely");

/** The case book of an entry for everybody with a disability certificate. */
export const disabledCases = [
  { name: "四级残疾", facts: { members: [{ disabilityGrade: "grade_4" }] }, expect: "likely" },
  {
    name: "一级残疾",
    facts: { members: [{ disabilityGrade: "none", disabilityKind: "none" }, { disabilityGrade: "grade_1" }] },
    expect: "likely",
  },
  { name: "视力残疾，等级不详", facts: { members: [{ disabilityKind: "sight" }] }, expect: "likely" },
  {
    name: "家里没有残疾人",
    facts: { members: [{ disabilityGrade: "none", disabilityKind: "none" }] },
    expect: "not",
  },
  { name: "不知道有没有残疾证", facts: { members: [{ ageYears: 40 }] }, expect: "maybe" },
] as const;
