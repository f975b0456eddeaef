import type { Rule } from "~/domain/rules/rule";
import type { SeedItem } from "../seedItem";
import {
  amongHardshipCases,
  askInPerson,
  disabled,
  disabledCases,
  inHardshipOrAsk,
  mentallyIll,
  severelyDisabled,
} from "./parts";

const disabledOnes = { some: disabled } satisfies Rule;

/**
 * Services for people with disabilities (残疾人服务). A certificate for several kinds (多重) may hold any of
 * them.
 */
export const DISABILITY_ITEMS: Readonly<Record<string, SeedItem>> = {
  // Working age: from 16 (Labour Law 15) until old age begins; the text names no years.
  SS036: {
    nameEn: "Day care and training in skills",
    situations: ["disability", "work"],
    audiences: ["disabled_person", "carer"],
    papers: ["身份证", "残疾证"],
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
        name: "满16岁当天，智力残疾四级",
        facts: { members: [{ ageYears: 16, disabilityKind: "intellectual", disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "15岁，智力残疾",
        facts: { members: [{ ageYears: 15, disabilityKind: "intellectual", disabilityGrade: "grade_2" }] },
        expect: "not",
      },
      {
        name: "59岁，精神残疾",
        facts: { members: [{ ageYears: 59, disabilityKind: "mental", disabilityGrade: "grade_3" }] },
        expect: "likely",
      },
      {
        name: "满60岁当天，精神残疾",
        facts: { members: [{ ageYears: 60, disabilityKind: "mental", disabilityGrade: "grade_3" }] },
        expect: "not",
      },
      {
        name: "30岁，肢体残疾二级",
        facts: { members: [{ ageYears: 30, disabilityKind: "physical", disabilityGrade: "grade_2" }] },
        expect: "likely",
      },
      {
        name: "30岁，肢体残疾三级",
        facts: { members: [{ ageYears: 30, disabilityKind: "physical", disabilityGrade: "grade_3" }] },
        expect: "not",
      },
      {
        name: "30岁，视力残疾一级",
        facts: { members: [{ ageYears: 30, disabilityKind: "sight", disabilityGrade: "grade_1" }] },
        expect: "not",
      },
      {
        name: "30岁，二级残疾，类别不详",
        facts: { members: [{ ageYears: 30, disabilityGrade: "grade_2" }] },
        expect: "maybe",
      },
    ],
  },
  SS037: {
    nameEn: "Community rehabilitation for people with mental illness",
    situations: ["disability", "illness"],
    audiences: ["ill", "disabled_person", "carer"],
    papers: ["身份证", "诊断证明或残疾证"],
    rule: { some: mentallyIll },
    cases: [
      { name: "有严重精神障碍，住在家里", facts: { members: [{ mentalIllness: true }] }, expect: "likely" },
      {
        name: "有精神残疾证",
        facts: { members: [{ mentalIllness: false, disabilityKind: "mental" }] },
        expect: "likely",
      },
      {
        name: "家里没有精神障碍患者",
        facts: { members: [{ mentalIllness: false, disabilityKind: "none" }] },
        expect: "not",
      },
      { name: "没有残疾证，病情不详", facts: { members: [{ disabilityKind: "none" }] }, expect: "maybe" },
    ],
  },
  // Who finds no job on the open market must be asked.
  SS038: {
    nameEn: "Simple supported jobs",
    situations: ["disability", "work"],
    audiences: ["disabled_person", "worker"],
    papers: ["身份证", "残疾证"],
    rule: { all: [disabledOnes, askInPerson] },
    cases: [
      { name: "四级残疾：要问", facts: { members: [{ disabilityGrade: "grade_4" }] }, expect: "maybe" },
      {
        name: "家里没有残疾人",
        facts: { members: [{ disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
    ],
  },
  // The text ends in "and others": whom else it means is not said, so that other disabled people must ask.
  SS039: {
    nameEn: "Training at home for a body that moves with difficulty",
    situations: ["disability"],
    audiences: ["disabled_person", "carer"],
    papers: ["残疾证"],
    rule: {
      any: [{ some: { fact: "disabilityKind", in: ["physical"] } }, { all: [disabledOnes, askInPerson] }],
    },
    cases: [
      { name: "肢体残疾", facts: { members: [{ disabilityKind: "physical" }] }, expect: "likely" },
      { name: "多重残疾：要问", facts: { members: [{ disabilityKind: "multiple" }] }, expect: "maybe" },
      {
        name: "家里没有残疾人",
        facts: { members: [{ disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "not",
      },
    ],
  },
  SS040: {
    nameEn: "Ramps, handrails and low kitchens at home",
    situations: ["disability", "home", "hardship"],
    audiences: ["disabled_person", "low_income"],
    papers: ["身份证", "残疾证"],
    rule: { all: [{ some: severelyDisabled }, inHardshipOrAsk] },
    cases: amongHardshipCases({ disabilityGrade: "grade_2" }, { disabilityGrade: "grade_3" }),
  },
  SS041: {
    nameEn: "Fitting, lending and repairing aids",
    situations: ["disability"],
    audiences: ["disabled_person"],
    papers: ["身份证", "残疾证"],
    rule: disabledOnes,
    cases: disabledCases,
  },
  SS042: {
    nameEn: "Sign language interpreters, and guides for the blind",
    situations: ["disability", "daily_life"],
    audiences: ["disabled_person"],
    rule: { some: { fact: "disabilityKind", in: ["sight", "hearing", "multiple"] } },
    cases: [
      { name: "听力残疾", facts: { members: [{ disabilityKind: "hearing" }] }, expect: "likely" },
      { name: "视力残疾", facts: { members: [{ disabilityKind: "sight" }] }, expect: "likely" },
      { name: "肢体残疾", facts: { members: [{ disabilityKind: "physical" }] }, expect: "not" },
      { name: "没有残疾", facts: { members: [{ disabilityKind: "none" }] }, expect: "not" },
      { name: "残疾类别不详", facts: { members: [{ disabilityGrade: "grade_2" }] }, expect: "maybe" },
    ],
  },
  SS043: {
    nameEn: "Self-help groups of disabled people's families",
    situations: ["disability"],
    audiences: ["carer"],
    rule: disabledOnes,
    cases: disabledCases,
  },
  SS044: {
    nameEn: "Sports, films and art for people with disabilities",
    situations: ["disability", "daily_life"],
    audiences: ["disabled_person"],
    rule: disabledOnes,
    cases: disabledCases,
  },
};
