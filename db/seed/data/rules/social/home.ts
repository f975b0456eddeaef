import type { SeedItem } from "../seedItem";
import {
  askInPerson,
  cannotCareForSelf,
  inHardshipOrAsk,
  inHardshipOrAskCases,
  mentallyIll,
  recognisedHardship,
} from "./parts";

/** A better home (居住改善). */
export const HOME_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS062: {
    nameEn: "Safety checks of wiring, gas and water pipes",
    situations: ["home", "hardship"],
    audiences: ["low_income", "older_person"],
    rule: { any: [recognisedHardship, { fact: "livesAlone", is: true }, askInPerson] },
    cases: [
      { name: "低保家庭", facts: { household: { status: "dibao", livesAlone: false } }, expect: "likely" },
      {
        name: "独居，没有认定",
        facts: { household: { status: "none", livesAlone: true } },
        expect: "likely",
      },
      {
        name: "没有认定，和家人同住：要问",
        facts: { household: { status: "none", livesAlone: false } },
        expect: "maybe",
      },
    ],
  },
  SS063: {
    nameEn: "Household appliances repaired or renewed",
    situations: ["home", "hardship"],
    audiences: ["low_income"],
    rule: inHardshipOrAsk,
    cases: inHardshipOrAskCases,
  },
  SS064: {
    nameEn: "Thorough cleaning and disinfecting of a home",
    situations: ["home", "old_age", "disability", "illness"],
    audiences: ["older_person", "disabled_person", "ill", "carer"],
    rule: {
      any: [{ fact: "livesAlone", is: true }, { some: { any: [cannotCareForSelf, ...mentallyIll.any] } }],
    },
    cases: [
      {
        name: "独居",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 50 }] },
        expect: "likely",
      },
      {
        name: "家里有失能的人",
        facts: { household: { livesAlone: false }, members: [{}, { careNeed: "full" }] },
        expect: "likely",
      },
      {
        name: "家里有严重精神障碍患者",
        facts: { household: { livesAlone: false }, members: [{ mentalIllness: true }] },
        expect: "likely",
      },
      {
        name: "一家人同住，都能自理，没有精神障碍",
        facts: {
          household: { livesAlone: false },
          members: [{ careNeed: "none", mentalIllness: false, disabilityKind: "none" }],
        },
        expect: "not",
      },
      {
        name: "都能自理，不知道是否独居",
        facts: { members: [{ careNeed: "none", mentalIllness: false, disabilityKind: "none" }] },
        expect: "maybe",
      },
    ],
  },
  // Low-lying ground is no fact that is kept, and in a storm nobody should read "not".
  SS065: {
    nameEn: "Help to reach safety before typhoons and floods",
    situations: ["home", "hardship"],
    audiences: ["low_income", "everyone"],
    howToApply: "遇到危险打 110 或 119；接到转移通知，请马上跟工作人员走。",
    rule: { any: [{ all: [recognisedHardship, { fact: "homeUnsafe", is: true }] }, askInPerson] },
    cases: [
      {
        name: "低保家庭，房子不安全",
        facts: { household: { status: "dibao", homeUnsafe: true } },
        expect: "likely",
      },
      {
        name: "低保家庭，房子安全：要问，也许在低洼的地方",
        facts: { household: { status: "dibao", homeUnsafe: false } },
        expect: "maybe",
      },
    ],
  },
  SS066: {
    nameEn: "Solar lamps for remote homes",
    situations: ["home", "hardship"],
    audiences: ["low_income"],
    rule: "ask",
  },
};
