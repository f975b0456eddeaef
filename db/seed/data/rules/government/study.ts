import type { Rule } from "~/domain/rules/rule";
import type { FactValue } from "../../../../schema/factVocabulary";
import type { SeedCase, SeedItem } from "../seedItem";
import { askInPerson, atMargin, disabled, familyInHardship, overMargin } from "./parts";

const compulsory = { some: { fact: "study", in: ["compulsory"] } } satisfies Rule;
const seniorHigh = { some: { fact: "study", in: ["senior_high"] } } satisfies Rule;

const atVocational = { some: { fact: "study", in: ["vocational"] } } satisfies Rule;
const atVocationalCases = [
  { name: "读中职：要问", facts: { members: [{ study: "vocational" }] }, expect: "maybe" },
  {
    name: "全家没有人读中职",
    facts: { members: [{ study: "compulsory" }, { study: "none" }] },
    expect: "not",
  },
] as const;

const compulsoryCases = [
  { name: "上小学或初中", facts: { members: [{ study: "compulsory" }] }, expect: "likely" },
  { name: "上普通高中", facts: { members: [{ study: "senior_high" }] }, expect: "not" },
  { name: "不知道在哪里读书", facts: { members: [{ ageYears: 10 }] }, expect: "maybe" },
] as const;

/** The case book of help for pupils of one kind of school whose family is in hardship. */
const pupilInHardshipCases = (
  study: FactValue<"study">,
  otherStudy: FactValue<"study">,
): readonly SeedCase[] => [
  {
    name: "低保家庭的学生",
    facts: { household: { status: "dibao" }, members: [{ study }] },
    expect: "likely",
  },
  {
    name: "没有认定，收入刚好到低保边缘线",
    facts: { household: atMargin, members: [{ study }] },
    expect: "likely",
  },
  {
    name: "没有认定，收入高出低保边缘线",
    facts: { household: overMargin, members: [{ study }] },
    expect: "not",
  },
  {
    name: "收入在线内，财产不详",
    facts: { household: { ...atMargin, assetsWithinLimit: null }, members: [{ study }] },
    expect: "maybe",
  },
  {
    name: "低保家庭，读别的学校",
    facts: { household: { status: "dibao" }, members: [{ study: otherStudy }] },
    expect: "not",
  },
  { name: "学生家庭情况不详", facts: { members: [{ study }] }, expect: "maybe" },
];

/** Schooling (学有所教). */
export const STUDY_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW011: {
    nameEn: "Help with kindergarten fees",
    situations: ["child", "study", "hardship", "disability"],
    audiences: ["child", "low_income"],
    papers: ["户口簿", "低保证、残疾证等证明（有的话）"],
    howToApply: "向孩子所在的幼儿园申请，先问清是不是普惠性幼儿园。",
    rule: {
      any: [
        {
          some: {
            all: [
              { fact: "study", in: ["kindergarten"] },
              { any: [{ fact: "childSituation", in: ["orphan"] }, disabled] },
            ],
          },
        },
        { all: [{ some: { fact: "study", in: ["kindergarten"] } }, familyInHardship] },
      ],
    },
    cases: [
      {
        name: "上幼儿园的孤儿",
        facts: { members: [{ study: "kindergarten", childSituation: "orphan" }] },
        expect: "likely",
      },
      {
        name: "上幼儿园，四级残疾",
        facts: { members: [{ study: "kindergarten", disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "没有认定，收入刚好到低保边缘线",
        facts: { household: atMargin, members: [{ study: "kindergarten" }] },
        expect: "likely",
      },
      {
        name: "收入高出低保边缘线，孩子没有残疾",
        facts: {
          household: overMargin,
          members: [
            {
              study: "kindergarten",
              childSituation: "none",
              disabilityGrade: "none",
              disabilityKind: "none",
            },
          ],
        },
        expect: "not",
      },
      {
        name: "低保家庭，孩子已上小学",
        facts: { household: { status: "dibao" }, members: [{ study: "compulsory" }] },
        expect: "not",
      },
      {
        name: "上幼儿园，听力残疾，等级不详",
        facts: { members: [{ study: "kindergarten", disabilityKind: "hearing" }] },
        expect: "likely",
      },
      {
        name: "上幼儿园，家庭情况不详",
        facts: {
          members: [
            {
              study: "kindergarten",
              childSituation: "none",
              disabilityGrade: "none",
              disabilityKind: "none",
            },
          ],
        },
        expect: "maybe",
      },
    ],
  },
  GW012: {
    nameEn: "No tuition fees in primary and junior middle school",
    situations: ["study", "child"],
    audiences: ["student", "child"],
    howToApply: "不用申请，入学后由学校落实。",
    rule: compulsory,
    cases: compulsoryCases,
  },
  GW013: {
    nameEn: "Free textbooks in primary and junior middle school",
    situations: ["study", "child"],
    audiences: ["student", "child"],
    howToApply: "不用申请，由学校发给学生。",
    rule: compulsory,
    cases: compulsoryCases,
  },
  GW014: {
    nameEn: "Living allowance for pupils in hardship",
    situations: ["study", "child", "hardship"],
    audiences: ["student", "low_income"],
    papers: ["户口簿", "低保证等证明（有的话）"],
    howToApply: "向学校提出，由学校认定家庭经济困难。",
    rule: { all: [compulsory, familyInHardship] },
    cases: pupilInHardshipCases("compulsory", "kindergarten"),
  },
  // The text itself leaves open whether the city takes part.
  GW015: {
    nameEn: "School meals for rural pupils",
    situations: ["study", "child"],
    audiences: ["student", "child"],
    rule: "ask",
  },
  GW016: {
    nameEn: "State grant for senior high school students",
    situations: ["study", "hardship"],
    audiences: ["student", "low_income"],
    papers: ["户口簿", "低保证等证明（有的话）"],
    howToApply: "向学校提出，由学校认定家庭经济困难。",
    rule: { all: [seniorHigh, familyInHardship] },
    cases: pupilInHardshipCases("senior_high", "compulsory"),
  },
  GW017: {
    nameEn: "No tuition fees in senior high school for families in hardship",
    situations: ["study", "hardship"],
    audiences: ["student", "low_income"],
    papers: ["户口簿", "低保证等证明（有的话）"],
    howToApply: "向学校提出，由学校认定家庭经济困难。",
    rule: { all: [seniorHigh, familyInHardship] },
    cases: pupilInHardshipCases("senior_high", "vocational"),
  },
  // The year and the subject of study are no facts that are kept: those at such a school must ask.
  GW018: {
    nameEn: "State grant for vocational school students",
    situations: ["study", "hardship"],
    audiences: ["student", "low_income"],
    papers: ["户口簿", "低保证等证明（有的话）"],
    howToApply: "向学校提出。",
    rule: { all: [atVocational, askInPerson] },
    cases: atVocationalCases,
  },
  GW019: {
    nameEn: "No tuition fees in vocational school",
    situations: ["study"],
    audiences: ["student"],
    howToApply: "向学校提出。",
    rule: { all: [atVocational, askInPerson] },
    cases: atVocationalCases,
  },
};
