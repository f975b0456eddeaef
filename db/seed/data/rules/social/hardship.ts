import type { SeedItem } from "../seedItem";
import {
  ableToWork,
  amongHardshipCases,
  inHardshipOrAsk,
  inHardshipOrAskCases,
  recognisedHardship,
  townStation,
  workingAgeCases,
} from "./parts";

/**
 * Help for families in hardship (社会救助). "Families in hardship" that a text does not name: those
 * recognised are, of others somebody must be asked.
 */
export const HARDSHIP_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS001: {
    nameEn: "Home visits to families in hardship",
    situations: ["hardship"],
    audiences: ["low_income"],
    howToApply: townStation,
    rule: recognisedHardship,
    cases: [
      { name: "低保家庭", facts: { household: { status: "dibao" } }, expect: "likely" },
      { name: "特困人员", facts: { household: { status: "tekun" } }, expect: "likely" },
      { name: "低保边缘家庭", facts: { household: { status: "dibao_margin" } }, expect: "likely" },
      { name: "支出型困难家庭", facts: { household: { status: "rigid_expense" } }, expect: "likely" },
      { name: "没有认定", facts: { household: { status: "none" } }, expect: "not" },
      { name: "认定情况不详", facts: { members: [{ ageYears: 70 }] }, expect: "maybe" },
    ],
  },
  SS002: {
    nameEn: "Explaining benefits and applying for you",
    situations: ["hardship"],
    audiences: ["low_income"],
    papers: ["身份证"],
    howToApply: "打电话或者到镇街社工站（双百社工）问，社工可以帮您填表、代办。",
    rule: inHardshipOrAsk,
    cases: inHardshipOrAskCases,
  },
  SS003: {
    nameEn: "Finding out what a family needs, with a file for each",
    situations: ["hardship"],
    audiences: ["low_income"],
    howToApply: townStation,
    rule: inHardshipOrAsk,
    cases: inHardshipOrAskCases,
  },
  SS004: {
    nameEn: "A social worker for one family's several troubles",
    situations: ["hardship"],
    audiences: ["low_income"],
    howToApply: townStation,
    rule: "ask",
  },
  SS005: {
    nameEn: "Finding people in need and passing them on",
    situations: ["hardship"],
    audiences: ["low_income"],
    howToApply: "知道谁有困难，可以告诉镇街社工站（双百社工），社工会去核实。",
    rule: "ask",
  },
  // A typhoon or a flood is sudden trouble too, kept as a fact of its own.
  SS006: {
    nameEn: "Emergency parcels of food and bedding",
    situations: ["hardship", "home"],
    audiences: ["low_income"],
    rule: {
      any: [
        { fact: "suddenHardship", is: true },
        { fact: "disasterHit", is: true },
      ],
    },
    cases: [
      { name: "三个月前出了意外", facts: { household: { suddenHardship: true } }, expect: "likely" },
      {
        name: "遭了台风",
        facts: { household: { suddenHardship: false, disasterHit: true } },
        expect: "likely",
      },
      {
        name: "没有突发困难，也没有受灾",
        facts: { household: { suddenHardship: false, disasterHit: false } },
        expect: "not",
      },
      {
        name: "没有意外，不知道有没有受灾",
        facts: { household: { suddenHardship: false } },
        expect: "maybe",
      },
    ],
  },
  SS007: {
    nameEn: "Visits at festivals and in cold spells",
    situations: ["hardship"],
    audiences: ["low_income"],
    rule: inHardshipOrAsk,
    cases: inHardshipOrAskCases,
  },
  SS008: {
    nameEn: "Charity shop: donated goods for points",
    situations: ["hardship", "daily_life"],
    audiences: ["low_income"],
    rule: inHardshipOrAsk,
    cases: inHardshipOrAskCases,
  },
  SS009: {
    nameEn: "Help with the family budget and debts",
    situations: ["hardship"],
    audiences: ["low_income"],
    rule: { fact: "status", in: ["rigid_expense"] },
    cases: [
      { name: "支出型困难家庭", facts: { household: { status: "rigid_expense" } }, expect: "likely" },
      { name: "低保家庭", facts: { household: { status: "dibao" } }, expect: "not" },
      { name: "没有认定", facts: { household: { status: "none" } }, expect: "not" },
      { name: "认定情况不详", facts: {}, expect: "maybe" },
    ],
  },
  // "Low income" is open at its upper end in the text: of those not recognised somebody must be asked.
  SS010: {
    nameEn: "Groups that strengthen people who can work",
    situations: ["hardship", "work"],
    audiences: ["low_income", "worker"],
    rule: { all: [{ some: ableToWork }, inHardshipOrAsk] },
    cases: [
      ...amongHardshipCases({ work: "looking" }, { work: "retired" }),
      ...workingAgeCases({ status: "dibao" }, {}, "not"),
    ],
  },
};
