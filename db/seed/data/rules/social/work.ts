import type { SeedItem } from "../seedItem";
import {
  ableToWork,
  amongHardshipCases,
  askInPerson,
  disabled,
  inHardshipOrAsk,
  recognisedHardship,
  wantsBusiness,
  workingAgeCases,
} from "./parts";

/**
 * Help with work (就业帮扶). It names people in hardship, or mothers of small children, without saying who
 * counts: of those not recognised somebody must be asked.
 */
export const WORK_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS057: {
    nameEn: "Jobs suggested to you, with company to the interview",
    situations: ["work", "hardship"],
    audiences: ["worker", "low_income"],
    papers: ["身份证"],
    howToApply: "打电话或者到镇街社工站（双百社工）说一声，社工帮您找合适的岗位。",
    rule: {
      all: [
        { some: ableToWork },
        { any: [{ all: [recognisedHardship, { some: { fact: "work", in: ["looking"] } }] }, askInPerson] },
      ],
    },
    cases: [
      ...amongHardshipCases({ work: "looking" }, { work: "retired" }),
      {
        name: "低保家庭，没有工作，满16岁当天：要问",
        facts: { household: { status: "dibao" }, members: [{ work: "none", ageYears: 16 }] },
        expect: "maybe",
      },
      {
        name: "低保家庭，没有工作，15岁",
        facts: { household: { status: "dibao" }, members: [{ work: "none", ageYears: 15 }] },
        expect: "not",
      },
      {
        name: "低保家庭，没有工作，59岁：要问",
        facts: { household: { status: "dibao" }, members: [{ work: "none", ageYears: 59 }] },
        expect: "maybe",
      },
      {
        name: "低保家庭，没有工作，满60岁当天",
        facts: { household: { status: "dibao" }, members: [{ work: "none", ageYears: 60 }] },
        expect: "not",
      },
      {
        name: "低保家庭，有工作：要问",
        facts: { household: { status: "dibao" }, members: [{ work: "working" }] },
        expect: "maybe",
      },
    ],
  },
  SS058: {
    nameEn: "Short courses for a trade",
    situations: ["work", "hardship", "disability"],
    audiences: ["worker", "low_income", "disabled_person", "carer"],
    papers: ["身份证"],
    rule: {
      any: [
        { some: { all: [ableToWork, { any: [disabled, { fact: "caresForSomeone", is: true }] }] } },
        { all: [recognisedHardship, { some: ableToWork }] },
        askInPerson,
      ],
    },
    cases: [
      ...workingAgeCases({ status: "dibao" }, {}, "maybe"),
      {
        name: "低保家庭，想找工作",
        facts: { household: { status: "dibao" }, members: [{ work: "looking" }] },
        expect: "likely",
      },
      {
        name: "没有认定，四级残疾，想找工作",
        facts: { household: { status: "none" }, members: [{ work: "looking", disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "没有认定，在照顾家人",
        facts: { household: { status: "none" }, members: [{ work: "working", caresForSomeone: true }] },
        expect: "likely",
      },
      {
        name: "低保家庭，已经退休：要问",
        facts: { household: { status: "dibao" }, members: [{ work: "retired" }] },
        expect: "maybe",
      },
    ],
  },
  SS059: {
    nameEn: "Flexible work from home or nearby",
    situations: ["work", "child", "disability"],
    audiences: ["carer", "woman", "disabled_person", "worker"],
    rule: {
      any: [
        { some: { all: [ableToWork, { any: [disabled, { fact: "caresForSomeone", is: true }] }] } },
        askInPerson,
      ],
    },
    cases: [
      ...workingAgeCases({}, { caresForSomeone: true }, "maybe"),
      {
        name: "在照顾家人，想找工作",
        facts: { members: [{ work: "looking", caresForSomeone: true }] },
        expect: "likely",
      },
      {
        name: "四级残疾，想找工作",
        facts: { members: [{ work: "looking", disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "没有残疾，不照顾家人：要问",
        facts: {
          members: [
            { work: "none", disabilityGrade: "none", disabilityKind: "none", caresForSomeone: false },
          ],
        },
        expect: "maybe",
      },
    ],
  },
  SS060: {
    nameEn: "Advice and small sums to start a business",
    situations: ["work", "hardship"],
    audiences: ["worker", "low_income"],
    rule: { all: [{ some: wantsBusiness }, inHardshipOrAsk] },
    cases: [
      ...amongHardshipCases({ wantsBusiness: true }, { wantsBusiness: false }),
      {
        name: "低保边缘家庭，有工作，想自己创业",
        facts: { household: { status: "dibao_margin" }, members: [{ work: "working", wantsBusiness: true }] },
        expect: "likely",
      },
    ],
  },
  SS061: {
    nameEn: "Charity markets for what you make",
    situations: ["work", "disability", "hardship"],
    audiences: ["disabled_person", "low_income"],
    rule: { any: [{ some: disabled }, recognisedHardship, askInPerson] },
    cases: [
      {
        name: "四级残疾",
        facts: { household: { status: "none" }, members: [{ disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      { name: "低保家庭", facts: { household: { status: "dibao" } }, expect: "likely" },
      {
        name: "没有认定，没有残疾：要问",
        facts: {
          household: { status: "none" },
          members: [{ disabilityGrade: "none", disabilityKind: "none" }],
        },
        expect: "maybe",
      },
    ],
  },
};
