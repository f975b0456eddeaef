import type { SeedItem } from "../seedItem";
import {
  amongHardshipCases,
  askInPerson,
  childInHardship,
  childInHardshipCases,
  inHardshipOrAsk,
  pupil,
  recognisedHardship,
} from "./parts";

/** Help with schooling (教育帮扶). */
export const STUDY_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS052: {
    nameEn: "Charity grants for pupils and students",
    situations: ["study", "hardship", "illness"],
    audiences: ["student", "low_income"],
    papers: ["户口簿", "学生证或在读证明", "低保证、诊断证明等（有的话）"],
    rule: {
      all: [
        {
          some: {
            fact: "study",
            in: ["kindergarten", "compulsory", "senior_high", "vocational", "university"],
          },
        },
        {
          any: [
            { fact: "status", in: ["dibao", "dibao_margin"] },
            { some: { fact: "seriousIllness", is: true } },
          ],
        },
      ],
    },
    cases: [
      {
        name: "低保家庭，上大学",
        facts: { household: { status: "dibao" }, members: [{ study: "university" }] },
        expect: "likely",
      },
      {
        name: "低保边缘家庭，上高中",
        facts: { household: { status: "dibao_margin" }, members: [{ study: "senior_high" }] },
        expect: "likely",
      },
      {
        name: "没有认定，父亲得了大病，孩子上小学",
        facts: {
          household: { status: "none" },
          members: [
            { study: "none", seriousIllness: true },
            { study: "compulsory", seriousIllness: false },
          ],
        },
        expect: "likely",
      },
      {
        name: "没有认定，没有人得大病",
        facts: { household: { status: "none" }, members: [{ study: "compulsory", seriousIllness: false }] },
        expect: "not",
      },
      {
        name: "低保家庭，没有人在读",
        facts: { household: { status: "dibao" }, members: [{ study: "none" }] },
        expect: "not",
      },
      {
        name: "上小学，家庭情况不详",
        facts: { members: [{ study: "compulsory", seriousIllness: false }] },
        expect: "maybe",
      },
    ],
  },
  SS053: {
    nameEn: "A company that pays for one pupil's schooling",
    situations: ["study", "hardship"],
    audiences: ["student", "low_income"],
    rule: { all: [{ some: pupil }, inHardshipOrAsk] },
    cases: amongHardshipCases({ study: "university" }, { study: "kindergarten" }),
  },
  // Schools and neighbourhoods ask for themselves; of households the text means children in hardship.
  SS054: {
    nameEn: "Books, stationery and school uniforms",
    situations: ["study", "child"],
    audiences: ["child", "student"],
    rule: childInHardship,
    cases: childInHardshipCases,
  },
  // Primary and junior middle school are one fact; only the second is meant.
  SS055: {
    nameEn: "Advice on further schools and careers",
    situations: ["study", "work"],
    audiences: ["student", "low_income"],
    rule: {
      any: [
        { all: [{ some: { fact: "study", in: ["senior_high", "vocational"] } }, recognisedHardship] },
        { all: [{ some: { fact: "study", in: ["compulsory", "senior_high", "vocational"] } }, askInPerson] },
      ],
    },
    cases: [
      {
        name: "低保家庭，上高中",
        facts: { household: { status: "dibao" }, members: [{ study: "senior_high" }] },
        expect: "likely",
      },
      {
        name: "低保家庭，读中职",
        facts: { household: { status: "dibao" }, members: [{ study: "vocational" }] },
        expect: "likely",
      },
      {
        name: "低保家庭，上小学或初中：要问",
        facts: { household: { status: "dibao" }, members: [{ study: "compulsory" }] },
        expect: "maybe",
      },
      {
        name: "没有认定，上高中：要问",
        facts: { household: { status: "none" }, members: [{ study: "senior_high" }] },
        expect: "maybe",
      },
      {
        name: "低保家庭，上大学",
        facts: { household: { status: "dibao" }, members: [{ study: "university" }] },
        expect: "not",
      },
    ],
  },
  SS056: {
    nameEn: "Lessons in music, art, coding and sports",
    situations: ["child", "study"],
    audiences: ["child"],
    rule: childInHardship,
    cases: childInHardshipCases,
  },
};
