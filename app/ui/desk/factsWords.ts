import { unitOf, type Facts, type Span } from "~/domain/rules/facts";
import { clauses, money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";

type Known = Readonly<Record<string, boolean | string | Span | null | undefined>>;

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
  return Object.entries(known).flatMap(([fact, value]) => {
    if (value === null || value === undefined) return [];
    const what = t(`facts.${fact}` as MessageKey);
    if (typeof value === "boolean") return [value ? what : t("facts.isNot", { what })];
    if (typeof value === "string")
      return [t("ruleDesk.factsAre", { what, value: t(`facts.${fact}_${value}` as MessageKey) })];
    return [t("ruleDesk.factsAre", { what, value: spanWords(fact, value, t, locale) })];
  });
}

function spanWords(fact: string, { min, max }: Span, t: Translate, locale: Locale): string {
  const one = (value: number | null) => {
    if (value === null) return "…";
    const unit = unitOf(fact);
    return unit === "fen" ? money(locale, BigInt(value)) : t(`desk.${unit}`, { n: value });
  };

  return min === max ? one(min) : `${one(min)} – ${one(max)}`;
}
