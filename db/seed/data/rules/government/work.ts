import type { SeedItem } from "../seedItem";
import { atWorkCases, insuredAtWork, lookingForWork, wantsBusiness } from "./parts";

/** Work and what is owed to those who work or lost their work (劳有所得). */
export const WORK_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW020: {
    nameEn: "Information on jobs and starting a business",
    situations: ["work"],
    audiences: ["worker", "everyone"],
    howToApply: "到镇街的公共就业服务窗口，或打 12333 询问。",
    rule: "everyone",
  },
  GW021: {
    nameEn: "Help to find a job or start a business",
    situations: ["work"],
    audiences: ["worker"],
    papers: ["身份证"],
    howToApply: "到镇街的公共就业服务窗口，或打 12333 询问。",
    rule: { some: { any: [lookingForWork, wantsBusiness] } },
    cases: [
      {
        name: "家里有人想找工作",
        facts: { members: [{ work: "retired", wantsBusiness: false }, { work: "looking" }] },
        expect: "likely",
      },
      {
        name: "有工作，想自己创业",
        facts: { members: [{ work: "working", wantsBusiness: true }] },
        expect: "likely",
      },
      {
        name: "有工作，不想另找，也不想创业",
        facts: { members: [{ work: "working", wantsBusiness: false }] },
        expect: "not",
      },
      { name: "有工作，想不想创业不详", facts: { members: [{ work: "working" }] }, expect: "maybe" },
      {
        name: "已经退休，不想创业",
        facts: { members: [{ work: "retired", wantsBusiness: false }] },
        expect: "not",
      },
      { name: "不知道有没有工作", facts: { members: [{ ageYears: 30 }] }, expect: "maybe" },
    ],
  },
  // Of working age: from 16, below which nobody may be employed, until old age. Who works or looks for work
  // counts at any age.
  GW022: {
    nameEn: "Registering as employed or unemployed",
    situations: ["work"],
    audiences: ["worker"],
    papers: ["身份证或社保卡"],
    howToApply: "到常住地的公共就业服务窗口登记，也可以在网上办。",
    rule: {
      some: {
        any: [
          { fact: "work", in: ["working", "looking"] },
          {
            all: [
              { fact: "work", in: ["none"] },
              { fact: "ageYears", compare: "at_least", to: 16 },
              { fact: "ageYears", compare: "under", to: { parameter: "old_age_years" } },
            ],
          },
        ],
      },
    },
    cases: [
      { name: "在工作", facts: { members: [{ work: "working" }] }, expect: "likely" },
      { name: "没有工作，想找工作", facts: { members: [{ work: "looking" }] }, expect: "likely" },
      {
        name: "没有工作，满16岁当天",
        facts: { members: [{ work: "none", ageYears: 16 }] },
        expect: "likely",
      },
      { name: "没有工作，15岁", facts: { members: [{ work: "none", ageYears: 15 }] }, expect: "not" },
      { name: "没有工作，59岁", facts: { members: [{ work: "none", ageYears: 59 }] }, expect: "likely" },
      { name: "没有工作，满60岁当天", facts: { members: [{ work: "none", ageYears: 60 }] }, expect: "not" },
      { name: "全家退休", facts: { members: [{ work: "retired" }, { work: "retired" }] }, expect: "not" },
      { name: "没有能力工作", facts: { members: [{ work: "unable" }] }, expect: "not" },
      { name: "不知道有没有工作", facts: { members: [{ ageYears: 30 }] }, expect: "maybe" },
    ],
  },
  GW023: {
    nameEn: "Keeping personnel files of people who move for work",
    situations: ["work"],
    audiences: ["worker"],
    papers: ["身份证"],
    rule: "ask",
  },
  GW024: {
    nameEn: "Traineeships for graduates and young people without work",
    situations: ["work"],
    audiences: ["worker", "student"],
    papers: ["身份证", "毕业证（毕业生）"],
    rule: "ask",
  },
  // Who is "hard to employ" is recognised case by case among those who look for work; nobody who looks is
  // told no.
  GW025: {
    nameEn: "Help for people who find no work and families without any job",
    situations: ["work", "hardship"],
    audiences: ["worker", "low_income", "disabled_person"],
    papers: ["身份证"],
    howToApply: "先办失业登记，再申请认定为就业困难人员或零就业家庭。",
    rule: { any: [{ fact: "noneEmployed", is: true }, { some: lookingForWork }] },
    cases: [
      { name: "零就业家庭", facts: { household: { noneEmployed: true } }, expect: "likely" },
      {
        name: "有人上班，也有人找不到工作",
        facts: { household: { noneEmployed: false }, members: [{ work: "working" }, { work: "looking" }] },
        expect: "likely",
      },
      {
        name: "全家能工作的都在上班",
        facts: { household: { noneEmployed: false }, members: [{ work: "working" }] },
        expect: "not",
      },
      {
        name: "一人退休，其他人不详",
        facts: { household: { noneEmployed: false }, members: [{ work: "retired" }], membersComplete: false },
        expect: "maybe",
      },
    ],
  },
  GW026: {
    nameEn: "Subsidised job training and living costs during it",
    situations: ["work"],
    audiences: ["worker"],
    papers: ["身份证"],
    rule: "ask",
  },
  GW027: {
    nameEn: "Hotline 12333 for questions on work and social insurance",
    situations: ["work", "law"],
    audiences: ["everyone"],
    howToApply: "直接打 12333。",
    rule: "everyone",
  },
  GW028: {
    nameEn: "Advice on labour contracts, settling labour disputes",
    situations: ["work", "law"],
    audiences: ["worker", "everyone"],
    papers: ["身份证", "劳动合同、工资条等证据（有的话）"],
    howToApply: "有争议时，可以向劳动人事争议调解或仲裁机构申请。",
    rule: "everyone",
  },
  GW029: {
    nameEn: "Protection of workers' rights, claiming unpaid wages",
    situations: ["work", "law"],
    audiences: ["worker", "everyone"],
    papers: ["身份证", "劳动合同、工资条等证据（有的话）"],
    howToApply: "欠薪等问题可以向劳动监察机构投诉，也可以打 12333。",
    rule: "everyone",
  },
  GW030: {
    nameEn: "Unemployment insurance",
    situations: ["work"],
    audiences: ["worker"],
    papers: ["身份证或社保卡"],
    howToApply: "失业后凭身份证或社保卡申领，也可以在网上办。",
    rule: "ask",
  },
  GW031: {
    nameEn: "Work injury insurance",
    situations: ["work", "illness", "disability"],
    audiences: ["worker"],
    papers: ["身份证", "病历和诊断证明"],
    howToApply: "受伤后，单位应在30日内申请认定工伤；单位不申请的，本人或家属可以在一年内申请。",
    rule: insuredAtWork,
    cases: atWorkCases,
  },
};
