import type { SeedItem } from "../seedItem";
import { askInPerson, cannotCareForSelf, old, recognisedHardship } from "./parts";

/** Health (健康与医疗). */
export const HEALTH_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS045: {
    nameEn: "Charity grants for serious illness",
    situations: ["illness", "hardship"],
    audiences: ["ill", "low_income"],
    papers: ["身份证", "诊断证明", "医疗费收据"],
    rule: { all: [{ fact: "highMedicalCost", is: true }, { some: { fact: "seriousIllness", is: true } }] },
    cases: [
      {
        name: "大病，自付医药费负担不起",
        facts: { household: { highMedicalCost: true }, members: [{ seriousIllness: true }] },
        expect: "likely",
      },
      {
        name: "大病，医药费负担得起",
        facts: { household: { highMedicalCost: false }, members: [{ seriousIllness: true }] },
        expect: "not",
      },
      {
        name: "没有人得大病",
        facts: { household: { highMedicalCost: true }, members: [{ seriousIllness: false }] },
        expect: "not",
      },
      { name: "大病，自付多少不详", facts: { members: [{ seriousIllness: true }] }, expect: "maybe" },
    ],
  },
  // Older people fit; "people in hardship" beside them are not defined.
  SS046: {
    nameEn: "Free check-ups, also at home",
    situations: ["illness", "old_age", "hardship"],
    audiences: ["older_person", "low_income"],
    papers: ["身份证"],
    rule: { any: [{ some: old }, recognisedHardship, askInPerson] },
    cases: [
      {
        name: "满60岁当天",
        facts: { household: { status: "none" }, members: [{ ageYears: 60 }] },
        expect: "likely",
      },
      {
        name: "低保家庭，59岁",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 59 }] },
        expect: "likely",
      },
      {
        name: "没有认定，59岁：要问",
        facts: { household: { status: "none" }, members: [{ ageYears: 59 }] },
        expect: "maybe",
      },
    ],
  },
  // That somebody is recovering from an operation is no fact that is kept.
  SS047: {
    nameEn: "Nursing at home after an operation or in frailty",
    situations: ["illness", "old_age"],
    audiences: ["ill", "carer"],
    papers: ["身份证", "社保卡或医保电子凭证"],
    rule: { any: [{ some: cannotCareForSelf }, askInPerson] },
    cases: [
      { name: "失能", facts: { members: [{ careNeed: "full" }] }, expect: "likely" },
      { name: "能自理：要问，也许刚做过手术", facts: { members: [{ careNeed: "none" }] }, expect: "maybe" },
    ],
  },
  SS048: {
    nameEn: "Someone to talk to: helpline and counselling",
    situations: ["illness", "daily_life"],
    audiences: ["everyone"],
    howToApply: "心里难受时，可以打心理援助热线 12356。",
    rule: "everyone",
  },
  // Which illness somebody has is not kept, only that it is serious.
  SS049: {
    nameEn: "Patients helping patients: cancer, kidney and rare diseases",
    situations: ["illness"],
    audiences: ["ill", "carer"],
    rule: "ask",
  },
  SS050: {
    nameEn: "First aid courses",
    situations: ["illness", "daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  SS051: {
    nameEn: "Nappies, care pads and blood pressure meters",
    situations: ["illness", "old_age", "hardship"],
    audiences: ["ill", "carer", "low_income"],
    rule: {
      any: [
        {
          all: [
            recognisedHardship,
            { some: { any: [{ fact: "chronicIllness", is: true }, cannotCareForSelf] } },
          ],
        },
        askInPerson,
      ],
    },
    cases: [
      {
        name: "低保，有高血压",
        facts: { household: { status: "dibao" }, members: [{ chronicIllness: true }] },
        expect: "likely",
      },
      {
        name: "低保边缘，失能",
        facts: { household: { status: "dibao_margin" }, members: [{ careNeed: "full" }] },
        expect: "likely",
      },
      {
        name: "没有认定，有糖尿病：要问",
        facts: { household: { status: "none" }, members: [{ chronicIllness: true }] },
        expect: "maybe",
      },
    ],
  },
};
