import type { Rule } from "~/domain/rules/rule";
import type { SeedItem } from "../seedItem";
import { disabled, old } from "./parts";

const veteran = { some: { fact: "service", in: ["veteran", "both"] } } satisfies Rule;
const veteranCases = [
  {
    name: "家里有退役军人",
    facts: { members: [{ service: "none" }, { service: "veteran" }] },
    expect: "likely",
  },
  { name: "伤残军人，两样都是", facts: { members: [{ service: "both" }] }, expect: "likely" },
  { name: "没有人服过役", facts: { members: [{ service: "none" }] }, expect: "not" },
  { name: "是否服过役不详", facts: { members: [{}] }, expect: "maybe" },
] as const;

const culture = { situations: ["daily_life"], audiences: ["everyone"], rule: "everyone" } as const;
const justCome = "直接去就可以，有的场馆要先预约。";

/** Veterans (优军服务保障), culture and sports (文体服务保障). */
export const COMMUNITY_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW069: {
    nameEn: "Pensions and benefits for martyrs' families and disabled veterans",
    situations: ["service"],
    audiences: ["veteran"],
    papers: ["身份证", "优抚对象的证件"],
    howToApply: "向镇街的退役军人服务站询问。",
    rule: { some: { fact: "service", in: ["preferential", "both"] } },
    cases: [
      { name: "烈属", facts: { members: [{ service: "preferential" }] }, expect: "likely" },
      { name: "伤残军人，两样都是", facts: { members: [{ service: "both" }] }, expect: "likely" },
      { name: "没有人服过役，不是优抚对象", facts: { members: [{ service: "none" }] }, expect: "not" },
      { name: "是否优抚对象不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  GW070: {
    nameEn: "Settling in after military service",
    situations: ["service", "work"],
    audiences: ["veteran"],
    papers: ["身份证", "退出现役的证件"],
    rule: veteran,
    cases: veteranCases,
  },
  GW071: {
    nameEn: "Training and jobs for veterans",
    situations: ["service", "work"],
    audiences: ["veteran", "worker"],
    papers: ["身份证", "退出现役的证件"],
    howToApply: "向镇街的退役军人服务站询问。",
    rule: veteran,
    cases: veteranCases,
  },
  GW072: {
    nameEn: "Homes for veterans and martyrs' families who have nobody",
    situations: ["service", "old_age", "disability", "child"],
    audiences: ["veteran", "older_person"],
    papers: ["身份证", "优抚对象的证件"],
    howToApply: "向镇街的退役军人服务站询问。",
    rule: {
      some: {
        all: [
          { fact: "service", in: ["preferential", "both"] },
          { fact: "noSupporter", is: true },
          { any: [old, disabled, { fact: "ageYears", compare: "under", to: 16 }] },
        ],
      },
    },
    cases: [
      {
        name: "优抚对象，满60岁当天，无人赡养",
        facts: { members: [{ service: "preferential", noSupporter: true, ageYears: 60 }] },
        expect: "likely",
      },
      {
        name: "优抚对象，59岁，没有残疾",
        facts: {
          members: [
            {
              service: "preferential",
              noSupporter: true,
              ageYears: 59,
              disabilityGrade: "none",
              disabilityKind: "none",
            },
          ],
        },
        expect: "not",
      },
      {
        name: "优抚对象，40岁，四级残疾，无人照顾",
        facts: {
          members: [{ service: "preferential", noSupporter: true, ageYears: 40, disabilityGrade: "grade_4" }],
        },
        expect: "likely",
      },
      {
        name: "烈士子女，15岁，无人抚养",
        facts: { members: [{ service: "preferential", noSupporter: true, ageYears: 15 }] },
        expect: "likely",
      },
      {
        name: "烈士子女，满16岁当天，没有残疾",
        facts: {
          members: [
            {
              service: "preferential",
              noSupporter: true,
              ageYears: 16,
              disabilityGrade: "none",
              disabilityKind: "none",
            },
          ],
        },
        expect: "not",
      },
      {
        name: "优抚对象，70岁，有子女赡养",
        facts: { members: [{ service: "preferential", noSupporter: false, ageYears: 70 }] },
        expect: "not",
      },
      {
        name: "优抚对象，70岁，有没有人赡养不详",
        facts: { members: [{ service: "preferential", ageYears: 70 }] },
        expect: "maybe",
      },
    ],
  },
  GW073: {
    ...culture,
    nameEn: "Free libraries, cultural centres and museums",
    papers: ["身份证"],
    howToApply: justCome,
  },
  GW074: {
    nameEn: "Opera and shows in the villages",
    situations: ["daily_life"],
    audiences: ["everyone"],
    howToApply: "直接去看，演出时间问村（社区）。",
    rule: { fact: "rural", is: true },
    cases: [
      { name: "住在农村", facts: { household: { rural: true } }, expect: "likely" },
      { name: "住在城镇", facts: { household: { rural: false } }, expect: "not" },
      { name: "住在哪里不详", facts: {}, expect: "maybe" },
    ],
  },
  GW075: { ...culture, nameEn: "Public radio" },
  GW076: { ...culture, nameEn: "Public television" },
  GW077: {
    nameEn: "Free films for villages and schools",
    situations: ["daily_life", "study"],
    audiences: ["everyone", "student", "child"],
    howToApply: "直接去看，放映时间问村（社区）或学校。",
    rule: {
      any: [{ fact: "rural", is: true }, { some: { fact: "study", in: ["compulsory", "senior_high"] } }],
    },
    cases: [
      { name: "住在农村", facts: { household: { rural: true } }, expect: "likely" },
      {
        name: "住在城镇，孩子上小学",
        facts: { household: { rural: false }, members: [{ study: "compulsory" }] },
        expect: "likely",
      },
      {
        name: "住在城镇，没有中小学生",
        facts: { household: { rural: false }, members: [{ study: "none" }] },
        expect: "not",
      },
      { name: "没有中小学生，住在哪里不详", facts: { members: [{ study: "none" }] }, expect: "maybe" },
    ],
  },
  GW078: { ...culture, nameEn: "Reading rooms and village libraries", howToApply: justCome },
  // Which people somebody belongs to is no fact that is kept.
  GW079: {
    nameEn: "Programmes and books in minority languages",
    situations: ["daily_life"],
    audiences: ["everyone"],
    rule: "ask",
  },
  GW080: { ...culture, nameEn: "Public sports grounds, free or at low cost", howToApply: justCome },
  GW081: { ...culture, nameEn: "Fitness advice, fitness tests and local games" },
};
