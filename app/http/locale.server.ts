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

/** The home page in the language that its reader chose last, where they ask for that of another. */
export function chosenHome(request: Request): string | undefined {
  const chosen = localeOfSegment(readLanguage(request) || undefined);
  const isHome = new URL(request.url).pathname === "/";
  return isHome && chosen !== undefined && chosen !== "zh-Hans" ? localePrefix(chosen) : undefined;
}

/**
 * Where somebody who types the bare address wants to arrive. Any other address, and any link, is taken as it
 * stands; a browser that does not say that it was typed is left alone.
 */
export const rememberedHome = (request: Request): string | undefined =>
  request.headers.get("sec-fetch-site") === "none" ? chosenHome(request) : undefined;
