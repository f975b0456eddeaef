import { PARAMETER_KINDS } from "~/domain/lists/desk/parameterKinds";
import { money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";
import type { ParameterCode } from "~db/schema/factVocabulary";

/** A dated value as people say it: yuan, percent or years. Words are those of `desk`. */
export function valueWords(t: Translate, locale: Locale, code: ParameterCode, value: number): string {
  const kind = PARAMETER_KINDS[code];
  if (kind === "yuan") return money(locale, BigInt(value));
  return kind === "percent" ? `${value}%` : t("desk.years", { n: value });
}
