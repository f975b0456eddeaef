import { FACT_WORDS } from "~db/schema/factWords";
import { money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";
import { amountOf, type Parameters } from "./evaluate";
import { unitOf } from "./facts";
import type { Leaf, MemberRule, Rule } from "./rule";
import { ownOf } from "~/domain/kernel/own";

type Say = Readonly<{ t: Translate; locale: Locale; parameters: Parameters }>;

/**
 * A rule, or the part of one that matters, as a sentence in the reader's language; `facts` words must travel
 * with the page.
 */
export function ruleWords(rule: Rule | MemberRule, say: Say, inside = false): string {
  const { t } = say;
  if ("all" in rule) return join(rule.all, "facts.and", say, inside);
  if ("any" in rule) return join(rule.any, "facts.or", say, inside);
  if ("not" in rule)
    return "fact" in rule.not
      ? leafWords(rule.not, say, true)
      : t("facts.not", { what: ruleWords(rule.not, say, true) });
  if ("some" in rule) return someWords(rule.some, say, inside);
  if ("ask" in rule) return t("facts.ask");
  return leafWords(rule, say, false);
}

/**
 * Says what is asked of one person: straight where it is one thing, set apart where several must be true of
 * the same one.
 */
function someWords(rule: MemberRule, say: Say, inside: boolean): string {
  const what = ruleWords(rule, say, false);
  if ("fact" in rule) return say.t("facts.some", { what });
  return say.t(inside ? "facts.somebodyInside" : "facts.somebody", { what });
}

function join(
  parts: readonly (Rule | MemberRule)[],
  by: "facts.and" | "facts.or",
  say: Say,
  inside: boolean,
): string {
  const sentence = parts.map((part) => ruleWords(part, say, true)).join(say.t(by));
  return inside && parts.length > 1 ? say.t("facts.group", { what: sentence }) : sentence;
}

/**
 * Facts of which "any word at all" has a name of its own: not four grades of a certificate, but simply a
 * certificate.
 */
const NAMED_AS_A_WHOLE: ReadonlySet<string> = new Set(["disabilityGrade", "disabilityKind", "study"]);

/** One comparison in words: "aged 60 or over", "with a disability certificate (grade 1 or grade 2)". */
export function leafWords(leaf: Leaf, { t, locale, parameters }: Say, negated: boolean): string {
  const name = (suffix = "") => t(`facts.${leaf.fact}${suffix}` as MessageKey);
  if ("is" in leaf) return leaf.is === negated ? t("facts.isNot", { what: name() }) : name();
  if ("in" in leaf) {
    const what = choiceWords(leaf.fact, leaf.in, t);
    return negated ? t("facts.isNot", { what }) : what;
  }

  const number = amountOf(leaf.to, parameters);
  const inverse = { at_least: "under", under: "at_least", over: "at_most", at_most: "over" } as const;
  const compare = negated ? inverse[leaf.compare] : leaf.compare;
  const value = unitOf(leaf.fact) === "fen" ? money(locale, BigInt(number)) : number;
  return t(`facts.${leaf.fact}_${compare}` as MessageKey, { value });
}

/** What one of several words says: "none" says it alone, the others within the fact's own phrase. */
function choiceWords(fact: string, words: readonly string[], t: Translate): string {
  const name = (suffix: string) => t(`facts.${fact}_${suffix}` as MessageKey);
  const some = words.filter((word) => word !== "none");
  const all = NAMED_AS_A_WHOLE.has(fact) && some.length === (ownOf(FACT_WORDS, fact)?.length ?? 0) - 1;
  const phrase = all
    ? [name("any")]
    : some.length > 0
      ? [t(`facts.${fact}_of` as MessageKey, { words: listed(some.map(name), t) })]
      : [];
  return [...phrase, ...(words.includes("none") ? [name("none")] : [])].join(t("facts.wordOr"));
}

/** "a", "a or b", "a, b or c". */
const listed = (words: readonly string[], t: Translate): string =>
  words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(t("facts.wordComma"))}${t("facts.wordOr")}${words.at(-1)}`;
