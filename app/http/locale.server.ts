import { localeOfSegment, type Locale } from "~/i18n/locales";

/** The locale of the URL. @throws 404 when the first segment names no language */
export function localeFrom(params: Readonly<Record<string, string | undefined>>): Locale {
  const locale = localeOfSegment(params["lang"]);
  if (locale === undefined) throw new Response(null, { status: 404 });
  return locale;
}
