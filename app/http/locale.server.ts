import { type Locale, localeOfSegment, localePrefix } from "~/i18n/locales";
import { readLanguage } from "./preferences.server";

/** The locale of the URL. @throws 404 when the first segment names no language */
export function localeFrom(params: Readonly<Record<string, string | undefined>>): Locale {
  const locale = localeOfSegment(params["lang"]);
  if (locale === undefined) throw new Response(null, { status: 404 });
  return locale;
}

/** The language of an address. */
export const localeOfPath = (pathname: string): Locale =>
  localeOfSegment(pathname.split("/")[1]) ?? "zh-Hans";

/**
 * Whether the reader just came from the same house in another language: only such a switch by hand is
 * remembered.
 */
export function switchedByHand(request: Request, locale: Locale): boolean {
  const referer = request.headers.get("referer");
  if (!referer || !URL.canParse(referer)) return false;
  const from = new URL(referer);
  return from.host === new URL(request.url).host && localeOfPath(from.pathname) !== locale;
}

/**
 * Where somebody who types the bare address wants to arrive: the home page in the language that they chose
 * last. Any other address, and any link, is taken as it stands; a browser that does not say that it was typed
 * is left alone.
 */
export function rememberedHome(request: Request): string | undefined {
  const typed = request.headers.get("sec-fetch-site") === "none" && new URL(request.url).pathname === "/";
  const chosen = localeOfSegment(readLanguage(request) || undefined);
  return typed && chosen !== undefined && chosen !== "zh-Hans" ? localePrefix(chosen) : undefined;
}
