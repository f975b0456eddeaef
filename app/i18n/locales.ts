export const LOCALES = ["zh-Hans", "zh-Hant", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** What each language calls itself; never translated. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  "zh-Hans": "简体",
  "zh-Hant": "繁體",
  en: "English",
};

/** The same where there is little room. */
export const LOCALE_SIGNS: Readonly<Record<Locale, string>> = { "zh-Hans": "简", "zh-Hant": "繁", en: "EN" };

/** The locale's first URL segment; simplified Chinese stands at the root. */
export const localePrefix = (locale: Locale): string => (locale === "zh-Hans" ? "" : `/${locale}`);

/**
 * The locale that a `:lang` segment names; undefined when it names none. The root language has no segment of
 * its own.
 */
export function localeOfSegment(segment: string | undefined): Locale | undefined {
  if (segment === undefined) return "zh-Hans";
  return segment === "zh-Hant" || segment === "en" ? segment : undefined;
}

/** Picks the name in the reader's language. Names are kept in three forms and never converted. */
export function nameIn(
  locale: Locale,
  names: { nameHans: string; nameHant: string; nameEn: string },
): string {
  return { "zh-Hans": names.nameHans, "zh-Hant": names.nameHant, en: names.nameEn }[locale];
}

/**
 * Chinese words in the reader's script; English readers get the simplified original, marked as Chinese where
 * it is shown.
 */
export const wordsIn = (locale: Locale, hans: string, hant: string): string =>
  locale === "zh-Hant" ? hant : hans;

/**
 * What kind of thing Chinese words are about, to stand before them for who reads English: "Books – ". Nothing
 * for others. The name comes as it stands among the kinds, in small letters.
 */
export const kindBefore = (locale: Locale, kindEn: string | null): string =>
  locale === "en" && kindEn !== null ? `${kindEn.charAt(0).toUpperCase()}${kindEn.slice(1)} – ` : "";

/** The `lang` of a Chinese text on a page of that locale; none where the page's own says it. */
export const langOfWords = (locale: Locale): "zh-Hans" | undefined =>
  locale === "en" ? "zh-Hans" : undefined;
