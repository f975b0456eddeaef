import type { SeedItem } from "../seedItem";

/** Help with work (就业帮扶). All of it names people in hardship, or mothers of small children, without saying who counts. */
export const WORK_ITEMS: Readonly<Record<string, SeedItem>> = {
  SS057: {
    nameEn: "Jobs suggested to you, with company to the interview",
    situations: ["work", "hardship"],
    audiences: ["worker", "low_income"],
    papers: ["身份证"],
    howToApply: "打电话或者到镇街社工站（双百社工）说一声，社工帮您找合适的岗位。",
    rule: "ask",
  },
  SS058: {
    nameEn: "Short courses for a trade",
    situations: ["work", "hardship", "disability"],
    audiences: ["worker", "low_income", "disabled_person", "carer"],
    papers: ["身份证"],
    rule: "ask",
  },
  SS059: {
    nameEn: "Flexible work from home or nearby",
    situations: ["work", "child", "disability"],
    audiences: ["carer", "woman", "disabled_person", "worker"],
    rule: "ask",
  },
  SS060: {
    nameEn: "Advice and small sums to start a business",
    situations: ["work", "hardship"],
    audiences: ["worker", "low_income"],
    rule: "ask",
  },
  SS061: {
    nameEn: "Charity markets for what you make",
    situations: ["work", "disability", "hardship"],
    audiences: ["disabled_person", "low_income"],
    rule: "ask",
  },
};
