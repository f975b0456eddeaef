import { readYears } from "~/domain/kernel/typed/wholeNumber";
import { FACT_WORDS } from "~db/schema/factWords";
import { amountOf, type Parameters } from "../rules/evaluate";
import type { Facts, KnownOfHousehold, KnownOfMember, Span } from "../rules/facts";

/** What was ticked or typed, by field; a field that is missing was not answered. */
export type Answers = Readonly<Record<string, readonly string[]>>;

type Field = Readonly<{ name: string; kind: "one" | "many" | "years"; options: readonly string[] }>;
export type Question = Readonly<{ id: string; fields: readonly Field[]; facts: readonly string[] }>;

const one = (name: string, options: readonly string[]): Field => ({ name, kind: "one", options });
const many = (name: string, options: readonly string[]): Field => ({ name, kind: "many", options: [...options, "none"] });

/** Who else may live there, each with the ages it stands for. */
const OTHERS: Readonly<Record<string, Span>> = {
  under_6: { min: 0, max: 5 },
  "6_to_15": { min: 6, max: 15 },
  "16_to_17": { min: 16, max: 17 },
  "18_to_59": { min: 18, max: 59 },
  "60_to_79": { min: 60, max: 79 },
  "80_up": { min: 80, max: null },
};
const HEALTH = ["seriousIllness", "chronicIllness", "mentalIllness", "tuberculosis"] as const;
const EVENTS = ["homeShort", "homeUnsafe", "suddenHardship", "disasterHit", "highMedicalCost", "noneEmployed", "singleParent", "onlyChildLost"] as const;
const MORE = ["caresForSomeone", "noSupporter", "pregnant", "planning", "veteran", "preferential"] as const;

/**
 * The finder's nine questions, in words a child of nine can read. Each may be left out. They ask of the one person who needs
 * help most, and who else lives there; never a name, a number of an identity card, or anything of HIV.
 */
export const QUESTIONS: readonly Question[] = [
  { id: "age", fields: [{ name: "age", kind: "years", options: [] }, one("sex", FACT_WORDS.sex)], facts: ["ageYears", "sex"] },
  { id: "others", fields: [many("others", Object.keys(OTHERS))], facts: ["livesAlone"] },
  { id: "status", fields: [one("status", FACT_WORDS.status)], facts: ["status"] },
  { id: "income", fields: [one("income", ["under_standard", "under_margin", "above"]), one("assets", ["yes", "no"])], facts: ["incomePerHeadFen", "assetsWithinLimit"] },
  {
    id: "disability",
    fields: [one("disabilityGrade", FACT_WORDS.disabilityGrade), one("disabilityKind", FACT_WORDS.disabilityKind)],
    facts: ["disabilityGrade", "disabilityKind"],
  },
  { id: "health", fields: [many("health", HEALTH), one("careNeed", FACT_WORDS.careNeed)], facts: [...HEALTH, "careNeed"] },
  { id: "study", fields: [one("study", FACT_WORDS.study), one("childSituation", FACT_WORDS.childSituation)], facts: ["study", "childSituation"] },
  { id: "work", fields: [one("work", FACT_WORDS.work), one("insurance", FACT_WORDS.insurance)], facts: ["work", "insurance"] },
  {
    id: "home",
    fields: [one("registered", ["town", "village", "elsewhere"]), many("events", EVENTS), many("more", MORE)],
    facts: ["localRegistered", "rural", "ruralFamilyPlanning", ...EVENTS, "caresForSomeone", "noSupporter", "pregnancy", "service"],
  },
];

/** The questions (from 1) that would settle some facts, each once, in order. */
export const questionsOf = (facts: readonly string[]): number[] => QUESTIONS.flatMap((question, index) => (question.facts.some((fact) => facts.includes(fact)) ? [index + 1] : []));

