import { readWholeNumber } from "~/domain/kernel/typed/readNumber";
import { partAt } from "~/domain/rules/edit";
import { type FactName, HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES } from "~/domain/rules/facts";
import { ASK, type Rule } from "~/domain/rules/rule";

/** What can be done at a place of a draft. */
export const EDITING_STEPS = ["add", "change"] as const;

/** What a part can be about: a fact, or what somebody must be asked in person. */
export type PartSubject = FactName | typeof ASK;

/** The whole rule, in an address. */
const WHOLE = "all";

const pathOf = (place: string): number[] | undefined =>
  place === WHOLE
    ? []
    : /^\d{1,2}(\.\d{1,2})*$/.test(place)
      ? place.split(".").map((step) => readWholeNumber(step) ?? 0)
      : undefined;

const placeOf = (rule: Rule | undefined, place: string) => {
  const path = pathOf(place);
  // A draft without a rule has one place, where the first part is written.
  return path && (rule ? partAt(rule, path) : path.length === 0 ? { ofMember: false } : undefined);
};

/**
 * A place of this rule as its editor's address names it (`all`, `0.2`), as it stands in forms: empty is the
 * whole rule. Undefined where there is none.
 */
export const readPlace = (rule: Rule | undefined, typed: string): string | undefined =>
  placeOf(rule, typed) && (typed === WHOLE ? "" : typed);

/**
 * A fact that a part at this place can be about; undefined for words that are none, and for the household's
 * where one person is spoken of.
 */
export function readFact(rule: Rule | undefined, place: string, typed: string): PartSubject | undefined {
  const { ofMember } = placeOf(rule, place === "" ? WHOLE : place) ?? { ofMember: false };
  const facts: readonly PartSubject[] = ofMember
    ? MEMBER_FACT_NAMES
    : [...HOUSEHOLD_FACT_NAMES, ...MEMBER_FACT_NAMES, ASK];
  return facts.find((fact) => fact === typed);
}
