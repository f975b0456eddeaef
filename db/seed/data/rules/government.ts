import type { SeedItem } from "./seedItem";

const dibao = { fact: "status", in: ["dibao"] };

/** What stands beside each entry of the government list: names, occasions of life, who it is for, and its rule with its case book. */
export const GOVERNMENT_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW048: {
    nameEn: "Health checks for older people",
    situations: ["old_age", "illness"],
    audiences: ["older_person"],
    papers: ["身份证"],
    rule: { some: { fact: "ageYears", compare: "at_least", to: 65 } },
    cases: [
      { name: "满65岁当天", facts: { members: [{ ageYears: 65 }] }, expect: "likely" },
      { name: "64岁", facts: { members: [{ ageYears: 64 }] }, expect: "not" },
      { name: "年龄不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  ZS001: {
    nameEn: "Extra minimum living allowance for people with special needs",
    situations: ["hardship", "old_age", "child", "disability", "illness", "study"],
    audiences: ["low_income"],
    papers: ["身份证", "户口簿"],
    rule: {
      all: [
        dibao,
        {
          any: [
            {
              some: {
                any: [
                  { fact: "ageYears", compare: "at_least", to: { parameter: "old_age_years" } },
                  { fact: "ageYears", compare: "under", to: 18 },
                  { fact: "study", in: ["kindergarten", "compulsory", "senior_high", "vocational", "university"] },
                  { fact: "disabilityGrade", in: ["grade_1", "grade_2"] },
                  { fact: "seriousIllness", is: true },
                ],
              },
            },
            { fact: "singleParent", is: true },
          ],
        },
      ],
    },
    amount: {
      kind: "each_person",
      of: "dibao_standard_fen",
      percent: "classified_supplement_percent",
      who: {
        any: [
          { fact: "ageYears", compare: "at_least", to: { parameter: "old_age_years" } },
          { fact: "ageYears", compare: "under", to: 18 },
          { fact: "study", in: ["kindergarten", "compulsory", "senior_high", "vocational", "university"] },
          { fact: "disabilityGrade", in: ["grade_1", "grade_2"] },
          { fact: "seriousIllness", is: true },
        ],
      },
    },
    cases: [
      { name: "低保老人，60岁", facts: { household: { status: "dibao" }, members: [{ ageYears: 60 }] }, expect: "likely" },
      {
        name: "低保，59岁，没有其他情形",
        facts: {
          household: { status: "dibao", singleParent: false },
          members: [{ ageYears: 59, study: "none", disabilityGrade: "none", seriousIllness: false }],
        },
        expect: "not",
      },
      { name: "低保边缘老人", facts: { household: { status: "dibao_margin" }, members: [{ ageYears: 70 }] }, expect: "not" },
    ],
  },
};
