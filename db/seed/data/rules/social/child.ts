import type { SeedItem } from "../seedItem";
import {
  amongHardshipCases,
  childInHardship,
  childInHardshipCases,
  childInHardshipOrLeftBehind,
  childInHardshipOrLeftBehindCases,
  disabled,
  inHardshipOrAsk,
  minor,
  minorCases,
  pupil,
} from "./parts";

/** Care of children (儿童关爱). */
export const CHILD_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS025: {
    nameEn: "Regular visits to children in hardship, advice for their carers",
    situations: ["child", "hardship"],
    audiences: ["child"],
    howToApply: "打电话或者到镇街社工站（双百社工）说一声，也可以找村（社区）的儿童主任。",
    rule: childInHardshipOrLeftBehind,
    cases: childInHardshipOrLeftBehindCases,
  },
  // Whether both parents work is no fact that is kept.
  SS026: {
    nameEn: "After-school and holiday care",
    situations: ["child", "study"],
    audiences: ["child", "student"],
    rule: { all: [{ some: { fact: "study", in: ["compulsory"] } }, inHardshipOrAsk] },
    cases: amongHardshipCases({ study: "compulsory" }, { study: "none" }),
  },
  SS027: {
    nameEn: "One-to-one help with schoolwork",
    situations: ["child", "study", "hardship"],
    audiences: ["child", "student", "low_income"],
    rule: { any: [...childInHardship.any, { all: [{ fact: "status", in: ["dibao"] }, { some: pupil }] }] },
    cases: [
      ...childInHardshipCases,
      {
        name: "低保家庭，满18岁，上高中",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 18, study: "senior_high" }] },
        expect: "likely",
      },
      {
        name: "低保家庭，满18岁，不在读",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 18, study: "none" }] },
        expect: "not",
      },
      {
        name: "低保边缘家庭，满18岁，上高中",
        facts: { household: { status: "dibao_margin" }, members: [{ ageYears: 18, study: "senior_high" }] },
        expect: "not",
      },
    ],
  },
  SS028: {
    nameEn: "Micro-wishes of children in hardship",
    situations: ["child", "hardship"],
    audiences: ["child"],
    howToApply: "告诉社工或村（社区）的儿童主任，由他们登记心愿。",
    rule: childInHardship,
    cases: childInHardshipCases,
  },
  SS029: {
    nameEn: "A place to read and play for the neighbourhood's children",
    situations: ["child", "daily_life"],
    audiences: ["child"],
    rule: { some: minor },
    cases: minorCases,
  },
  // Nobody is screened for their feelings.
  SS030: {
    nameEn: "Counselling for young people",
    situations: ["child", "illness"],
    audiences: ["child", "student"],
    howToApply: "想找人说说时，也可以打心理援助热线 12356。",
    rule: "ask",
  },
  SS031: {
    nameEn: "Safety lessons: protection from abuse",
    situations: ["child", "law"],
    audiences: ["child"],
    rule: { some: minor },
    cases: minorCases,
  },
  SS032: {
    nameEn: "A grown-up mentor for children without parents' care",
    situations: ["child"],
    audiences: ["child"],
    rule: { some: { all: [minor, { fact: "childSituation", in: ["orphan", "unsupported"] }] } },
    cases: [
      {
        name: "孤儿，17岁",
        facts: { members: [{ ageYears: 17, childSituation: "orphan" }] },
        expect: "likely",
      },
      {
        name: "孤儿，满18岁当天",
        facts: { members: [{ ageYears: 18, childSituation: "orphan" }] },
        expect: "not",
      },
      {
        name: "事实无人抚养儿童",
        facts: { members: [{ ageYears: 9, childSituation: "unsupported" }] },
        expect: "likely",
      },
      {
        name: "困境儿童，有父母照顾",
        facts: { members: [{ ageYears: 9, childSituation: "in_hardship" }] },
        expect: "not",
      },
      { name: "9岁，情况不详", facts: { members: [{ ageYears: 9 }] }, expect: "maybe" },
    ],
  },
  SS033: {
    nameEn: "A desk and a corner to study in a crowded home",
    situations: ["child", "study", "home"],
    audiences: ["child", "low_income"],
    rule: { all: [{ some: minor }, { fact: "homeShort", is: true }, inHardshipOrAsk] },
    cases: [
      {
        name: "低保家庭，孩子17岁，住得很挤",
        facts: { household: { status: "dibao", homeShort: true }, members: [{ ageYears: 17 }] },
        expect: "likely",
      },
      {
        name: "没有认定，住得很挤：要问",
        facts: { household: { status: "none", homeShort: true }, members: [{ ageYears: 9 }] },
        expect: "maybe",
      },
      {
        name: "低保家庭，住得不挤",
        facts: { household: { status: "dibao", homeShort: false }, members: [{ ageYears: 9 }] },
        expect: "not",
      },
      {
        name: "低保家庭，住得很挤，最小的满18岁当天",
        facts: { household: { status: "dibao", homeShort: true }, members: [{ ageYears: 18 }] },
        expect: "not",
      },
    ],
  },
  SS034: {
    nameEn: "Summer camps and study trips",
    situations: ["child"],
    audiences: ["child"],
    rule: childInHardshipOrLeftBehind,
    cases: childInHardshipOrLeftBehindCases,
  },
  // Autism counts as a mental disability (GB/T 26341); it may be known before there is a certificate.
  SS035: {
    nameEn: "Support for families of disabled or autistic children",
    situations: ["child", "disability"],
    audiences: ["child", "disabled_person", "carer"],
    rule: {
      some: {
        all: [minor, disabled],
      },
    },
    cases: [
      {
        name: "17岁，四级残疾",
        facts: { members: [{ ageYears: 17, disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "满18岁当天，四级残疾",
        facts: { members: [{ ageYears: 18, disabilityGrade: "grade_4" }] },
        expect: "not",
      },
      {
        name: "自闭症，还没有残疾证",
        facts: { members: [{ ageYears: 4, disabilityGrade: "none", disabilityKind: "mental" }] },
        expect: "likely",
      },
      {
        name: "孩子没有残疾",
        facts: { members: [{ ageYears: 9, disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
      {
        name: "残疾的是大人",
        facts: {
          members: [
            { ageYears: 40, disabilityGrade: "grade_1", disabilityKind: "physical" },
            { ageYears: 9, disabilityGrade: "none", disabilityKind: "none" },
          ],
        },
        expect: "not",
      },
      {
        name: "没有残疾证，不知道有没有残疾",
        facts: { members: [{ ageYears: 4, disabilityGrade: "none" }] },
        expect: "maybe",
      },
    ],
  },
};