/** Keeps of what came from outside only the fields and words that the questions have. */
export function readAnswers(typed: Iterable<readonly [string, unknown]>): Answers {
  const fields = new Map(QUESTIONS.flatMap((question) => question.fields).map((field) => [field.name, field]));
  const answers: Record<string, string[]> = {};
  for (const [name, value] of typed) {
    const field = fields.get(name);
    if (!field || typeof value !== "string") continue;
    const read = field.kind === "years" ? readYears(value)?.toString() : field.options.find((option) => option === value);
    if (read !== undefined) answers[name] = [...new Set([...(field.kind === "many" ? (answers[name] ?? []) : []), read])];
  }
  return answers;
}

/** The same of answers that were kept as an object: by the browser, sealed, or by a form that came back. */
export function answersFrom(kept: unknown): Answers {
  if (typeof kept !== "object" || kept === null) return {};
  return readAnswers(
    Object.entries(kept).flatMap(([name, values]: [string, unknown]) => (Array.isArray(values) ? values : [values]).map((value: unknown) => [name, value] as const)),
  );
}

/** Each of some words: true when ticked, false when the question was answered without it, unknown when it was left out. */
function ticked<Word extends string>(answer: readonly string[] | undefined, words: readonly Word[]): Partial<Record<Word, boolean>> {
  if (answer === undefined) return {};
  return Object.fromEntries(words.map((word) => [word, answer.includes(word)])) as Record<Word, boolean>;
}

const INCOME: Readonly<Record<string, (standardFen: number, marginFen: number) => Span>> = {
  under_standard: (standardFen) => ({ min: 0, max: standardFen - 1 }),
  under_margin: (standardFen, marginFen) => ({ min: standardFen, max: marginFen }),
  above: (_standardFen, marginFen) => ({ min: marginFen + 1, max: null }),
};

/** The two amounts that the question of income speaks of, in fen a month and head. */
export const incomeLines = (parameters: Parameters) => ({
  standardFen: amountOf({ parameter: "dibao_standard_fen" }, parameters),
  marginFen: amountOf({ parameter: "dibao_standard_fen", percent: "dibao_margin_percent" }, parameters),
});

/** What the answers say of the household: nothing that was not answered. */
export function factsFromAnswers(answers: Answers, parameters: Parameters): Facts {
  const chosen = (name: string) => answers[name]?.[0];
  const { standardFen, marginFen } = incomeLines(parameters);
  const income = INCOME[chosen("income") ?? ""]?.(standardFen, marginFen);
  const registered = chosen("registered");
  const more = answers["more"];
  const age = readYears(chosen("age") ?? "");
  const household = {
    status: chosen("status"),
    incomePerHeadFen: income,
    assetsWithinLimit: chosen("assets") === undefined ? undefined : chosen("assets") === "yes",
    ...(registered === undefined ? {} : { localRegistered: registered !== "elsewhere", rural: registered === "elsewhere" ? undefined : registered === "village" }),
    livesAlone: answers["others"] === undefined ? undefined : others(answers).length === 0,
    ...ticked(answers["events"], EVENTS),
  };
  const person = {
    ageYears: age === undefined ? undefined : { min: age, max: age },
    sex: chosen("sex"),
    disabilityGrade: chosen("disabilityGrade"),
    disabilityKind: chosen("disabilityGrade") === "none" ? "none" : chosen("disabilityKind"),
    ...ticked(answers["health"], HEALTH),
    careNeed: chosen("careNeed"),
    study: chosen("study"),
    childSituation: chosen("childSituation"),
    work: chosen("work"),
    insurance: chosen("insurance"),
    ...ticked(more, ["caresForSomeone", "noSupporter"]),
    ...(more === undefined ? {} : { pregnancy: firstOf(more, ["pregnant", "planning"]), service: firstOf(more, ["preferential", "veteran"]) }),
  };
  return {
    household: household as KnownOfHousehold,
    members: [person as KnownOfMember, ...others(answers).map((ageYears) => ({ ageYears }))],
    membersComplete: answers["others"] !== undefined,
  };
}

const others = (answers: Answers): Span[] => (answers["others"] ?? []).flatMap((word) => OTHERS[word] ?? []);

const firstOf = (answer: readonly string[], words: readonly string[]): string => words.find((word) => answer.includes(word)) ?? "none";
