import { namesIn } from "~/domain/kernel/own";
import {
  FACTS,
  type Facts,
  type KnownOfHousehold,
  type KnownOfMember,
  type NumberFact,
  type Span,
  unitOf,
} from "~/domain/rules/facts";
import { isChoice, isYesNo } from "~/domain/rules/kindOf";
import { wordKey } from "~/domain/rules/ruleWords";
import { clauses, money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";

type Known = KnownOfHousehold & KnownOfMember;

const FACT_NAMES = namesIn(FACTS);

/**
 * What an example knows, in words: the household first, then each person. Words are those of `desk` and
 * `facts`.
 */
export function factsWords(
  { household, members, membersComplete }: Facts,
  t: Translate,
  locale: Locale,
): string[] {
  const list = (known: Known) => clauses(locale, knownWords(known, t, locale));
  const people = members.map((member, index) =>
    t("ruleDesk.factsAre", {
      what: t("ruleDesk.person", { n: index + 1 }),
      value: list(member) || t("ruleDesk.notKnown"),
    }),
  );
  const all = [list(household), ...people].filter((words) => words !== "");
  return [
    ...(all.length === 0 ? [t("ruleDesk.nothingKnown")] : all),
    ...(membersComplete ? [] : [t("ruleDesk.maybeMore")]),
  ];
}

function knownWords(known: Known, t: Translate, locale: Locale): string[] {
  return FACT_NAMES.flatMap((fact) => {
    const what = t(`facts.${fact}`);
    const are = (value: string) => [t("ruleDesk.factsAre", { what, value })];
    if (isYesNo(fact)) return known[fact] == null ? [] : [known[fact] ? what : t("facts.isNot", { what })];
    if (isChoice(fact)) return known[fact] == null ? [] : are(t(wordKey(fact, known[fact])));
    return known[fact] == null ? [] : are(spanWords(fact, known[fact], t, locale));
  });
}

function spanWords(fact: NumberFact, { min, max }: Span, t: Translate, locale: Locale): string {
  const one = (value: number | null) => {
    if (value === null) return "…";
    const unit = unitOf(fact);
    return unit === "fen" ? money(locale, BigInt(value)) : t(`desk.${unit}`, { n: value });
  };

  return min === max ? one(min) : `${one(min)} – ${one(max)}`;
}
