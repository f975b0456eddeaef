import { expect, test } from "vitest";
import { namesIn } from "~/domain/kernel/own";
import type { Parameters } from "~/domain/rules/evaluate";
import { type FactName, FACTS } from "~/domain/rules/facts";
import { isChoice, isYesNo } from "~/domain/rules/kindOf";
import { COMPARISONS, type Leaf, type Rule } from "~/domain/rules/rule";
import { LeafShape } from "~/domain/rules/ruleShape";
import { leafWords, ruleWords } from "~/domain/rules/ruleWords";
import { type Locale, LOCALES } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";

const PARAMETERS: Parameters = {
  dibao_standard_fen: 120_100,
  dibao_margin_percent: 150,
  classified_supplement_percent: 40,
  old_age_years: 60,
  very_old_age_years: 80,
};
const sayIn = (locale: Locale) => ({ t: serverT(locale, ["facts"]), locale, parameters: PARAMETERS });
const zh = (rule: Rule) => ruleWords(rule, sayIn("zh-Hans"));

const old = { fact: "ageYears", compare: "at_least", to: { parameter: "old_age_years" } } as const;
const severe = { fact: "disabilityGrade", in: ["grade_1", "grade_2"] } as const;

test("what is asked of one person reads as said of that person, and several things of the same person stay together", () => {
  expect(zh({ some: old })).toBe("家里有人年满 60 岁");
  expect(zh({ some: { any: [old, severe] } })).toBe("家里有这样的人：年满 60 岁，或者有一级或二级残疾证");
  expect(zh({ all: [{ fact: "livesAlone", is: true }, { some: { any: [old, severe] } }] })).toBe(
    "一个人住，并且家里有这样的人（年满 60 岁，或者有一级或二级残疾证）",
  );
  expect(ruleWords({ some: { all: [old, severe] } }, sayIn("en"))).toBe(
    "somebody at home: aged 60 or over, and with a disability certificate (grade 1 or grade 2)",
  );
});

test("words of one fact are listed, all of them together have one name, and none of them stands alone", () => {
  expect(zh({ fact: "status", in: ["dibao", "tekun", "dibao_margin"] })).toBe(
    "家庭被认定为低保、特困或低保边缘",
  );
  expect(zh({ some: { fact: "disabilityGrade", in: ["grade_1", "grade_2", "grade_3", "grade_4"] } })).toBe(
    "家里有人有残疾证",
  );
  expect(zh({ some: { fact: "insurance", in: ["resident", "none"] } })).toBe(
    "家里有人参加居民保险或没有参保",
  );
  expect(zh({ not: { fact: "status", in: ["dibao"] } })).toBe("没有这种情况：家庭被认定为低保");
});

/** Every comparison that can be written of a fact. */
function leavesOfFact(fact: FactName): Leaf[] {
  if (isYesNo(fact)) return [true, false].map((is) => LeafShape.parse({ fact, is }));
  if (!isChoice(fact)) return COMPARISONS.map((compare) => ({ fact, compare, to: 1 }));
  const { words } = FACTS[fact];
  return [...words.map((word) => [word]), words].map((some) => LeafShape.parse({ fact, in: some }));
}

test("every comparison of every fact has its words in every language, said and denied", () => {
  const leaves = namesIn(FACTS).flatMap(leavesOfFact);
  expect(leaves.length).toBeGreaterThan(100);
  for (const locale of LOCALES) {
    for (const leaf of leaves) {
      for (const negated of [false, true]) {
        const words = leafWords(leaf, sayIn(locale), negated);
        expect(words, `${locale} ${JSON.stringify(leaf)}`).not.toMatch(/facts\.|[{}]|^$/);
      }
    }
  }
});
