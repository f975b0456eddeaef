import type { SeedItem } from "../seedItem";

const healthCentre = "到社区卫生服务中心或镇卫生院办理。";

/** Public health and the help tied to family planning (病有所医). */
export const HEALTH_ITEMS: Readonly<Record<string, SeedItem>> = {
  GW032: {
    nameEn: "A health record for every resident",
    situations: ["illness", "daily_life"],
    audiences: ["everyone"],
    papers: ["身份证"],
    howToApply: healthCentre,
    rule: "everyone",
  },
  GW033: {
    nameEn: "Health education",
    situations: ["illness", "daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  GW034: {
    nameEn: "Reporting and handling infectious diseases",
    situations: ["illness", "daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  GW035: {
    nameEn: "Checks on drinking water, school hygiene and unlicensed doctors",
    situations: ["illness", "daily_life"],
    audiences: ["everyone"],
    rule: "everyone",
  },
  GW036: {
    nameEn: "Regular care for high blood pressure and diabetes",
    situations: ["illness", "old_age"],
    audiences: ["ill", "older_person"],
    papers: ["身份证"],
    howToApply: healthCentre,
    rule: {
      some: {
        all: [
          { fact: "ageYears", compare: "at_least", to: 35 },
          { fact: "chronicIllness", is: true },
        ],
      },
    },
    cases: [
      {
        name: "满35岁当天，有高血压",
        facts: { members: [{ ageYears: 35, chronicIllness: true }] },
        expect: "likely",
      },
      { name: "34岁，有糖尿病", facts: { members: [{ ageYears: 34, chronicIllness: true }] }, expect: "not" },
      {
        name: "70岁，没有慢性病",
        facts: { members: [{ ageYears: 70, chronicIllness: false }] },
        expect: "not",
      },
      {
        name: "有病的是20岁的孩子",
        facts: {
          members: [
            { ageYears: 50, chronicIllness: false },
            { ageYears: 20, chronicIllness: true },
          ],
        },
        expect: "not",
      },
      { name: "70岁，不知道有没有慢性病", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  // Which endemic diseases, and whether somebody has one, is no fact that is kept.
  GW037: {
    nameEn: "Care for people with endemic diseases",
    situations: ["illness"],
    audiences: ["ill"],
    papers: ["身份证", "诊断证明"],
    rule: "ask",
  },
  GW038: {
    nameEn: "Care for people with severe mental illness living at home",
    situations: ["illness", "disability"],
    audiences: ["ill", "carer"],
    papers: ["身份证", "诊断证明"],
    howToApply: "到社区卫生服务中心或镇卫生院登记，家属也可以代办。",
    rule: { some: { fact: "mentalIllness", is: true } },
    cases: [
      { name: "有严重精神障碍，住在家里", facts: { members: [{ mentalIllness: true }] }, expect: "likely" },
      { name: "家里没有精神障碍患者", facts: { members: [{ mentalIllness: false }] }, expect: "not" },
      { name: "情况不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  GW039: {
    nameEn: "Care for people with tuberculosis",
    situations: ["illness"],
    audiences: ["ill"],
    papers: ["身份证", "诊断证明"],
    rule: { some: { fact: "tuberculosis", is: true } },
    cases: [
      { name: "得了肺结核", facts: { members: [{ tuberculosis: true }] }, expect: "likely" },
      { name: "家里没有肺结核患者", facts: { members: [{ tuberculosis: false }] }, expect: "not" },
      { name: "情况不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  GW040: {
    nameEn: "Confidential care for people living with HIV",
    situations: ["illness"],
    audiences: ["ill"],
    howToApply: "可以向疾病预防控制中心询问，情况严格保密。",
    rule: "ask",
  },
  GW041: {
    nameEn: "Confidential HIV prevention and testing",
    situations: ["illness"],
    audiences: ["ill"],
    howToApply: "可以向疾病预防控制中心询问，情况严格保密。",
    rule: "ask",
  },
  GW042: {
    nameEn: "Essential medicines at local clinics",
    situations: ["illness"],
    audiences: ["everyone"],
    howToApply: "看病时由医生开药，不用申请。",
    rule: "everyone",
  },
  GW043: {
    nameEn: "Safe food and medicines",
    situations: ["daily_life", "illness"],
    audiences: ["everyone"],
    howToApply: "投诉举报可以打 12315。",
    rule: "everyone",
  },
  // The couple themselves must be 60, not the grandparents who live with them.
  GW046: {
    nameEn: "Allowance for rural family-planning couples from 60",
    situations: ["old_age", "hardship"],
    audiences: ["older_person"],
    papers: ["身份证", "户口簿"],
    howToApply: "向户籍所在的村（社区）提出。",
    rule: {
      some: {
        all: [
          { fact: "ruralFamilyPlanning", is: true },
          { fact: "ageYears", compare: "at_least", to: 60 },
        ],
      },
    },
    cases: [
      {
        name: "农村计划生育夫妻，满60岁当天",
        facts: { members: [{ ageYears: 60, ruralFamilyPlanning: true }] },
        expect: "likely",
      },
      {
        name: "农村计划生育夫妻，都是59岁",
        facts: {
          members: [
            { ageYears: 59, ruralFamilyPlanning: true },
            { ageYears: 59, ruralFamilyPlanning: true },
          ],
        },
        expect: "not",
      },
      {
        name: "夫妻45岁，满60岁的是他们的父母",
        facts: {
          members: [
            { ageYears: 45, ruralFamilyPlanning: true },
            { ageYears: 72, ruralFamilyPlanning: false },
          ],
        },
        expect: "not",
      },
      {
        name: "不是农村计划生育家庭",
        facts: { members: [{ ageYears: 70, ruralFamilyPlanning: false }] },
        expect: "not",
      },
      { name: "70岁，家庭情况不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  GW047: {
    nameEn: "Allowance for parents whose only child died or is disabled",
    situations: ["hardship", "old_age", "disability"],
    audiences: ["older_person", "carer"],
    papers: ["身份证", "户口簿"],
    howToApply: "向户籍所在的村（社区）提出，会有专门的联系人。",
    rule: { fact: "onlyChildLost", is: true },
    cases: [
      { name: "独生子女去世或伤残", facts: { household: { onlyChildLost: true } }, expect: "likely" },
      { name: "没有这种情况", facts: { household: { onlyChildLost: false } }, expect: "not" },
      { name: "情况不详", facts: {}, expect: "maybe" },
    ],
  },
  GW048: {
    nameEn: "Health checks for older people",
    situations: ["old_age", "illness"],
    audiences: ["older_person"],
    papers: ["身份证"],
    howToApply: "每年一次，到社区卫生服务中心或镇卫生院预约体检。",
    rule: { some: { fact: "ageYears", compare: "at_least", to: 65 } },
    cases: [
      { name: "满65岁当天", facts: { members: [{ ageYears: 65 }] }, expect: "likely" },
      { name: "64岁", facts: { members: [{ ageYears: 64 }] }, expect: "not" },
      { name: "年龄不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
};
