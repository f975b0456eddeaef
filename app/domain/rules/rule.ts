import type { ParameterCode } from "~db/schema/factWords";

/** A number written down, or a dated parameter, whole or so many percent of it. */
export type Amount =
  number | Readonly<{ parameter: ParameterCode; percent?: number | ParameterCode | undefined }>;

export const COMPARISONS = ["at_least", "over", "at_most", "under"] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Leaf = Readonly<
  | { fact: string; is: boolean }
  | { fact: string; in: readonly string[] }
  | { fact: string; compare: Comparison; to: Amount }
>;

/** What no fact decides and somebody must be asked in person: never a yes, never a no. */
export type Asked = Readonly<{ ask: true }>;

/** The word that a form sends for that, where the name of a fact would stand. */
export const ASK = "ask";

/** Asks of one person: `some` holds where anybody in the household fits. */
export type MemberRule =
  Leaf | Readonly<{ all: readonly MemberRule[] } | { any: readonly MemberRule[] } | { not: MemberRule }>;

/** Who an item is for, as data: checked by zod, three-valued, never code. */
export type Rule =
  | Leaf
  | Asked
  | Readonly<{ all: readonly Rule[] } | { any: readonly Rule[] } | { not: Rule } | { some: MemberRule }>;

export type AnyRule = Rule | MemberRule;

/** The rules that a rule is made of; none for a leaf. */
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
