import type { MemberRule, Rule } from "~/domain/rules/rule";
import type { SeedItem, SeedMember } from "../seedItem";
import {
  aidPapers,
  askTheTown,
  assetsWithinLimit,
  atMargin,
  incomeUnderStandard,
  incomeWithinMargin,
  old,
  overMargin,
  recognisedBelowStandard,
  severelyDisabled,
} from "./parts";

const dibao = { fact: "status", in: ["dibao"] } satisfies Rule;

/** Whom the supplement counts by themselves; a single parent's family counts as a whole. */
const supplemented = {
  any: [
    old,
    { fact: "ageYears", compare: "under", to: 18 },
    { fact: "study", in: ["kindergarten", "compulsory", "senior_high", "vocational", "university"] },
    severelyDisabled,
    { fact: "seriousIllness", is: true },
  ],
} satisfies MemberRule;
const noReason = { study: "none", disabilityGrade: "none", seriousIllness: false } satisfies SeedMember;

/** The means to live, for those in hardship (基本生活救助), with what the city added. */
export const LIVING_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW055: {
    nameEn: "Minimum living allowance",
    situations: ["hardship"],
    audiences: ["low_income"],
    papers: aidPapers,
    howToApply: askTheTown,
    rule: { any: [recognisedBelowStandard, { all: [incomeUnderStandard, assetsWithinLimit] }] },
    amount: { kind: "up_to_standard", standard: "dibao_standard_fen" },
    cases: [
      { name: "已认定低保，收入不用再问", facts: { household: { status: "dibao" } }, expect: "likely" },
      { name: "已认定特困，收入不用再问", facts: { household: { status: "tekun" } }, expect: "likely" },
      {
        name: "三口人一共3602.99元，人均不到标准",
        facts: { household: { incomeTotalFen: 360_299, householdSize: 3, assetsWithinLimit: true } },
        expect: "likely",
      },
      {
        name: "三口人一共3603元，人均刚好1201元",
        facts: {
          household: { status: "none", incomeTotalFen: 360_300, householdSize: 3, assetsWithinLimit: true },
        },
        expect: "not",
      },
      {
        name: "人均月收入1200.99元，财产符合规定",
        facts: { household: { incomePerHeadFen: 120_099, assetsWithinLimit: true } },
        expect: "likely",
      },
      {
        name: "没有收入，财产符合规定",
        facts: { household: { incomePerHeadFen: 0, assetsWithinLimit: true } },
        expect: "likely",
      },
      {
        name: "人均月收入刚好1201元",
        facts: { household: { status: "none", incomePerHeadFen: 120_100, assetsWithinLimit: true } },
        expect: "not",
      },
      {
        name: "收入低，财产超出规定",
        facts: { household: { status: "none", incomePerHeadFen: 50_000, assetsWithinLimit: false } },
        expect: "not",
      },
      { name: "收入低，财产不详", facts: { household: { incomePerHeadFen: 50_000 } }, expect: "maybe" },
      {
        name: "收入在1000到1300元之间",
        facts: { household: { incomePerHeadFen: { min: 100_000, max: 130_000 }, assetsWithinLimit: true } },
        expect: "maybe",
      },
    ],
  },
  // "Without means" and "unable to work" as the national rules read them: within the limits of 低保; old,
  // severely disabled, under 16, or unable.
  GW056: {
    nameEn: "Support for people without means or family to support them",
    situations: ["hardship", "old_age", "disability", "child"],
    audiences: ["low_income", "older_person", "disabled_person", "child"],
    papers: aidPapers,
    howToApply: askTheTown,
    rule: {
      any: [
        { fact: "status", in: ["tekun"] },
        {
          all: [
            { any: [recognisedBelowStandard, { all: [incomeUnderStandard, assetsWithinLimit] }] },
            {
              some: {
                all: [
                  { fact: "noSupporter", is: true },
                  {
                    any: [
                      { fact: "work", in: ["unable"] },
                      old,
                      severelyDisabled,
                      { fact: "ageYears", compare: "under", to: 16 },
                    ],
                  },
                ],
              },
            },
          ],
        },
      ],
    },
    cases: [
      { name: "已认定特困", facts: { household: { status: "tekun" } }, expect: "likely" },
      {
        name: "低保老人，70岁，无人赡养，收入不用再问",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 70, noSupporter: true }] },
        expect: "likely",
      },
      {
        name: "满60岁当天，无人赡养，人均月收入1200.99元",
        facts: {
          household: { status: "none", incomePerHeadFen: 120_099, assetsWithinLimit: true },
          members: [{ ageYears: 60, noSupporter: true }],
        },
        expect: "likely",
      },
      {
        name: "无人赡养，人均月收入刚好1201元",
        facts: {
          household: { status: "none", incomePerHeadFen: 120_100, assetsWithinLimit: true },
          members: [{ ageYears: 60, noSupporter: true }],
        },
        expect: "not",
      },
      {
        name: "59岁，能工作，没有收入",
        facts: {
          household: { status: "none", incomePerHeadFen: 0, assetsWithinLimit: true },
          members: [{ ageYears: 59, work: "looking", disabilityGrade: "none", noSupporter: true }],
        },
        expect: "not",
      },
      {
        name: "40岁，没有能力工作，无人扶养",
        facts: {
          household: { status: "none", incomePerHeadFen: 0, assetsWithinLimit: true },
          members: [{ ageYears: 40, work: "unable", noSupporter: true }],
        },
        expect: "likely",
      },
      {
        name: "40岁，二级残疾，无人扶养",
        facts: {
          household: { status: "none", incomePerHeadFen: 0, assetsWithinLimit: true },
          members: [{ ageYears: 40, work: "none", disabilityGrade: "grade_2", noSupporter: true }],
        },
        expect: "likely",
      },
      {
        name: "15岁，无人抚养",
        facts: {
          household: { status: "none", incomePerHeadFen: 0, assetsWithinLimit: true },
          members: [{ ageYears: 15, work: "none", noSupporter: true }],
        },
        expect: "likely",
      },
      {
        name: "满16岁当天，能工作",
        facts: {
          household: { status: "none", incomePerHeadFen: 0, assetsWithinLimit: true },
          members: [{ ageYears: 16, work: "none", disabilityGrade: "none", noSupporter: true }],
        },
        expect: "not",
      },
      {
        name: "70岁，有子女赡养",
        facts: {
          household: { status: "none", incomePerHeadFen: 0, assetsWithinLimit: true },
          members: [{ ageYears: 70, noSupporter: false }],
        },
        expect: "not",
      },
      {
        name: "70岁，无人赡养，收入不详",
        facts: { household: { assetsWithinLimit: true }, members: [{ ageYears: 70, noSupporter: true }] },
        expect: "maybe",
      },
    ],
  },
  ZS001: {
    nameEn: "Extra minimum living allowance for people with special needs",
    situations: ["hardship", "old_age", "child", "disability", "illness", "study"],
    audiences: ["low_income", "older_person", "child", "student", "disabled_person", "ill"],
    papers: ["身份证", "户口簿"],
    rule: { all: [dibao, { any: [{ some: supplemented }, { fact: "singleParent", is: true }] }] },
    amount: {
      kind: "each_person",
      of: "dibao_standard_fen",
      percent: "classified_supplement_percent",
      who: supplemented,
      wholeFamily: { fact: "singleParent", is: true },
    },
    cases: [
      {
        name: "低保老人，60岁",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 60 }] },
        expect: "likely",
      },
      {
        name: "低保，59岁，没有其他情形",
        facts: {
          household: { status: "dibao", singleParent: false },
          members: [{ ageYears: 59, ...noReason }],
        },
        expect: "not",
      },
      {
        name: "低保家庭，孩子17岁",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 40 }, { ageYears: 17 }] },
        expect: "likely",
      },
      {
        name: "低保，18岁，没有其他情形",
        facts: {
          household: { status: "dibao", singleParent: false },
          members: [{ ageYears: 18, ...noReason }],
        },
        expect: "not",
      },
      {
        name: "低保单亲家庭",
        facts: {
          household: { status: "dibao", singleParent: true },
          members: [{ ageYears: 40, ...noReason }],
        },
        expect: "likely",
      },
      {
        name: "低保家庭，有大学生",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 20, study: "university" }] },
        expect: "likely",
      },
      {
        name: "低保，三级残疾，没有其他情形",
        facts: {
          household: { status: "dibao", singleParent: false },
          members: [{ ageYears: 40, ...noReason, disabilityGrade: "grade_3" }],
        },
        expect: "not",
      },
      {
        name: "低保边缘老人",
        facts: { household: { status: "dibao_margin" }, members: [{ ageYears: 70 }] },
        expect: "not",
      },
      { name: "70岁老人，认定情况不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  // Families recognised as 低保 or 特困 have more than this already.
  ZS002: {
    nameEn: "Recognition and help for families just above the minimum standard",
    situations: ["hardship", "illness", "study", "home"],
    audiences: ["low_income"],
    papers: aidPapers,
    howToApply: askTheTown,
    rule: {
      any: [
        { fact: "status", in: ["dibao_margin", "rigid_expense"] },
        {
          all: [
            { fact: "status", in: ["none"] },
            {
              any: [{ all: [incomeWithinMargin, assetsWithinLimit] }, { fact: "highMedicalCost", is: true }],
            },
          ],
        },
      ],
    },
    cases: [
      { name: "已认定低保边缘", facts: { household: { status: "dibao_margin" } }, expect: "likely" },
      {
        name: "已认定低保，收入低，医药费高",
        facts: {
          household: {
            status: "dibao",
            incomePerHeadFen: 50_000,
            assetsWithinLimit: true,
            highMedicalCost: true,
          },
        },
        expect: "not",
      },
      { name: "已认定特困", facts: { household: { status: "tekun" } }, expect: "not" },
      { name: "已认定刚性支出困难", facts: { household: { status: "rigid_expense" } }, expect: "likely" },
      {
        name: "没有认定，收入刚好到低保边缘线",
        facts: { household: { ...atMargin, highMedicalCost: false } },
        expect: "likely",
      },
      {
        name: "收入高出低保边缘线，没有大笔支出",
        facts: { household: { ...overMargin, highMedicalCost: false } },
        expect: "not",
      },
      {
        name: "收入高出低保边缘线，医药费负担不起",
        facts: { household: { ...overMargin, highMedicalCost: true } },
        expect: "likely",
      },
      {
        name: "收入在线内，财产超出规定",
        facts: { household: { ...atMargin, assetsWithinLimit: false, highMedicalCost: false } },
        expect: "not",
      },
      {
        name: "收入在线内，财产不详",
        facts: { household: { ...atMargin, assetsWithinLimit: null, highMedicalCost: false } },
        expect: "maybe",
      },
    ],
  },
};
