import type { SeedItem } from "../seedItem";
import { disabled, oldAndAlone } from "./parts";

/** Neighbours (社区互助), and groups of their own (特定群体). */
export const COMMUNITY_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS075: {
    nameEn: "A neighbour who looks in every week",
    situations: ["old_age", "disability", "daily_life"],
    audiences: ["older_person", "disabled_person"],
    rule: { any: [oldAndAlone, { some: disabled }] },
    cases: [
      {
        name: "独居，满60岁当天",
        facts: {
          household: { livesAlone: true },
          members: [{ ageYears: 60, disabilityGrade: "none", disabilityKind: "none" }],
        },
        expect: "likely",
      },
      {
        name: "独居，59岁，没有残疾",
        facts: {
          household: { livesAlone: true },
          members: [{ ageYears: 59, disabilityGrade: "none", disabilityKind: "none" }],
        },
        expect: "not",
      },
      {
        name: "和家人同住，四级残疾",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 40, disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "和子女同住，70岁，没有残疾",
        facts: {
          household: { livesAlone: false },
          members: [{ ageYears: 70, disabilityGrade: "none", disabilityKind: "none" }],
        },
        expect: "not",
      },
      {
        name: "70岁，不知道是否独居",
        facts: { members: [{ ageYears: 70, disabilityGrade: "none", disabilityKind: "none" }] },
        expect: "maybe",
      },
    ],
  },
  SS076: {
    nameEn: "Used things passed on",
    situations: ["daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  SS077: {
    nameEn: "Small grants for neighbours' own ideas",
    situations: ["daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  SS078: {
    nameEn: "Time bank: help now, be helped later",
    situations: ["daily_life", "old_age"],
    audiences: ["older_person", "everyone"],
    rule: "ask",
  },
  SS079: {
    nameEn: "Free haircuts and repairs",
    situations: ["daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  SS080: {
    nameEn: "Food, clothes and shelter for people on the street",
    situations: ["hardship", "home"],
    audiences: ["low_income"],
    howToApply: "自己需要或者看到有人需要，可以打 110，或到救助管理站。",
    rule: "ask",
  },
  // The entry's title counts veterans among those entitled.
  SS081: {
    nameEn: "Visits and support for veterans and martyrs' families",
    situations: ["service"],
    audiences: ["veteran"],
    papers: ["优待证或退役军人证件（有的话）"],
    howToApply: "可以到所在镇街、村（社区）的退役军人服务站问。",
    rule: { some: { fact: "service", in: ["veteran", "preferential", "both"] } },
    cases: [
      { name: "退役军人", facts: { members: [{ service: "veteran" }] }, expect: "likely" },
      {
        name: "烈属",
        facts: { members: [{ service: "none" }, { service: "preferential" }] },
        expect: "likely",
      },
      { name: "没有服过役，不是优抚对象", facts: { members: [{ service: "none" }] }, expect: "not" },
      { name: "情况不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  // Nobody is screened for convictions or drugs.
  SS082: {
    nameEn: "Support on the way back after a sentence or drugs",
    situations: ["law", "work"],
    audiences: ["low_income", "worker"],
    rule: "ask",
  },
  SS083: {
    nameEn: "Settling in for families who came for work",
    situations: ["work", "child", "daily_life"],
    audiences: ["worker", "child"],
    rule: {
      all: [{ some: { fact: "work", in: ["working", "looking"] } }, { fact: "localRegistered", is: false }],
    },
    cases: [
      {
        name: "外地户籍，在这里工作",
        facts: { household: { localRegistered: false }, members: [{ work: "working" }, { work: "none" }] },
        expect: "likely",
      },
      {
        name: "外地户籍，正在找工作",
        facts: { household: { localRegistered: false }, members: [{ work: "looking" }] },
        expect: "likely",
      },
      {
        name: "本市户籍",
        facts: { household: { localRegistered: true }, members: [{ work: "working" }] },
        expect: "not",
      },
      {
        name: "外地户籍，全家退休",
        facts: { household: { localRegistered: false }, members: [{ work: "retired" }] },
        expect: "not",
      },
      { name: "在工作，户籍不详", facts: { members: [{ work: "working" }] }, expect: "maybe" },
    ],
  },
  SS084: {
    nameEn: "Services for Hong Kong and Macao residents and returned overseas Chinese",
    situations: ["daily_life"],
    audiences: ["everyone"],
    rule: "ask",
  },
};
