import { expect, test } from "vitest";
import { amountOf, evaluateRule, type Parameters } from "~/domain/rules/evaluate";
import type { Span } from "~/domain/rules/facts";
import { type Comparison, leavesOf } from "~/domain/rules/rule";
import { RuleBody } from "~/domain/rules/ruleShape";
import { runCases, verdictOf } from "~/domain/rules/screen";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";
import { GOVERNMENT_ITEMS } from "~db/seed/data/rules/government";
import { SOCIAL_ITEMS } from "~db/seed/data/rules/social";
import { SEEDED_VALUES, seededCases } from "~db/seed/lists";
import { cell, readSeed } from "~db/seed/rows";

const PARAMETERS: Parameters = {
  dibao_standard_fen: 120_100,
  dibao_margin_percent: 150,
  classified_supplement_percent: 40,
  old_age_years: 60,
  very_old_age_years: 80,
};
const SEEDED = Object.entries({ ...GOVERNMENT_ITEMS, ...SOCIAL_ITEMS });

const bodyOf = (item: (typeof SEEDED)[number][1]) =>
  RuleBody.parse(
    typeof item.rule === "string"
      ? { kind: item.rule }
      : { kind: "rule", rule: item.rule, amount: item.amount, cases: seededCases(item) },
  );

/** The dated values that the seed puts in force on a day; every seeded case names one. */
function valuesOn(day: string | undefined): Parameters {
  if (day === undefined) throw new Error("a seeded case without its day");
  return Object.fromEntries(
    SEEDED_VALUES.filter(([, , from]) => from <= day).map(([code, value]) => [code, value]),
  ) as Parameters;
}

test("every entry of both lists has its names, occasions and audiences, and says whether a rule, everyone or asking decides", async () => {
  const codes = [...(await readSeed("gov-welfare.csv")), ...(await readSeed("social-services.csv"))].map(
    (row) => cell(row, "code"),
  );
  expect(Object.keys({ ...GOVERNMENT_ITEMS, ...SOCIAL_ITEMS }).sort()).toEqual(codes.sort());
  for (const [code, item] of SEEDED) {
    expect(item.nameEn, code).not.toMatch(/[一-鿿]/);
    expect(item.nameEn.length, code).toBeLessThan(90);
    expect(item.situations.length, code).toBeGreaterThan(0);
    expect(item.audiences.length, code).toBeGreaterThan(0);
    for (const situation of item.situations) expect(LIFE_SITUATIONS, code).toContain(situation);
    for (const audience of item.audiences) expect(AUDIENCES, code).toContain(audience);
  }
});

test("every seeded rule is well formed, and its case book passes and has a likely and a not", () => {
  let rules = 0;
  for (const [code, item] of SEEDED) {
    const body = bodyOf(item);
    if (body.kind !== "rule") {
      expect(item.cases ?? [], code).toEqual([]);
      continue;
    }

    rules += 1;
    const { results, passed } = runCases(body.rule, body.cases, valuesOn);
    expect(
      results.filter((result) => !result.passed),
      code,
    ).toEqual([]);
    expect(passed, code).toBe(true);
    expect(new Set(body.cases.map(({ name }) => name)).size, code).toBe(body.cases.length);
  }

  expect(rules).toBeGreaterThan(80);
  expect(valuesOn("2023-01-01")).toEqual(PARAMETERS);
});

test("nothing known is never a no, and a rule on several facts has a case in which one is missing", () => {
  for (const [code, item] of SEEDED) {
    const body = bodyOf(item);
    if (body.kind !== "rule") continue;
    expect(
      verdictOf(evaluateRule(body.rule, { household: {}, members: [], membersComplete: false }, PARAMETERS)),
      code,
    ).toBe("maybe");
    const facts = new Set(leavesOf(body.rule).map(({ leaf }) => leaf.fact));
    if (facts.size > 1)
      expect(
        body.cases.map(({ expect: verdict }) => verdict),
        code,
      ).toContain("maybe");
  }
});

/** The last value on one side of a limit and the first on the other. */
const aroundLimit = (compare: Comparison, limit: number) => [
  limit,
  compare === "at_least" || compare === "under" ? limit - 1 : limit + 1,
];

test("every number a rule compares with has a case exactly at the limit and one just past it", () => {
  for (const [code, item] of SEEDED) {
    const body = bodyOf(item);
    if (body.kind !== "rule") continue;
    for (const { leaf, ofMember } of leavesOf(body.rule)) {
      if (!("compare" in leaf)) continue;
      const known = body.cases.flatMap(({ facts }): readonly object[] =>
        ofMember ? facts.members : [facts.household],
      );
      const values = known.map(
        (one) => (one as Readonly<Record<string, Span | null | undefined>>)[leaf.fact],
      );
      for (const value of aroundLimit(leaf.compare, amountOf(leaf.to, PARAMETERS))) {
        expect(
          values.some((span) => span?.min === value && span.max === value),
          `${code}: a case with ${leaf.fact} ${value}`,
        ).toBe(true);
      }
    }
  }
});
