import type { SeedItem } from "../seedItem";
import {
  atMargin,
  atWorkCases,
  cannotCareForSelf,
  employeeCases,
  familyInHardship,
  insuredAsEmployee,
  insuredAtWork,
  old,
  overMargin,
  veryOld,
} from "./parts";

/** Social insurance, and the allowances of old age. */
export const INSURANCE_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW005: {
    nameEn: "Maternity insurance",
    situations: ["pregnancy", "work"],
    audiences: ["worker", "woman"],
    papers: ["身份证或社保卡"],
    howToApply: "单位给职工参保后就可以享受，不用另外参保。",
    rule: insuredAtWork,
    cases: atWorkCases,
  },
  GW044: {
    nameEn: "Health insurance for employees",
    situations: ["illness", "work"],
    audiences: ["worker"],
    papers: ["社保卡或医保电子凭证"],
    howToApply: "看病时出示社保卡或医保电子凭证。",
    rule: insuredAsEmployee,
    cases: employeeCases,
  },
  GW045: {
    nameEn: "Health insurance for residents",
    situations: ["illness", "hardship"],
    audiences: ["everyone"],
    papers: ["身份证或户口簿"],
    howToApply: "每年在集中缴费的时候参保，看病时出示社保卡或医保电子凭证。",
    rule: { some: { fact: "insurance", in: ["resident", "none"] } },
    cases: [
      { name: "参加居民保险", facts: { members: [{ insurance: "resident" }] }, expect: "likely" },
      {
        name: "父亲有职工保险，孩子没有参保",
        facts: { members: [{ insurance: "employee" }, { insurance: "none" }] },
        expect: "likely",
      },
      {
        name: "全家参加职工保险",
        facts: { members: [{ insurance: "employee" }, { insurance: "employee" }] },
        expect: "not",
      },
      { name: "不知道参加哪种保险", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  GW049: {
    nameEn: "Allowances for very old, frail or poor older people",
    situations: ["old_age", "hardship"],
    audiences: ["older_person", "low_income"],
    papers: ["身份证", "户口簿"],
    howToApply: "向镇街的民政窗口申请，自己去有困难的，可以请村（社区）帮忙。",
    rule: {
      any: [
        { some: veryOld },
        { some: { all: [old, cannotCareForSelf] } },
        { all: [{ some: old }, familyInHardship] },
      ],
    },
    cases: [
      { name: "满80岁当天", facts: { members: [{ ageYears: 80 }] }, expect: "likely" },
      {
        name: "79岁，能自理，家里不困难",
        facts: { household: overMargin, members: [{ ageYears: 79, careNeed: "none" }] },
        expect: "not",
      },
      {
        name: "满60岁当天，失能",
        facts: { members: [{ ageYears: 60, careNeed: "full" }] },
        expect: "likely",
      },
      {
        name: "59岁，失能，低保",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 59, careNeed: "full" }] },
        expect: "not",
      },
      {
        name: "70岁，收入刚好到低保边缘线",
        facts: { household: atMargin, members: [{ ageYears: 70, careNeed: "none" }] },
        expect: "likely",
      },
      { name: "70岁，其他情况不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  // Those who draw an employee's pension say that they are retired; who is insured as a resident has the
  // other pension (GW051).
  GW050: {
    nameEn: "Pension for employees",
    situations: ["old_age", "work"],
    audiences: ["worker", "older_person"],
    papers: ["身份证", "社保卡"],
    rule: {
      some: {
        any: [
          { fact: "insurance", in: ["employee"] },
          { all: [{ fact: "work", in: ["retired"] }, { not: { fact: "insurance", in: ["resident"] } }] },
        ],
      },
    },
    cases: [
      {
        name: "参加职工保险",
        facts: { members: [{ insurance: "employee", work: "working" }] },
        expect: "likely",
      },
      {
        name: "已经退休，退休前参加职工保险",
        facts: { members: [{ work: "retired", insurance: "employee" }] },
        expect: "likely",
      },
      {
        name: "已经退休，不再交保险",
        facts: { members: [{ work: "retired", insurance: "none" }] },
        expect: "likely",
      },
      {
        name: "已经退休，参加的是居民保险",
        facts: { members: [{ work: "retired", insurance: "resident" }] },
        expect: "not",
      },
      { name: "已经退休，保险不详", facts: { members: [{ work: "retired" }] }, expect: "maybe" },
      {
        name: "居民保险，没有退休",
        facts: { members: [{ insurance: "resident", work: "none" }] },
        expect: "not",
      },
      { name: "没有退休，保险不详", facts: { members: [{ work: "none" }] }, expect: "maybe" },
    ],
  },
  GW051: {
    nameEn: "Pension for residents from 60",
    situations: ["old_age"],
    audiences: ["older_person"],
    papers: ["身份证", "户口簿"],
    howToApply: "快满60周岁时，到镇街的社保窗口办理领取手续。",
    rule: {
      some: {
        all: [
          { fact: "ageYears", compare: "at_least", to: 60 },
          { fact: "insurance", in: ["resident"] },
        ],
      },
    },
    cases: [
      {
        name: "满60岁当天，居民保险",
        facts: { members: [{ ageYears: 60, insurance: "resident" }] },
        expect: "likely",
      },
      {
        name: "59岁，居民保险",
        facts: { members: [{ ageYears: 59, insurance: "resident" }] },
        expect: "not",
      },
      {
        name: "70岁，职工保险",
        facts: { members: [{ ageYears: 70, insurance: "employee" }] },
        expect: "not",
      },
      { name: "70岁，保险不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
};
