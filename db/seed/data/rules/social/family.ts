import type { SeedItem } from "../seedItem";
import {
  amongHardshipCases,
  inHardshipOrAsk,
  inHardshipOrAskCases,
  minor,
  minorCases,
  old,
  pupil,
} from "./parts";

/** Law and rights (法律与权益), families and women (家庭与妇女). */
export const FAMILY_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS067: {
    nameEn: "Legal advice and writing of legal papers",
    situations: ["law", "hardship"],
    audiences: ["low_income"],
    papers: ["身份证", "和这件事有关的材料"],
    howToApply: "先问一问：可以打公共法律服务热线 12348。",
    rule: inHardshipOrAsk,
    cases: inHardshipOrAskCases,
  },
  SS068: {
    nameEn: "Settling quarrels with neighbours, family or employers",
    situations: ["law", "daily_life"],
    audiences: ["everyone"],
    howToApply: "可以请村（社区）的人民调解委员会调解，不收费。",
    rule: "everyone",
  },
  SS069: {
    nameEn: "Talks against fraud, and on consumers' rights",
    situations: ["law", "old_age", "study"],
    audiences: ["older_person", "student"],
    howToApply: "怀疑遇到诈骗，打 96110；买东西有纠纷，打 12315。",
    rule: { some: { any: [old, pupil] } },
    cases: [
      { name: "满60岁当天", facts: { members: [{ ageYears: 60, study: "none" }] }, expect: "likely" },
      { name: "59岁，不在读", facts: { members: [{ ageYears: 59, study: "none" }] }, expect: "not" },
      { name: "上初中", facts: { members: [{ ageYears: 14, study: "compulsory" }] }, expect: "likely" },
      { name: "上大学", facts: { members: [{ ageYears: 20, study: "university" }] }, expect: "likely" },
      { name: "上幼儿园", facts: { members: [{ ageYears: 5, study: "kindergarten" }] }, expect: "not" },
      { name: "20岁，不知道是否在读", facts: { members: [{ ageYears: 20 }] }, expect: "maybe" },
    ],
  },
  // Nobody is screened for violence at home.
  SS070: {
    nameEn: "Help against violence at home",
    situations: ["law", "child"],
    audiences: ["woman", "child", "older_person"],
    howToApply: "有危险马上打 110；想找人商量，打妇女维权热线 12338。",
    rule: "ask",
  },
  SS071: {
    nameEn: "Single parents helping each other",
    situations: ["child", "daily_life"],
    audiences: ["woman", "child"],
    rule: { fact: "singleParent", is: true },
    cases: [
      { name: "单亲家庭", facts: { household: { singleParent: true } }, expect: "likely" },
      { name: "不是单亲家庭", facts: { household: { singleParent: false } }, expect: "not" },
      { name: "情况不详", facts: { members: [{ ageYears: 9 }] }, expect: "maybe" },
    ],
  },
  SS072: {
    nameEn: "Courses for parents and for grandparents who raise children",
    situations: ["child"],
    audiences: ["child", "carer"],
    rule: { some: minor },
    cases: minorCases,
  },
  SS073: {
    nameEn: "Company for parents whose only child died or is disabled",
    situations: ["hardship", "old_age"],
    audiences: ["older_person", "carer"],
    rule: { fact: "onlyChildLost", is: true },
    cases: [
      { name: "独生子女去世或伤残", facts: { household: { onlyChildLost: true } }, expect: "likely" },
      { name: "没有这种情况", facts: { household: { onlyChildLost: false } }, expect: "not" },
      { name: "情况不详", facts: { members: [{ ageYears: 60 }] }, expect: "maybe" },
    ],
  },
  SS074: {
    nameEn: "Health parcels for women and girls in hardship",
    situations: ["hardship", "illness"],
    audiences: ["woman", "child", "low_income"],
    rule: { all: [{ some: { fact: "sex", in: ["female"] } }, inHardshipOrAsk] },
    cases: amongHardshipCases({ sex: "female" }, { sex: "male" }),
  },
};
