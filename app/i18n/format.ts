import type { Locale } from "./locales";

const ZONE = "Asia/Shanghai";
const INTL: Readonly<Record<Locale, string>> = { "zh-Hans": "zh-CN", "zh-Hant": "zh-HK", en: "en-GB" };

/** ¥45.00, or ¥1,000 when there are no fen. Takes fen. */
export function money(locale: Locale, amountFen: bigint | string): string {
  const fen = BigInt(amountFen);
  const size = fen < 0n ? -fen : fen;
  const yuan = new Intl.NumberFormat(INTL[locale]).format(size / 100n);
  const rest = size % 100n;
  return `${fen < 0n ? "−" : ""}¥${yuan}${rest === 0n ? "" : `.${rest.toString().padStart(2, "0")}`}`;
}

export const count = (locale: Locale, amount: number | bigint): string => new Intl.NumberFormat(INTL[locale]).format(amount);

const format = (locale: Locale, options: Intl.DateTimeFormatOptions, at: Date): string => new Intl.DateTimeFormat(INTL[locale], { timeZone: ZONE, ...options }).format(at);

/** 2026年11月5日 · 5 November 2026 */
export const day = (locale: Locale, at: Date): string => format(locale, { year: "numeric", month: "long", day: "numeric" }, at);

/** 11月5日 14:30 · 5 Nov, 14:30 */
export const moment = (locale: Locale, at: Date): string =>
  format(locale, { month: locale === "en" ? "short" : "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, at);

/** Whole days between then and now, never below zero. */
export const daysSince = (then: Date, now: Date): number => Math.max(0, Math.floor((now.getTime() - then.getTime()) / 86_400_000));

/** `YYYY-MM-DDTHH:mm` in Asia/Shanghai, as a datetime-local field wants it. */
export const localInput = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
