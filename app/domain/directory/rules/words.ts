import { money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";
import { amountOf, type Parameters } from "./evaluate";
import type { Leaf, MemberRule, Rule } from "./rule";

type Say = Readonly<{ t: Translate; locale: Locale; parameters: Parameters }>;

/** A rule, or the part of one that matters, as a sentence in the reader's language; `facts` words must travel with the page. */
export function ruleWords(rule: Rule | MemberRule, say: Say, inside = false): string {
  const { t } = say;
  if ("all" in rule) return join(rule.all, "facts.and", say, inside);
  if ("any" in rule) return join(rule.any, "facts.or", say, inside);
  if ("not" in rule) return "fact" in rule.not ? leafWords(rule.not, say, true) : t("facts.not", { what: ruleWords(rule.not, say, true) });
  if ("some" in rule) return t("facts.some", { what: ruleWords(rule.some, say, true) });
  return leafWords(rule, say, false);
}

function join(parts: readonly (Rule | MemberRule)[], by: "facts.and" | "facts.or", say: Say, inside: boolean): string {
  const sentence = parts.map((part) => ruleWords(part, say, true)).join(say.t(by));
  return inside && parts.length > 1 ? say.t("facts.group", { what: sentence }) : sentence;
}

/** One comparison in words: "aged 60 or over", "disability certificate: grade 1 or grade 2". */
export function leafWords(leaf: Leaf, { t, locale, parameters }: Say, negated: boolean): string {
  const name = (suffix = "") => t(`facts.${leaf.fact}${suffix}` as MessageKey);
  if ("is" in leaf) return leaf.is === negated ? t("facts.isNot", { what: name() }) : name();
  if ("in" in leaf) {
    const words = leaf.in.map((word) => name(`_${word}`)).join(t("facts.wordOr"));
    return t(negated ? "facts.notOneOf" : "facts.oneOf", { what: name(), words });
  }
  const number = amountOf(leaf.to, parameters);
  const inverse = { at_least: "under", under: "at_least", over: "at_most", at_most: "over" } as const;
  const compare = negated ? inverse[leaf.compare] : leaf.compare;
  const value = leaf.fact === "ageYears" ? number : money(locale, BigInt(number));
  return t(`facts.${leaf.fact}_${compare}` as MessageKey, { value });
}
