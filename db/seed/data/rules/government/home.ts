import type { SeedItem } from "../seedItem";
import { atMargin, familyInHardship, overMargin } from "./parts";

/** Homes (住有所居), with what the city added. */
export const HOME_ITEMS: Readonly<Record<string, SeedItem>> = {
  // The lines of income and floor space are the city's, and not in the text.
  GW052: {
    nameEn: "Public rental housing",
    situations: ["home", "hardship"],
    audiences: ["low_income"],
    papers: ["身份证", "户口簿"],
    rule: "ask",
  },
  GW053: {
    nameEn: "Rebuilding of run-down urban quarters",
    situations: ["home"],
    audiences: ["low_income", "everyone"],
    rule: "ask",
  },
  GW054: {
    nameEn: "Repair of unsafe rural homes",
    situations: ["home", "hardship"],
    audiences: ["low_income"],
    papers: ["身份证", "户口簿"],
    howToApply: "向村委会提出，由镇街核实。",
    rule: { all: [{ fact: "rural", is: true }, { fact: "homeUnsafe", is: true }, familyInHardship] },
    cases: [
      {
        name: "农村低保户，房子不安全",
        facts: { household: { rural: true, homeUnsafe: true, status: "dibao" } },
        expect: "likely",
      },
      {
        name: "没有认定，收入刚好到低保边缘线",
        facts: { household: { rural: true, homeUnsafe: true, ...atMargin } },
        expect: "likely",
      },
      {
        name: "没有认定，收入高出低保边缘线",
        facts: { household: { rural: true, homeUnsafe: true, ...overMargin } },
        expect: "not",
      },
      {
        name: "农村低保户，房子安全",
        facts: { household: { rural: true, homeUnsafe: false, status: "dibao" } },
        expect: "not",
      },
      {
        name: "城镇低保户，房子不安全",
        facts: { household: { rural: false, homeUnsafe: true, status: "dibao" } },
        expect: "not",
      },
      {
        name: "农村低保户，房子情况不详",
        facts: { household: { rural: true, status: "dibao" } },
        expect: "maybe",
      },
    ],
  },
  ZS003: {
    nameEn: "Home repairs or rent help for families in hardship",
    situations: ["home", "hardship"],
    audiences: ["low_income"],
    papers: ["身份证", "户口簿"],
    rule: {
      all: [
        { fact: "status", in: ["dibao", "tekun", "dibao_margin"] },
        {
          any: [
            { fact: "homeShort", is: true },
            { fact: "homeUnsafe", is: true },
          ],
        },
      ],
    },
    cases: [
      {
        name: "低保家庭，没有自己的房子",
        facts: { household: { status: "dibao", homeShort: true } },
        expect: "likely",
      },
      {
        name: "低保边缘家庭，房子不安全",
        facts: { household: { status: "dibao_margin", homeShort: false, homeUnsafe: true } },
        expect: "likely",
      },
      {
        name: "特困，住房没有困难",
        facts: { household: { status: "tekun", homeShort: false, homeUnsafe: false } },
        expect: "not",
      },
      {
        name: "没有认定，没有自己的房子",
        facts: { household: { status: "none", homeShort: true } },
        expect: "not",
      },
      { name: "低保家庭，住房情况不详", facts: { household: { status: "dibao" } }, expect: "maybe" },
    ],
  },
};
