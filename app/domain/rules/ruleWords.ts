import { money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";
import { amountOf, type Parameters } from "./evaluate";
import { type ChoiceFact, FACTS, unitOf, type WordOf } from "./facts";
import type { AnyRule, Leaf, LeafOf } from "./rule";

type Say = Readonly<{ t: Translate; locale: Locale; parameters: Parameters }>;

/**
 * A rule, or the part of one that matters, as a sentence in the reader's language; `facts` words must travel
 * with the page.
 */
export function ruleWords(rule: AnyRule, say: Say, inside = false): string {
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
function someWords(rule: AnyRule, say: Say, inside: boolean): string {
  const what = ruleWords(rule, say, false);
  if ("fact" in rule) return say.t("facts.some", { what });
  return say.t(inside ? "facts.somebodyInside" : "facts.somebody", { what });
}

function join(parts: readonly AnyRule[], by: "facts.and" | "facts.or", say: Say, inside: boolean): string {
  const sentence = parts.map((part) => ruleWords(part, say, true)).join(say.t(by));
  return inside && parts.length > 1 ? say.t("facts.group", { what: sentence }) : sentence;
}

/**
 * Facts of which "any word at all" has a name of its own: not four grades of a certificate, but simply a
 * certificate.
 */
const NAMED_AS_A_WHOLE = [
  "disabilityGrade",
  "disabilityKind",
  "study",
] as const satisfies readonly ChoiceFact[];

/** The message of a word that a fact can be. */
export type WordKey = { [F in ChoiceFact]: `facts.${F}_${WordOf<F>}` }[ChoiceFact];

/** TypeScript does not see that a fact and a word of its own belong together; a test finds every message. */
export const wordKey = (fact: ChoiceFact, word: WordOf<ChoiceFact>): WordKey =>
  `facts.${fact}_${word}` as WordKey;

/** One comparison in words: "aged 60 or over", "with a disability certificate (grade 1 or grade 2)". */
export function leafWords(leaf: Leaf, { t, locale, parameters }: Say, negated: boolean): string {
  if ("is" in leaf) {
    const what = t(`facts.${leaf.fact}`);
    return leaf.is === negated ? t("facts.isNot", { what }) : what;
  }

  if ("in" in leaf) {
    const what = choiceWords(leaf, t);
    return negated ? t("facts.isNot", { what }) : what;
  }

  const number = amountOf(leaf.to, parameters);
  const inverse = { at_least: "under", under: "at_least", over: "at_most", at_most: "over" } as const;
  const compare = negated ? inverse[leaf.compare] : leaf.compare;
  const value = unitOf(leaf.fact) === "fen" ? money(locale, BigInt(number)) : number;
  return t(`facts.${leaf.fact}_${compare}`, { value });
}

/** What one of several words says: "none" says it alone, the others within the fact's own phrase. */
function choiceWords({ fact, in: words }: LeafOf<ChoiceFact>, t: Translate): string {
  const name = (word: WordOf<ChoiceFact>) => t(wordKey(fact, word));
  const some = words.filter((word) => word !== "none");
  const whole = NAMED_AS_A_WHOLE.find(
    (named) => named === fact && some.length === FACTS[named].words.length - 1,
  );
  const phrase = whole
    ? [t(`facts.${whole}_any`)]
    : some.length > 0
      ? [t(`facts.${fact}_of`, { words: listed(some.map(name), t) })]
      : [];
  return [...phrase, ...(some.length < words.length ? [name("none")] : [])].join(t("facts.wordOr"));
}

/** "a", "a or b", "a, b or c". */
const listed = (words: readonly string[], t: Translate): string =>
  words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(t("facts.wordComma"))}${t("facts.wordOr")}${words.at(-1) ?? ""}`;
