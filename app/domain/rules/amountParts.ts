import { type AnyRule, type MemberRule, partsOf, type Rule } from "./rule";

/**
 * A part of a rule that an amount can be said of; `place` is where it stands, as `0.2.1`, and `all` for the
 * whole.
 */
export type Chosen<R> = Readonly<{ place: string; part: R }>;

/**
 * What a rule says of people: whom an amount for each person can be given to. What is said twice is there
 * once.
 */
export const peopleOf = (rule: Rule): readonly Chosen<MemberRule>[] =>
  once(walk(rule).flatMap(({ place, part }) => ("some" in part ? [{ place, part: part.some }] : [])));

/** What a rule says of households, as single conditions and in groups. What is said twice is there once. */
export const familiesOf = (rule: Rule): readonly Chosen<Rule>[] =>
  once(walk(rule).filter(({ part }) => !isOfPeople(part) && !isGroupOfOne(part)));

/**
 * Where a part stands among them; undefined where it does not, since the rule was changed after it was
 * chosen.
 */
export const placeAmong = (chosen: readonly Chosen<AnyRule>[], part: AnyRule): string | undefined =>
  chosen.find((one) => isSame(one.part, part))?.place;

/**
 * Every part that speaks of the household, the whole first; what is inside of a person is not looked into.
 */
function walk(rule: Rule, path: readonly number[] = []): Chosen<Rule>[] {
  const below = "some" in rule ? [] : partsOf(rule).flatMap((part, index) => walk(part, [...path, index]));
  return [{ place: path.join(".") || "all", part: rule }, ...below];
}

const isOfPeople = (rule: AnyRule): boolean => "some" in rule || partsOf(rule).some(isOfPeople);
const isGroupOfOne = (rule: AnyRule): boolean =>
  ("all" in rule || "any" in rule) && partsOf(rule).length === 1;

/** Rules that were read through their shape have their names in one order. */
const isSame = (one: AnyRule, other: AnyRule): boolean => JSON.stringify(one) === JSON.stringify(other);

const once = <R extends AnyRule>(chosen: readonly Chosen<R>[]): Chosen<R>[] =>
  chosen.filter(({ part }, index) => chosen.findIndex((earlier) => isSame(earlier.part, part)) === index);
