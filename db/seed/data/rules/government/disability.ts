import type { SeedItem } from "../seedItem";
import {
  disabled,
  lookingForWork,
  minor,
  old,
  recognisedHardship,
  severelyDisabled,
  wantsBusiness,
} from "./parts";

/** Help for disabled people (扶残助残服务). */
export const DISABILITY_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW061: {
    nameEn: "Living allowance and care allowance for disabled people",
    situations: ["disability", "hardship"],
    audiences: ["disabled_person", "low_income"],
    papers: ["身份证", "残疾证"],
    howToApply: "向户籍所在的镇街申请；人在外地的，可以在当地镇街的窗口办。",
    rule: { any: [{ some: severelyDisabled }, { all: [recognisedHardship, { some: disabled }] }] },
    cases: [
      { name: "二级残疾", facts: { members: [{ disabilityGrade: "grade_2" }] }, expect: "likely" },
      {
        name: "低保家庭，四级残疾",
        facts: { household: { status: "dibao" }, members: [{ disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "低保家庭，肢体残疾，等级不详",
        facts: { household: { status: "dibao" }, members: [{ disabilityKind: "physical" }] },
        expect: "likely",
      },
      {
        name: "没有认定，肢体残疾，等级不详",
        facts: { household: { status: "none" }, members: [{ disabilityKind: "physical" }] },
        expect: "maybe",
      },
      {
        name: "没有认定，三级残疾",
        facts: { household: { status: "none" }, members: [{ disabilityGrade: "grade_3" }] },
        expect: "not",
      },
      {
        name: "低保家庭，没有残疾人",
        facts: {
          household: { status: "dibao" },
          members: [{ disabilityGrade: "none", disabilityKind: "none" }],
        },
        expect: "not",
      },
      {
        name: "三级残疾，认定情况不详",
        facts: { members: [{ disabilityGrade: "grade_3" }] },
        expect: "maybe",
      },
    ],
  },
  GW062: {
    nameEn: "Minimum living allowance for severely disabled adults without work",
    situations: ["disability", "hardship"],
    audiences: ["disabled_person", "low_income"],
    papers: ["身份证", "残疾证", "签名的承诺书（窗口提供）"],
    howToApply: "到镇街的社会救助窗口申请；自己去有困难的，可以请村（社区）帮忙提出。",
    rule: {
      some: {
        all: [
          { fact: "ageYears", compare: "at_least", to: 18 },
          severelyDisabled,
          { fact: "work", in: ["looking", "unable", "none"] },
        ],
      },
    },
    cases: [
      {
        name: "满18岁当天，一级残疾，没有能力工作",
        facts: { members: [{ ageYears: 18, disabilityGrade: "grade_1", work: "unable" }] },
        expect: "likely",
      },
      {
        name: "17岁，一级残疾",
        facts: { members: [{ ageYears: 17, disabilityGrade: "grade_1", work: "none" }] },
        expect: "not",
      },
      {
        name: "30岁，三级残疾，没有工作",
        facts: { members: [{ ageYears: 30, disabilityGrade: "grade_3", work: "none" }] },
        expect: "not",
      },
      {
        name: "30岁，二级残疾，在工作",
        facts: { members: [{ ageYears: 30, disabilityGrade: "grade_2", work: "working" }] },
        expect: "not",
      },
      {
        name: "30岁，二级残疾，工作情况不详",
        facts: { members: [{ ageYears: 30, disabilityGrade: "grade_2" }] },
        expect: "maybe",
      },
    ],
  },
  // Of working age: from 16, below which nobody may be employed, until old age.
  GW063: {
    nameEn: "Day care and residential care for disabled people of working age",
    situations: ["disability"],
    audiences: ["disabled_person", "carer"],
    papers: ["身份证", "残疾证"],
    howToApply: "向镇街的残联申请。",
    rule: {
      some: {
        all: [
          { fact: "ageYears", compare: "at_least", to: 16 },
          { fact: "ageYears", compare: "under", to: { parameter: "old_age_years" } },
          {
            any: [
              { fact: "disabilityKind", in: ["intellectual", "mental", "multiple"] },
              { all: [{ fact: "disabilityKind", in: ["physical"] }, severelyDisabled] },
            ],
          },
        ],
      },
    },
    cases: [
      {
        name: "满16岁当天，智力残疾",
        facts: { members: [{ ageYears: 16, disabilityKind: "intellectual", disabilityGrade: "grade_3" }] },
        expect: "likely",
      },
      {
        name: "15岁，智力残疾",
        facts: { members: [{ ageYears: 15, disabilityKind: "intellectual" }] },
        expect: "not",
      },
      {
        name: "59岁，肢体二级残疾",
        facts: { members: [{ ageYears: 59, disabilityKind: "physical", disabilityGrade: "grade_2" }] },
        expect: "likely",
      },
      {
        name: "满60岁当天，精神残疾",
        facts: { members: [{ ageYears: 60, disabilityKind: "mental" }] },
        expect: "not",
      },
      {
        name: "30岁，肢体三级残疾",
        facts: { members: [{ ageYears: 30, disabilityKind: "physical", disabilityGrade: "grade_3" }] },
        expect: "not",
      },
      {
        name: "30岁，视力一级残疾",
        facts: { members: [{ ageYears: 30, disabilityKind: "sight", disabilityGrade: "grade_1" }] },
        expect: "not",
      },
      {
        name: "30岁，肢体残疾，等级不详",
        facts: { members: [{ ageYears: 30, disabilityKind: "physical" }] },
        expect: "maybe",
      },
    ],
  },
  GW064: {
    nameEn: "Rehabilitation and aids for disabled people",
    situations: ["disability"],
    audiences: ["disabled_person", "child"],
    papers: ["身份证或户口簿", "残疾证"],
    howToApply: "向镇街的残联申请；残疾儿童由监护人申请。",
    rule: { some: disabled },
    cases: [
      { name: "四级残疾", facts: { members: [{ disabilityGrade: "grade_4" }] }, expect: "likely" },
      {
        name: "残疾儿童",
        facts: { members: [{ ageYears: 3, disabilityGrade: "grade_1" }] },
        expect: "likely",
      },
      { name: "肢体残疾，等级不详", facts: { members: [{ disabilityKind: "physical" }] }, expect: "likely" },
      {
        name: "家里没有残疾人",
        facts: { members: [{ disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
      { name: "是否残疾不详", facts: { members: [{ ageYears: 3 }] }, expect: "maybe" },
    ],
  },
  GW065: {
    nameEn: "Schooling for disabled children and young people",
    situations: ["disability", "study", "child"],
    audiences: ["disabled_person", "child", "student"],
    papers: ["户口簿", "残疾证"],
    rule: {
      some: {
        all: [
          disabled,
          {
            any: [minor, { fact: "study", in: ["kindergarten", "compulsory", "senior_high", "vocational"] }],
          },
        ],
      },
    },
    cases: [
      {
        name: "17岁，三级残疾",
        facts: { members: [{ ageYears: 17, disabilityGrade: "grade_3", study: "none" }] },
        expect: "likely",
      },
      {
        name: "满18岁，三级残疾，在读高中",
        facts: { members: [{ ageYears: 18, disabilityGrade: "grade_3", study: "senior_high" }] },
        expect: "likely",
      },
      {
        name: "满18岁当天，三级残疾，不在读",
        facts: { members: [{ ageYears: 18, disabilityGrade: "grade_3", study: "none" }] },
        expect: "not",
      },
      {
        name: "10岁，智力残疾，等级不详",
        facts: { members: [{ ageYears: 10, disabilityKind: "intellectual" }] },
        expect: "likely",
      },
      {
        name: "10岁，没有残疾",
        facts: { members: [{ ageYears: 10, disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
      { name: "10岁，是否残疾不详", facts: { members: [{ ageYears: 10 }] }, expect: "maybe" },
    ],
  },
  GW066: {
    nameEn: "Job training and placement for disabled people",
    situations: ["disability", "work"],
    audiences: ["disabled_person", "worker"],
    papers: ["身份证", "残疾证"],
    howToApply: "向镇街的残联提出。",
    rule: { some: { all: [disabled, { any: [lookingForWork, wantsBusiness] }] } },
    cases: [
      {
        name: "四级残疾，想找工作",
        facts: { members: [{ disabilityGrade: "grade_4", work: "looking" }] },
        expect: "likely",
      },
      {
        name: "四级残疾，有工作，想自己创业",
        facts: { members: [{ disabilityGrade: "grade_4", work: "working", wantsBusiness: true }] },
        expect: "likely",
      },
      {
        name: "四级残疾，已有工作，不想创业",
        facts: { members: [{ disabilityGrade: "grade_4", work: "working", wantsBusiness: false }] },
        expect: "not",
      },
      {
        name: "想找工作的不是残疾人",
        facts: {
          members: [
            { disabilityGrade: "none", disabilityKind: "none", work: "looking" },
            { disabilityGrade: "grade_1", work: "unable", wantsBusiness: false },
          ],
        },
        expect: "not",
      },
      {
        name: "四级残疾，工作情况不详",
        facts: { members: [{ disabilityGrade: "grade_4" }] },
        expect: "maybe",
      },
    ],
  },
  GW067: {
    nameEn: "Culture and sports for disabled people",
    situations: ["disability", "daily_life"],
    audiences: ["disabled_person"],
    papers: ["残疾证"],
    rule: { some: disabled },
    cases: [
      { name: "四级残疾", facts: { members: [{ disabilityGrade: "grade_4" }] }, expect: "likely" },
      { name: "视力残疾，等级不详", facts: { members: [{ disabilityKind: "sight" }] }, expect: "likely" },
      {
        name: "家里没有残疾人",
        facts: { members: [{ disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
      { name: "是否残疾不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  GW068: {
    nameEn: "Homes and public places without barriers",
    situations: ["disability", "old_age", "home"],
    audiences: ["disabled_person", "older_person"],
    papers: ["身份证", "残疾证（有的话）"],
    howToApply: "家里要改造的，先问镇街的残联。",
    rule: { some: { any: [disabled, old] } },
    cases: [
      {
        name: "30岁，四级残疾",
        facts: { members: [{ ageYears: 30, disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "满60岁当天，没有残疾",
        facts: { members: [{ ageYears: 60, disabilityGrade: "none" }] },
        expect: "likely",
      },
      {
        name: "59岁，没有残疾",
        facts: { members: [{ ageYears: 59, disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
      { name: "59岁，是否残疾不详", facts: { members: [{ ageYears: 59 }] }, expect: "maybe" },
    ],
  },
};
