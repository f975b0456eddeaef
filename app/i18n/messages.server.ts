import { en } from "./en/catalogues";
import type { Locale } from "./locales";
import type { Messages, Namespace } from "./messages";
import { makeT, type Translate } from "./translate";
import { zhHans } from "./zh-Hans/catalogues";
import { zhHant } from "./zh-Hant/catalogues";

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<Namespace, Readonly<Record<string, string>>>>>> = {
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
  en,
};

const flattened = new Map<string, Messages>();

/**
 * The messages that a page needs, for its loader to send along. Only these travel: a page pays for its own
 * words.
 */
export function messagesFor(locale: Locale, namespaces: readonly Namespace[]): Messages {
  const key = `${locale} ${namespaces.join(" ")}`;
  const known = flattened.get(key);
  if (known) return known;
  const messages = Object.fromEntries(
    namespaces.flatMap((namespace) =>
      Object.entries(CATALOGUES[locale][namespace]).map(([name, text]) => [`${namespace}.${name}`, text]),
    ),
  );
  flattened.set(key, messages);
  return messages;
}

/** `t` for words that are made on the server: mails, files, page titles. */
export const serverT = (locale: Locale, namespaces: readonly Namespace[]): Translate =>
  makeT(messagesFor(locale, namespaces));
