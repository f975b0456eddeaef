import type { Locale } from "./locales";

const ZONE = "Asia/Shanghai";

/**
 * A stored moment that cannot be (a year of two digits that somebody typed long ago) is shown as what it is,
 * and never breaks a page.
 */
const UNKNOWN: Readonly<Record<Locale, string>> = {
  "zh-Hans": "时间不明",
  "zh-Hant": "時間不明",
  en: "unknown",
};
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const isKnown = (at: Date): boolean => at.getTime() >= EARLIEST && at.getTime() < LATEST;
const INTL: Readonly<Record<Locale, string>> = { "zh-Hans": "zh-CN", "zh-Hant": "zh-HK", en: "en-GB" };

const STYLES = {
  day: { year: "numeric", month: "long", day: "numeric" },
  monthDay: { month: "long", day: "numeric" },
  month: { month: "short" },
  weekday: { weekday: "short" },
  moment: { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  momentEn: {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Making a formatter costs a hundred times what using it does, and a page of cards uses dozens.
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<Locale, Intl.NumberFormat>();

function dateFormat(locale: Locale, style: keyof typeof STYLES): Intl.DateTimeFormat {
  const known =
    dates.get(locale + style) ?? new Intl.DateTimeFormat(INTL[locale], { timeZone: ZONE, ...STYLES[style] });
  dates.set(locale + style, known);
  return known;
}

export function count(locale: Locale, amount: number | bigint): string {
  const known = numbers.get(locale) ?? new Intl.NumberFormat(INTL[locale]);
  numbers.set(locale, known);
  return known.format(amount);
}

/** A count that was made no further than one beyond `most`: 12 · 超过 200 · more than 200 */
export function counted(locale: Locale, amount: number, most: number): string {
  if (amount <= most) return count(locale, amount);
  return { "zh-Hans": "超过 ", "zh-Hant": "超過 ", en: "more than " }[locale] + count(locale, most);
}

/** ¥45.00 as ¥45, ¥45.50 with its fen, ¥1,000 in groups. Takes fen. */
export function money(locale: Locale, amountFen: bigint | string): string {
  const fen = BigInt(amountFen);
  const size = fen < 0n ? -fen : fen;
  const rest = size % 100n;
  return `${fen < 0n ? "−" : ""}¥${count(locale, size / 100n)}${rest === 0n ? "" : `.${rest.toString().padStart(2, "0")}`}`;
}

/** 2026年11月5日 · 5 November 2026 */
export const day = (locale: Locale, at: Date): string =>
  isKnown(at) ? dateFormat(locale, "day").format(at) : UNKNOWN[locale];

/** A day that is near, with its day of the week: 12月13日（周日） · 13 December (Sun) */
export const nearDay = (locale: Locale, at: Date): string =>
  isKnown(at)
    ? dateFormat(locale, "monthDay").format(at) + aside(locale, dateFormat(locale, "weekday").format(at))
    : UNKNOWN[locale];

/** A calendar day, `YYYY-MM-DD`, as a moment of it, wherever the reader is. */
const noonOf = (calendar: string): Date => new Date(`${calendar}T12:00:00+08:00`);

/** The same for calendar days. */
export const calendarDay = (locale: Locale, of: string): string => day(locale, noonOf(of));
export const nearCalendarDay = (locale: Locale, of: string): string => nearDay(locale, noonOf(of));

/** 11月5日 14:30 · 5 Nov 2026, 14:30 */
export const moment = (locale: Locale, at: Date): string =>
  isKnown(at) ? dateFormat(locale, locale === "en" ? "momentEn" : "moment").format(at) : UNKNOWN[locale];

/** The same for files that machines read: ISO 8601 in UTC, or `unknown`. */
export const isoMoment = (at: Date): string => (isKnown(at) ? at.toISOString() : UNKNOWN.en);

/** A month of the year, from 1: 11月 · Nov */
export const monthName = (locale: Locale, month: number): string =>
  dateFormat(locale, "month").format(new Date(Date.UTC(2001, month - 1, 15)));

/** Words one after the other: 甲、乙 · one, two */
export const list = (locale: Locale, words: readonly string[]): string =>
  words.join(locale === "en" ? ", " : "、");

/** Lists one after the other: 甲、乙；丙 · one, two; three */
export const clauses = (locale: Locale, words: readonly string[]): string =>
  words.join(locale === "en" ? "; " : "；");

/** A remark behind words: 要问的（3） · to ask (3) */
export const aside = (locale: Locale, words: string): string =>
  locale === "en" ? ` (${words})` : `（${words}）`;

/** What stands between a label and its value: 原因：太远 · Reason: too far */
export const colon = (locale: Locale): string => (locale === "en" ? ": " : "：");

const DASH: Readonly<Record<Locale, string>> = { "zh-Hans": "至", "zh-Hant": "至", en: " to " };

/** The same hours on one day of the week or on several that follow each other; Monday is 1, Sunday 7. */
export type HoursOfDays = Readonly<{ firstDay: number; lastDay: number; opens: string; closes: string }>;

/** 周一至周五 8:30–17:30 · Monday to Friday, 8:30–17:30 */
export const weekHours = (locale: Locale, hours: readonly HoursOfDays[]): string =>
  clauses(
    locale,
    hours.map(({ firstDay, lastDay, opens, closes }) => {
      const days = [...new Set([firstDay, lastDay])].map((weekday) => dayOfWeek(locale, weekday));
      return `${days.join(DASH[locale])}${locale === "en" ? ", " : " "}${opens}–${closes}`;
    }),
  );

/** The name of a day of the week, of which Monday is the first: 周一 · Monday */
const dayOfWeek = (locale: Locale, weekday: number): string =>
  new Intl.DateTimeFormat(INTL[locale], {
    timeZone: "UTC",
    weekday: locale === "en" ? "long" : "short",
  }).format(Date.UTC(2024, 0, weekday));

/** Whole days between then and now, never below zero. */
export const daysSince = (then: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - then.getTime()) / 86_400_000) || 0);

/**
 * `YYYY-MM-DDTHH:mm` in Asia/Shanghai, as a datetime-local field wants it; empty for a moment that cannot be.
 */
export const localInput = (at: Date): string =>
  isKnown(at) ? new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16) : "";
