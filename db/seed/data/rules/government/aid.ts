import type { Rule } from "~/domain/rules/rule";
import type { SeedItem } from "../seedItem";
import {
  aidPapers,
  askInPerson,
  cannotCareForSelf,
  recognisedHardship,
  severelyDisabled,
  veryOld,
} from "./parts";

const illnessBeyondMeans = {
  all: [{ some: { fact: "seriousIllness", is: true } }, { fact: "highMedicalCost", is: true }],
} satisfies Rule;

/** Help of one kind for those in hardship (专项救助、急难救助), with what the city added. */
export const AID_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW057: {
    nameEn: "Help with medical costs",
    situations: ["illness", "hardship"],
    audiences: ["ill", "low_income"],
    papers: ["身份证", "病历和医药费单据"],
    howToApply: "低保、特困等人员看病时一般直接结算；其他人向镇街申请。",
    rule: {
      any: [
        { fact: "status", in: ["dibao", "tekun", "dibao_margin"] },
        illnessBeyondMeans,
        { all: [{ fact: "status", in: ["rigid_expense"] }, { some: { fact: "seriousIllness", is: true } }] },
      ],
    },
    cases: [
      { name: "低保边缘家庭", facts: { household: { status: "dibao_margin" } }, expect: "likely" },
      {
        name: "已认定支出型困难，有大病患者，费用不用再问",
        facts: { household: { status: "rigid_expense" }, members: [{ seriousIllness: true }] },
        expect: "likely",
      },
      {
        name: "没有认定，大病，医药费负担不起",
        facts: { household: { status: "none", highMedicalCost: true }, members: [{ seriousIllness: true }] },
        expect: "likely",
      },
      {
        name: "没有认定，大病，费用负担得起",
        facts: { household: { status: "none", highMedicalCost: false }, members: [{ seriousIllness: true }] },
        expect: "not",
      },
      {
        name: "没有认定，没有人得大病",
        facts: { household: { status: "none", highMedicalCost: true }, members: [{ seriousIllness: false }] },
        expect: "not",
      },
      {
        name: "没有认定，大病，费用不详",
        facts: { household: { status: "none" }, members: [{ seriousIllness: true }] },
        expect: "maybe",
      },
    ],
  },
  GW058: {
    nameEn: "Temporary aid in sudden hardship",
    situations: ["hardship", "illness"],
    audiences: ["low_income", "everyone"],
    papers: aidPapers,
    howToApply: "到镇街的社会救助窗口申请；情况紧急的，可以先救助，后补手续。",
    rule: { any: [{ fact: "suddenHardship", is: true }, illnessBeyondMeans] },
    cases: [
      { name: "上个月出了意外，生活困难", facts: { household: { suddenHardship: true } }, expect: "likely" },
      {
        name: "大病，医药费负担不起",
        facts: {
          household: { suddenHardship: false, highMedicalCost: true },
          members: [{ seriousIllness: true }],
        },
        expect: "likely",
      },
      {
        name: "没有突发困难，没有大病",
        facts: {
          household: { suddenHardship: false, highMedicalCost: false },
          members: [{ seriousIllness: false }],
        },
        expect: "not",
      },
      {
        name: "大病，其他情况不详",
        facts: { household: { suddenHardship: false }, members: [{ seriousIllness: true }] },
        expect: "maybe",
      },
    ],
  },
  GW059: {
    nameEn: "Help after a natural disaster",
    situations: ["hardship", "home"],
    audiences: ["everyone"],
    papers: ["身份证"],
    howToApply: "向村（社区）报告受灾情况，由镇街核实。",
    rule: { fact: "disasterHit", is: true },
    cases: [
      { name: "台风损坏了房子", facts: { household: { disasterHit: true } }, expect: "likely" },
      { name: "没有受灾", facts: { household: { disasterHit: false } }, expect: "not" },
      { name: "是否受灾不详", facts: {}, expect: "maybe" },
    ],
  },
  // Who is recognised has proved to be poor. Of others the line of income is not in the text, and in certain
  // cases there is none.
  GW060: {
    nameEn: "Legal aid",
    situations: ["law", "hardship"],
    audiences: ["low_income", "everyone"],
    papers: ["身份证", "和案件有关的材料"],
    howToApply: "向法律援助机构申请，可以先打 12348 免费咨询。",
    rule: { any: [recognisedHardship, askInPerson] },
    cases: [
      { name: "低保家庭", facts: { household: { status: "dibao" } }, expect: "likely" },
      { name: "没有认定：要问", facts: { household: { status: "none" } }, expect: "maybe" },
    ],
  },
  ZS004: {
    nameEn: "Smart water meter that raises an alarm for people living alone",
    situations: ["old_age", "disability", "daily_life"],
    audiences: ["older_person", "disabled_person"],
    papers: ["身份证"],
    rule: {
      all: [
        { fact: "livesAlone", is: true },
        { some: { any: [veryOld, cannotCareForSelf, severelyDisabled] } },
      ],
    },
    cases: [
      {
        name: "独居，满80岁当天",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 80 }] },
        expect: "likely",
      },
      {
        name: "独居，79岁，能自理，没有残疾",
        facts: {
          household: { livesAlone: true },
          members: [{ ageYears: 79, careNeed: "none", disabilityGrade: "none" }],
        },
        expect: "not",
      },
      {
        name: "独居，50岁，二级残疾",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 50, disabilityGrade: "grade_2" }] },
        expect: "likely",
      },
      {
        name: "独居，失能",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 50, careNeed: "full" }] },
        expect: "likely",
      },
      {
        name: "85岁，和子女同住",
        facts: { household: { livesAlone: false }, members: [{ ageYears: 85 }, { ageYears: 55 }] },
        expect: "not",
      },
      { name: "85岁，不知道是否独居", facts: { members: [{ ageYears: 85 }] }, expect: "maybe" },
    ],
  },
};
