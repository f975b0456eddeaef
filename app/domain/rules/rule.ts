import type { ParameterCode } from "~db/schema/factVocabulary";
import type { ChoiceFact, FactName, HouseholdFact, MemberFact, WordOf, YesNoFact } from "./facts";

/** A number written down, or a dated parameter, whole or so many percent of it. */
export type Amount =
  number | Readonly<{ parameter: ParameterCode; percent?: number | ParameterCode | undefined }>;

export const COMPARISONS = ["at_least", "over", "at_most", "under"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** One comparison of one fact, in the way of its kind; of several facts, one comparison of any of them. */
export type LeafOf<F extends FactName> = F extends YesNoFact
  ? Readonly<{ fact: F; is: boolean }>
  : F extends ChoiceFact
    ? Readonly<{ fact: F; in: readonly WordOf<F>[] }>
    : Readonly<{ fact: F; compare: Comparison; to: Amount }>;

export type HouseholdLeaf = LeafOf<HouseholdFact>;
export type MemberLeaf = LeafOf<MemberFact>;
export type Leaf = HouseholdLeaf | MemberLeaf;

/** What no fact decides and somebody must be asked in person: never a yes, never a no. */
export type ToAsk = Readonly<{ ask: true }>;

/** The word that a form sends for that, where the name of a fact would stand. */
export const ASK = "ask";

/** Asks of one person: `some` holds where anybody in the household fits. */
export type MemberRule =
  | MemberLeaf
  | Readonly<{ all: readonly MemberRule[] } | { any: readonly MemberRule[] } | { not: MemberRule }>;

/** Who an item is for, as data: checked by zod, three-valued, never code. */
export type Rule =
  | HouseholdLeaf
  | ToAsk
  | Readonly<{ all: readonly Rule[] } | { any: readonly Rule[] } | { not: Rule } | { some: MemberRule }>;

/**
 * A rule or a part of one, whomever it speaks of: every `Rule` and every `MemberRule` is one. What an editor
 * puts together may be one and still no rule, where household and person are mixed: RuleShape says.
 */
export type AnyRule =
  | Leaf
  | ToAsk
  | Readonly<
      { all: readonly AnyRule[] } | { any: readonly AnyRule[] } | { not: AnyRule } | { some: AnyRule }
    >;

/** The rules that a rule is made of; none for a leaf. Whatever is no `some` has parts of its own kind. */
export function partsOf(rule: MemberRule): readonly MemberRule[];
export function partsOf(rule: Exclude<Rule, { some: unknown }>): readonly Rule[];
export function partsOf(rule: AnyRule): readonly AnyRule[];
export function partsOf(rule: AnyRule): readonly AnyRule[] {
  if ("all" in rule) return rule.all;
  if ("any" in rule) return rule.any;
  if ("not" in rule) return [rule.not];
  return "some" in rule ? [rule.some] : [];
}

/** Whether a rule can ever have this answer: what must be asked in person can make it neither. */
export function canBe(rule: AnyRule, answer: boolean): boolean {
  if ("ask" in rule) return false;
  if ("fact" in rule) return true;
  if ("not" in rule) return canBe(rule.not, !answer);
  if ("some" in rule) return canBe(rule.some, answer);
  return "all" in rule === answer
    ? partsOf(rule).every((part) => canBe(part, answer))
    : partsOf(rule).some((part) => canBe(part, answer));
}

/** Every leaf of a rule, with whether it speaks of a person. */
export function leavesOf(
  rule: AnyRule,
  ofMember = false,
): readonly Readonly<{ leaf: Leaf; ofMember: boolean }>[] {
  if ("fact" in rule) return [{ leaf: rule, ofMember }];
  return partsOf(rule).flatMap((part) => leavesOf(part, ofMember || "some" in rule));
}
