import type { TextMessage } from "~/domain/kernel/ports";
import { type Locale, LOCALES } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";

const isLocale = (text: string): text is Locale => LOCALES.some((locale) => locale === text);

/** The words of a text message in its reader's language. */
export function wordsOfText({
  locale,
  template,
  data,
}: Pick<TextMessage, "locale" | "template" | "data">): string {
  const t = serverT(isLocale(locale) ? locale : "zh-Hans", ["push"]);
  return t(`push.text_${template}`, data);
}
