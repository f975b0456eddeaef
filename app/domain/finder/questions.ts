import type { Span } from "~/domain/rules/facts";
import { FACT_VALUES } from "~db/schema/factVocabulary";

/** What was ticked or typed, by field; a field that is missing was not answered. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** `people` is ticked like `many`, and each tick may have a number beside it, kept under `countOf` it. */
type FieldKind = "one" | "many" | "years" | "yuan" | "people";
export type Field = Readonly<{
  name: string;
  kind: FieldKind;
  options: readonly string[];
  /** What it settles. */ facts: readonly string[];
}>;
export type Question = Readonly<{
  id: string;
  fields: readonly Field[];
  /** What it settles, each fact in one question only. */ facts: readonly string[];
}>;

/** The choice that says of all others that they are not so. */
export const NONE = "none";

const one = (name: string, options: readonly string[], facts: readonly string[] = [name]): Field => ({
  name,
  kind: "one",
  options,
  facts,
});
const many = (name: string, options: readonly string[], facts: readonly string[]): Field => ({
  name,
  kind: "many",
  options: [...options, NONE],
  facts,
});

/** Who else may live there, each with the ages it stands for. */
export const OTHERS: Readonly<Record<string, Span>> = {
  under_6: { min: 0, max: 5 },
  "6_to_15": { min: 6, max: 15 },
  "16_to_17": { min: 16, max: 17 },
  "18_to_59": { min: 18, max: 59 },
  "60_to_79": { min: 60, max: 79 },
  "80_up": { min: 80, max: null },
};
/** How many of them: the last stands for itself and more. */
export const COUNTS = ["1", "2", "3", "4", "5"] as const;
export const MOST_COUNTED = COUNTS.length;
export const countOf = (band: string): string => `${band}_count`;

export const HEALTH = ["seriousIllness", "chronicIllness", "mentalIllness", "tuberculosis"] as const;
export const LIFE_EVENTS = [
  "homeShort",
  "homeUnsafe",
  "suddenHardship",
  "disasterHit",
  "highMedicalCost",
  "noneEmployed",
  "singleParent",
  "onlyChildLost",
] as const;
export const MORE_FACTS = ["caresForSomeone", "noSupporter", "ruralFamilyPlanning"] as const;
const MORE = [
  "caresForSomeone",
  "noSupporter",
  "pregnant",
  "planning",
  "veteran",
  "preferential",
  "ruralFamilyPlanning",
] as const;
const DISABILITY = ["disabilityKind", "disabilityGrade"] as const;

const question = (id: string, ...fields: Field[]): Question => ({
  id,
  fields,
  facts: [...new Set(fields.flatMap((field) => field.facts))],
});

/**
 * The finder's nine questions, in words a child of nine can read. Each may be left out. They ask of the one
 * person who needs help most, and who else lives there; never a name, a number of an identity card, or
 * anything of HIV.
 */
export const QUESTIONS: readonly Question[] = [
  question(
    "age",
    { name: "age", kind: "years", options: [], facts: ["ageYears"] },
    one("sex", FACT_VALUES.sex),
  ),
  question("others", {
    name: "others",
    kind: "people",
    options: [...Object.keys(OTHERS), NONE],
    facts: ["livesAlone", "householdSize"],
  }),
  question("status", one("status", FACT_VALUES.status)),
  question(
    "income",
    { name: "incomeTotal", kind: "yuan", options: [], facts: ["incomeTotalFen", "incomePerHeadFen"] },
    one("income", ["under_standard", "under_margin", "above"], ["incomePerHeadFen"]),
    one("assets", ["yes", "no"], ["assetsWithinLimit"]),
  ),
  question(
    "disability",
    one("disabilityKind", FACT_VALUES.disabilityKind, DISABILITY),
    one("disabilityGrade", FACT_VALUES.disabilityGrade, DISABILITY),
  ),
  question("health", many("health", HEALTH, HEALTH), one("careNeed", FACT_VALUES.careNeed)),
  question("study", one("study", FACT_VALUES.study), one("childSituation", FACT_VALUES.childSituation)),
  question(
    "work",
    one("work", FACT_VALUES.work),
    one("wantsBusiness", ["yes", "no"]),
    one("insurance", FACT_VALUES.insurance),
  ),
  question(
    "home",
    one("registered", ["town", "village", "elsewhere"], ["localRegistered", "rural"]),
    many("events", LIFE_EVENTS, LIFE_EVENTS),
    many("more", MORE, [...MORE_FACTS, "pregnancy", "service"]),
  ),
];

const FIELDS = new Map(QUESTIONS.flatMap(({ fields }) => fields).map((field) => [field.name, field]));

/** The field of a name, if a question has one. */
export const fieldOf = (name: string): Field | undefined => FIELDS.get(name);

/** The names under which a field's answer is kept: its own, and of people the numbers beside the ticks. */
export const namesOf = (field: Field): string[] => [
  field.name,
  ...(field.kind === "people" ? Object.keys(OTHERS).map(countOf) : []),
];

/**
 * The questions (from 1) that would settle some facts, each once, in order; only fields that are not answered
 * yet.
 */
export const questionsOf = (facts: readonly string[], answers: Answers = {}): number[] =>
  QUESTIONS.flatMap(({ fields }, index) =>
    fields.some((field) => isOpen(field, answers) && field.facts.some((fact) => facts.includes(fact)))
      ? [index + 1]
      : [],
  );

/** Not answered; or people were ticked of whom not every number was said. */
function isOpen(field: Field, answers: Answers): boolean {
  const given = answers[field.name];
  if (given === undefined || field.kind !== "people") return given === undefined;
  return given.some((band) => band !== NONE && countedOf(band, answers) === undefined);
}

/** How many of that age live there; undefined where no number was said, or "so many and more". */
export function countedOf(band: string, answers: Answers): number | undefined {
  const said = answers[countOf(band)]?.[0];
  const number = COUNTS.findIndex((count) => count === said) + 1;
  return number > 0 && number < MOST_COUNTED ? number : undefined;
}
