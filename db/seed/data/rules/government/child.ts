import type { SeedItem } from "../seedItem";
import { askInPerson, atMargin, disabled, familyInHardship, minor, overMargin } from "./parts";

/** Care of the youngest (幼有所育). */
export const CHILD_ITEMS: Readonly<Record<string, SeedItem>> = {
  // "Those who qualify" are named by the entry's title: rural couples.
  GW001: {
    nameEn: "Free health checks before pregnancy for rural couples",
    situations: ["pregnancy"],
    audiences: ["woman"],
    papers: ["夫妻双方身份证", "结婚证"],
    rule: { all: [{ fact: "rural", is: true }, { some: { fact: "pregnancy", in: ["planning"] } }] },
    cases: [
      {
        name: "农村夫妇准备怀孕",
        facts: { household: { rural: true }, members: [{ pregnancy: "planning" }, {}] },
        expect: "likely",
      },
      {
        name: "农村夫妇，没有怀孕打算",
        facts: { household: { rural: true }, members: [{ pregnancy: "none" }, { pregnancy: "none" }] },
        expect: "not",
      },
      {
        name: "城镇夫妇准备怀孕",
        facts: { household: { rural: false }, members: [{ pregnancy: "planning" }] },
        expect: "not",
      },
      { name: "准备怀孕，不知道是否农村", facts: { members: [{ pregnancy: "planning" }] }, expect: "maybe" },
    ],
  },
  GW002: {
    nameEn: "Health care in pregnancy and after birth",
    situations: ["pregnancy"],
    audiences: ["woman"],
    papers: ["身份证"],
    howToApply: "怀孕后尽早到社区卫生服务中心或镇卫生院建册。孩子出生后，医生会上门看望。",
    rule: { some: { fact: "pregnancy", in: ["pregnant"] } },
    cases: [
      { name: "怀孕或刚生孩子", facts: { members: [{ pregnancy: "pregnant" }] }, expect: "likely" },
      { name: "还在准备怀孕", facts: { members: [{ pregnancy: "planning" }] }, expect: "not" },
      { name: "不知道是否怀孕", facts: { members: [{ sex: "female" }] }, expect: "maybe" },
    ],
  },
  // No age bounds "of childbearing age" in the text, and marriage is no fact that is kept.
  GW003: {
    nameEn: "Free contraception",
    situations: ["pregnancy"],
    audiences: ["woman", "everyone"],
    howToApply: "避孕药具可以到社区卫生服务中心或镇卫生院免费领取。",
    rule: "ask",
  },
  GW004: {
    nameEn: "Free folic acid before and in early pregnancy",
    situations: ["pregnancy"],
    audiences: ["woman"],
    papers: ["身份证"],
    howToApply: "准备怀孕或刚怀孕时，到社区卫生服务中心或镇卫生院领取。",
    rule: { some: { fact: "pregnancy", in: ["planning", "pregnant"] } },
    cases: [
      { name: "准备怀孕", facts: { members: [{ pregnancy: "planning" }] }, expect: "likely" },
      { name: "已经怀孕", facts: { members: [{ pregnancy: "pregnant" }] }, expect: "likely" },
      { name: "没有怀孕打算", facts: { members: [{ pregnancy: "none" }] }, expect: "not" },
      { name: "不知道是否怀孕", facts: { members: [{ sex: "female" }] }, expect: "maybe" },
    ],
  },
  // The youngest are of the right age for some vaccine; for others, and for the "key groups", it changes with
  // the vaccine.
  GW006: {
    nameEn: "Vaccinations",
    situations: ["child", "illness"],
    audiences: ["child"],
    papers: ["预防接种证"],
    howToApply: "带上预防接种证，到住处附近的接种门诊。",
    rule: { any: [{ some: { fact: "ageYears", compare: "at_most", to: 6 } }, askInPerson] },
    cases: [
      { name: "孩子6岁", facts: { members: [{ ageYears: 35 }, { ageYears: 6 }] }, expect: "likely" },
      {
        name: "孩子满7岁当天：要问",
        facts: { members: [{ ageYears: 35 }, { ageYears: 7 }] },
        expect: "maybe",
      },
    ],
  },
  GW007: {
    nameEn: "Health checks for children up to six",
    situations: ["child"],
    audiences: ["child"],
    papers: ["出生医学证明"],
    howToApply: "到社区卫生服务中心或镇卫生院，按约好的日子给孩子体检。",
    rule: { some: { fact: "ageYears", compare: "at_most", to: 6 } },
    cases: [
      { name: "新生儿", facts: { members: [{ ageYears: 30 }, { ageYears: 0 }] }, expect: "likely" },
      { name: "6岁", facts: { members: [{ ageYears: 6 }] }, expect: "likely" },
      { name: "满7岁当天", facts: { members: [{ ageYears: 7 }] }, expect: "not" },
      { name: "年龄不详", facts: { members: [{}] }, expect: "maybe" },
    ],
  },
  // One of its groups is never asked about, so that nobody is told no.
  GW008: {
    nameEn: "Living allowance for orphans and children in special need",
    situations: ["child", "hardship"],
    audiences: ["child", "low_income"],
    papers: ["孩子的户口簿", "监护人身份证"],
    howToApply: "由孩子的监护人向孩子户籍所在的镇街申请，情况会保密。",
    rule: {
      any: [
        { some: { all: [minor, { fact: "childSituation", in: ["orphan", "unsupported"] }] } },
        askInPerson,
      ],
    },
    cases: [
      {
        name: "孤儿，17岁",
        facts: { members: [{ ageYears: 17, childSituation: "orphan" }] },
        expect: "likely",
      },
      {
        name: "事实无人抚养儿童",
        facts: { members: [{ ageYears: 9, childSituation: "unsupported" }] },
        expect: "likely",
      },
      {
        name: "孤儿，满18岁当天：要问",
        facts: { members: [{ ageYears: 18, childSituation: "orphan" }] },
        expect: "maybe",
      },
      {
        name: "有父母抚养：要问",
        facts: { members: [{ ageYears: 9, childSituation: "none" }] },
        expect: "maybe",
      },
    ],
  },
  GW009: {
    nameEn: "Support for children in hardship",
    situations: ["child", "hardship", "disability"],
    audiences: ["child", "low_income"],
    papers: ["孩子的户口簿", "监护人身份证"],
    howToApply: "可以找村（社区）的儿童主任，也可以直接向镇街反映。",
    rule: {
      any: [
        {
          some: {
            all: [
              minor,
              { any: [{ fact: "childSituation", in: ["orphan", "unsupported", "in_hardship"] }, disabled] },
            ],
          },
        },
        { all: [familyInHardship, { some: minor }] },
      ],
    },
    cases: [
      {
        name: "已认定的困境儿童",
        facts: { members: [{ ageYears: 12, childSituation: "in_hardship" }] },
        expect: "likely",
      },
      {
        name: "事实无人抚养儿童",
        facts: { members: [{ ageYears: 9, childSituation: "unsupported" }] },
        expect: "likely",
      },
      {
        name: "50岁的人一个人住",
        facts: { household: { livesAlone: true }, members: [{ ageYears: 50 }] },
        expect: "not",
      },
      {
        name: "肢体残疾的孩子，等级不详",
        facts: { members: [{ ageYears: 9, disabilityKind: "physical" }] },
        expect: "likely",
      },
      {
        name: "没有认定，收入刚好到低保边缘线",
        facts: { household: atMargin, members: [{ ageYears: 9 }] },
        expect: "likely",
      },
      {
        name: "17岁，四级残疾",
        facts: { members: [{ ageYears: 17, disabilityGrade: "grade_4" }] },
        expect: "likely",
      },
      {
        name: "低保家庭，孩子17岁",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 17 }] },
        expect: "likely",
      },
      {
        name: "低保家庭，最小的满18岁",
        facts: { household: { status: "dibao" }, members: [{ ageYears: 18, childSituation: "none" }] },
        expect: "not",
      },
      {
        name: "没有认定的家庭，孩子健康、有人照顾",
        facts: {
          household: overMargin,
          members: [
            { ageYears: 10, childSituation: "none", disabilityGrade: "none", disabilityKind: "none" },
          ],
        },
        expect: "not",
      },
      {
        name: "孩子10岁，家庭情况不详",
        facts: {
          members: [
            { ageYears: 10, childSituation: "none", disabilityGrade: "none", disabilityKind: "none" },
          ],
        },
        expect: "maybe",
      },
    ],
  },
  GW010: {
    nameEn: "Care for rural children whose parents work far away",
    situations: ["child"],
    audiences: ["child"],
    howToApply: "找村（社区）的儿童主任登记，由他们定期探访。",
    rule: { some: { all: [minor, { fact: "childSituation", in: ["left_behind"] }] } },
    cases: [
      {
        name: "17岁，父母外出务工",
        facts: { members: [{ ageYears: 17, childSituation: "left_behind" }] },
        expect: "likely",
      },
      {
        name: "满18岁",
        facts: { members: [{ ageYears: 18, childSituation: "left_behind" }] },
        expect: "not",
      },
      {
        name: "10岁，父母在身边",
        facts: { members: [{ ageYears: 10, childSituation: "none" }] },
        expect: "not",
      },
      { name: "10岁，不知道谁在照顾", facts: { members: [{ ageYears: 10 }] }, expect: "maybe" },
    ],
  },
};
