import { incomeLines } from "~/domain/finder/answeredFacts";
import { MORE_FACTS } from "~/domain/finder/questions";
import type { Parameters } from "~/domain/rules/evaluate";
import { money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";

/** Words that a choice shares with the facts it stands for; the rest are the finder's own. */
const OWN_WORDS = new Set(["others", "income", "assets", "registered", "more", "wantsBusiness"]);
const PLAIN_FACTS = new Set(["health", "events"]);

/** A choice of a question in the reader's language. */
export function answerWords(
  field: string,
  option: string,
  { t, locale, parameters }: { t: Translate; locale: Locale; parameters: Parameters },
): string {
  if (field === "age" || field === "incomeTotal") return option;
  if (option === "none" && (PLAIN_FACTS.has(field) || OWN_WORDS.has(field)))
    return t(`finder.${field}_none` as MessageKey);
  if (PLAIN_FACTS.has(field) || MORE_FACTS.some((fact) => fact === option))
    return t(`facts.${option}` as MessageKey);
  if (!OWN_WORDS.has(field)) return t(`facts.${field}_${option}` as MessageKey);
  const { standardFen, marginFen } = incomeLines(parameters);
  return t(`finder.${field}_${option}` as MessageKey, {
    standard: money(locale, BigInt(standardFen)),
    margin: money(locale, BigInt(marginFen)),
  });
}
