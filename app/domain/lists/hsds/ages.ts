import { isNameIn } from "~/domain/kernel/own";
import { amountOf, type Parameters } from "~/domain/rules/evaluate";
import type { Leaf, Rule } from "~/domain/rules/rule";

export type AgeBounds = Readonly<{ minimumAge?: number | undefined; maximumAge?: number | undefined }>;

/** The ages that a rule asks for, where that is all it asks of one person; undefined for every other rule. */
export function ageBounds(rule: Rule, parameters: Parameters): AgeBounds | undefined {
  if (!("some" in rule)) return undefined;
  const leaves = "all" in rule.some ? rule.some.all : [rule.some];
  let bounds: AgeBounds = {};

  for (const leaf of leaves) {
    const bound = "fact" in leaf ? ageBound(leaf, parameters) : undefined;
    if (bound === undefined || Object.keys(bound).some((side) => isNameIn(bounds, side))) return undefined;
    bounds = { ...bounds, ...bound };
  }

  return bounds;
}

/** Completed years: under 18 is at most 17. */
function ageBound(leaf: Leaf, parameters: Parameters): AgeBounds | undefined {
  if (leaf.fact !== "ageYears" || !("compare" in leaf)) return undefined;
  const years = amountOf(leaf.to, parameters);

  switch (leaf.compare) {
    case "at_least":
      return { minimumAge: years };
    case "over":
      return { minimumAge: years + 1 };
    case "at_most":
      return { maximumAge: years };
    case "under":
      return { maximumAge: years - 1 };
  }
}

const PATTERNS: readonly (readonly [RegExp, (one: string, other: string) => string])[] = [
  [/(\d{1,3})\s*(?:[-–—~～至到])\s*(\d{1,3})\s*(?:周岁|岁|years)/, (from, to) => `${from}–${to}`],
  [/(?:ages?|aged)\s+(\d{1,3})\s*(?:[-–—~]|to)\s*(\d{1,3})/i, (from, to) => `${from}–${to}`],
  [/(?:年?满)?\s*(\d{1,3})\s*(?:周岁|岁)\s*(?:及以上|以上|起)/, (from) => `≥ ${from}`],
  [/(?:不满|未满)\s*(\d{1,3})\s*(?:周岁|岁)/, (to) => `< ${to}`],
  [/年?满\s*(\d{1,3})\s*(?:周岁|岁)/, (from) => `≥ ${from}`],
  [/(\d{1,3})\s*(?:周岁|岁)\s*(?:及以下|以下)/, (to) => `≤ ${to}`],
  [/(\d{1,3})\s*(?:\+|(?:years\s+)?(?:and|or)\s+(?:over|older|above))/i, (from) => `≥ ${from}`],
  [/(?:under|below)\s+(?:the age of\s+)?(\d{1,3})/i, (to) => `< ${to}`],
];

/** What a text seems to say of ages: a suggestion that a person confirms, never a fact. */
export function agesInText(text: string): string | undefined {
  for (const [pattern, say] of PATTERNS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [, one = "", other = ""] = match;
    return say(one, other);
  }

  return undefined;
}
