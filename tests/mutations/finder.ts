import type { Mutation } from "./mutation";

const finder = "tests/unit/finder/finder.test.ts";
const seeded = "tests/unit/rules/seededRules.test.ts";

/** Faults in what the finder counts, reads and asks, and in the rules by which it answers. */
export const FINDER: readonly Mutation[] = [
  {
    name: "ages are counted, not people",
    file: "app/domain/finder/answeredFacts.ts",
    from: `Math.max(1, COUNTS.findIndex((count) => count === answers[countOf(band)]?.[0]) + 1)`,
    to: `(answers[countOf(band)] ? 1 : 1)`,
    test: finder,
  },
  {
    name: "people who were not counted are all of them",
    file: "app/domain/finder/answeredFacts.ts",
    from: `ticks.every((band) => countedOf(band, answers) !== undefined)`,
    to: `ticks.every((band) => band !== "")`,
    test: finder,
  },
  {
    name: "none stands beside the others",
    file: "app/domain/finder/readAnswers.ts",
    from: `if (options.length > 1 && options.includes(NONE)) drop(name, NONE)`,
    to: `if (options.length > 9 && options.includes(NONE)) drop(name, NONE)`,
    test: finder,
  },
  {
    name: "what cannot be read is dropped in silence",
    file: "app/domain/finder/readAnswers.ts",
    from: `if (value === undefined) unread[name] = [message];`,
    to: `if (value === undefined) return;`,
    test: finder,
  },
  {
    name: "a question that decides nothing is asked",
    file: "app/domain/finder/openFacts.ts",
    from: `if (evaluateRule(rule, facts, parameters) !== null || "ask" in rule) return;`,
    to: `if ("ask" in rule) return;`,
    test: finder,
  },
  {
    name: "income for each is not derived",
    file: "app/domain/rules/derived.ts",
    from: `return derived && (isWhole || !household.incomePerHeadFen)`,
    to: `return derived && isWhole && household.incomePerHeadFen === null`,
    test: finder,
  },
  {
    name: "a grandparent counts for family planning",
    file: "db/seed/data/rules/government/health.ts",
    from: `{ ageYears: 72, ruralFamilyPlanning: false }`,
    to: `{ ageYears: 72, ruralFamilyPlanning: true }`,
    test: seeded,
  },
  {
    name: "who is recognised proves an income again",
    file: "db/seed/data/rules/government/living.ts",
    from: `rule: { any: [recognisedBelowStandard, { all: [incomeUnderStandard, assetsWithinLimit] }] },`,
    to: `rule: { all: [incomeUnderStandard, assetsWithinLimit] },`,
    test: seeded,
  },
  {
    name: "retired people are insured at work",
    file: "db/seed/data/rules/government/parts.ts",
    from: `, { not: { fact: "work", in: ["retired"] } }`,
    to: ``,
    test: seeded,
  },
];
