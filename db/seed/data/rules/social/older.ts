import type { MemberRule, Rule } from "~/domain/rules/rule";
import type { SeedItem } from "../seedItem";
import {
  amongHardshipCases,
  askInPerson,
  cannotCareForSelf,
  disabled,
  inHardshipOrAsk,
  movesWithDifficulty,
  needsSomeCare,
  old,
  oldAndAlone,
  oldCases,
  townStation,
  veryOld,
} from "./parts";

const oldOnes = { some: old } satisfies Rule;
const notYetOld = {
  fact: "ageYears",
  compare: "under",
  to: { parameter: "old_age_years" },
} satisfies MemberRule;

/** Services for older people (养老服务). */
export const OLDER_ITEMS: Readonly<Record<string, SeedItem>> = {
  // An "empty nest" (空巢) is read as a household of older people only.
  SS011: {
    nameEn: "Regular visits to older people who live alone",
    situations: ["old_age"],
    audiences: ["older_person"],
    howToApply: townStation,
    rule: { any: [oldAndAlone, { some: veryOld }, { all: [oldOnes, { not: { some: notYetOld } }] }] },
    cases: [
      {
        name: "独居，满60岁当天",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 60 }] },
        expect: "likely",
      },
      {
        name: "独居，59岁",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 59 }] },
        expect: "not",
      },
      {
        name: "和子女同住，满80岁当天",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 80 }, { ageYears: 50 }] },
        expect: "likely",
      },
      {
        name: "和子女同住，79岁",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 79 }, { ageYears: 50 }] },
        expect: "not",
      },
      {
        name: "两位老人自己住",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 66 }, { ageYears: 64 }] },
        expect: "likely",
      },
      {
        name: "70岁，不知道和谁住",
        facts: { members: [{ ageYears: 70 }], membersComplete: false },
        expect: "maybe",
      },
    ],
  },
  SS012: {
    nameEn: "Canteen meals for older people, or brought home",
    situations: ["old_age", "daily_life"],
    audiences: ["older_person"],
    papers: ["身份证"],
    rule: oldOnes,
    cases: oldCases,
  },
  SS013: {
    nameEn: "Help with bathing at home",
    situations: ["old_age"],
    audiences: ["older_person", "carer"],
    rule: { some: { all: [old, needsSomeCare] } },
    cases: [
      {
        name: "满60岁当天，失能",
        facts: { members: [{ ageYears: 60, careNeed: "full" }] },
        expect: "likely",
      },
      { name: "75岁，半失能", facts: { members: [{ ageYears: 75, careNeed: "partial" }] }, expect: "likely" },
      { name: "59岁，失能", facts: { members: [{ ageYears: 59, careNeed: "full" }] }, expect: "not" },
      { name: "75岁，能自理", facts: { members: [{ ageYears: 75, careNeed: "none" }] }, expect: "not" },
      {
        name: "老人能自理，失能的是年轻人",
        facts: {
          members: [
            { ageYears: 75, careNeed: "none" },
            { ageYears: 30, careNeed: "full" },
          ],
        },
        expect: "not",
      },
      { name: "75岁，能否自理不详", facts: { members: [{ ageYears: 75 }] }, expect: "maybe" },
    ],
  },
  SS014: {
    nameEn: "Cleaning and laundry at home",
    situations: ["old_age", "daily_life"],
    audiences: ["older_person"],
    rule: { some: { any: [veryOld, { all: [old, cannotCareForSelf] }] } },
    cases: [
      {
        name: "满80岁当天，能自理",
        facts: { members: [{ ageYears: 80, careNeed: "none" }] },
        expect: "likely",
      },
      { name: "79岁，能自理", facts: { members: [{ ageYears: 79, careNeed: "none" }] }, expect: "not" },
      {
        name: "满60岁当天，失能",
        facts: { members: [{ ageYears: 60, careNeed: "full" }] },
        expect: "likely",
      },
      { name: "59岁，失能", facts: { members: [{ ageYears: 59, careNeed: "full" }] }, expect: "not" },
      { name: "70岁，能否自理不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  SS015: {
    nameEn: "Company to the hospital",
    situations: ["old_age", "illness"],
    audiences: ["older_person"],
    papers: ["身份证", "社保卡或医保电子凭证"],
    rule: { any: [oldAndAlone, { some: { all: [old, movesWithDifficulty] } }] },
    cases: [
      {
        name: "独居，满60岁当天",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 60 }] },
        expect: "likely",
      },
      {
        name: "独居，59岁",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 59, careNeed: "full" }] },
        expect: "not",
      },
      {
        name: "和子女同住，70岁，有些事要人帮",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 70, careNeed: "partial" }] },
        expect: "likely",
      },
      {
        name: "和子女同住，70岁，能自理",
        facts: {
          household: { livesAlone: false },
          members: [{ ageYears: 70, careNeed: "none", disabilityKind: "none" }],
        },
        expect: "not",
      },
      {
        name: "70岁，不知道是否独居",
        facts: { members: [{ ageYears: 70, careNeed: "none", disabilityKind: "none" }] },
        expect: "maybe",
      },
    ],
  },
  SS016: {
    nameEn: "Shopping, errands and company outdoors",
    situations: ["old_age", "daily_life"],
    audiences: ["older_person"],
    rule: { some: { all: [old, movesWithDifficulty] } },
    cases: [
      {
        name: "满60岁当天，有些事要人帮",
        facts: { members: [{ ageYears: 60, careNeed: "partial" }] },
        expect: "likely",
      },
      {
        name: "59岁，有些事要人帮",
        facts: { members: [{ ageYears: 59, careNeed: "partial" }] },
        expect: "not",
      },
      {
        name: "70岁，肢体残疾",
        facts: { members: [{ ageYears: 70, careNeed: "none", disabilityKind: "physical" }] },
        expect: "likely",
      },
      {
        name: "70岁，行动自如",
        facts: { members: [{ ageYears: 70, careNeed: "none", disabilityKind: "none" }] },
        expect: "not",
      },
      {
        name: "70岁，能否自理不详",
        facts: { members: [{ ageYears: 70, disabilityKind: "none" }] },
        expect: "maybe",
      },
    ],
  },
  SS017: {
    nameEn: "Handrails, non-slip floors and night lights at home",
    situations: ["old_age", "home", "hardship"],
    audiences: ["older_person", "low_income"],
    rule: { all: [oldOnes, inHardshipOrAsk] },
    cases: [...amongHardshipCases({ ageYears: 60 }, { ageYears: 59 })],
  },
  SS018: {
    nameEn: "Emergency call button",
    situations: ["old_age"],
    audiences: ["older_person"],
    papers: ["身份证"],
    rule: { any: [oldAndAlone, { some: veryOld }] },
    cases: [
      {
        name: "独居，满60岁当天",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 60 }] },
        expect: "likely",
      },
      {
        name: "独居，59岁",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 59 }] },
        expect: "not",
      },
      {
        name: "和子女同住，满80岁当天",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 80 }] },
        expect: "likely",
      },
      {
        name: "和子女同住，79岁",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 79 }] },
        expect: "not",
      },
      { name: "70岁，不知道是否独居", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  SS019: {
    nameEn: "A break for those who care for a frail older person",
    situations: ["old_age"],
    audiences: ["carer", "older_person"],
    rule: { some: { all: [old, cannotCareForSelf] } },
    cases: [
      {
        name: "满60岁当天，失能",
        facts: { members: [{ ageYears: 60, careNeed: "full" }] },
        expect: "likely",
      },
      { name: "59岁，失能", facts: { members: [{ ageYears: 59, careNeed: "full" }] }, expect: "not" },
      { name: "75岁，半失能", facts: { members: [{ ageYears: 75, careNeed: "partial" }] }, expect: "not" },
      { name: "75岁，能否自理不详", facts: { members: [{ ageYears: 75 }] }, expect: "maybe" },
    ],
  },
  SS020: {
    nameEn: "Early check for dementia, and support for the family",
    situations: ["old_age", "illness"],
    audiences: ["older_person", "carer"],
    rule: oldOnes,
    cases: oldCases,
  },
  SS021: {
    nameEn: "Smartphone lessons for older people",
    situations: ["old_age", "daily_life"],
    audiences: ["older_person"],
    papers: ["自己的手机"],
    rule: oldOnes,
    cases: oldCases,
  },
  SS022: {
    nameEn: "Hobby groups and company for older people",
    situations: ["old_age", "daily_life"],
    audiences: ["older_person"],
    rule: oldOnes,
    cases: oldCases,
  },
  // That somebody is recovering from an operation is no fact that is kept: who is neither frail nor old and
  // disabled must ask.
  SS023: {
    nameEn: "Wheelchairs, walking aids and care beds to borrow",
    situations: ["old_age", "disability", "illness"],
    audiences: ["older_person", "disabled_person", "ill"],
    papers: ["身份证"],
    rule: { any: [{ some: { any: [cannotCareForSelf, { all: [old, disabled] }] } }, askInPerson] },
    cases: [
      { name: "失能", facts: { members: [{ ageYears: 50, careNeed: "full" }] }, expect: "likely" },
      {
        name: "满60岁当天，四级残疾",
        facts: { members: [{ ageYears: 60, careNeed: "none", disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "59岁，四级残疾，能自理：要问",
        facts: { members: [{ ageYears: 59, careNeed: "none", disabilityGrade: "grade_4" }] },
        expect: "maybe",
      },
    ],
  },
  // Nobody is asked whether they are dying.
  SS024: {
    nameEn: "Company at the end of life and in grief",
    situations: ["illness", "old_age"],
    audiences: ["ill", "carer"],
    rule: "ask",
  },
};
