import { folded } from "./signs";

/**
 * Days of papers and births; what is earlier or later is a slip of the finger, such as a year of two digits.
 */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

const DAY = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/;
const MONTH = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})月?$/;

const inWords = (year: number, ...parts: readonly number[]): string =>
  [String(year), ...parts.map((part) => String(part).padStart(2, "0"))].join("-");

/** `YYYY-MM-DD` when such a day was or will be. */
export function realDay(year: number, month: number, date: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isReal && year >= FIRST_YEAR && year <= LAST_YEAR ? inWords(year, month, date) : undefined;
}

const numbers = (pattern: RegExp, typed: string): number[] =>
  (pattern.exec(folded(typed)) ?? []).slice(1).map((part) => Number.parseInt(part, 10));

/**
 * A calendar day, `YYYY-MM-DD`, as a date field sends it or as it is typed where there is none (`2026/2/3`,
 * `2026年2月3日`, full width). Undefined for days that are none (2026-02-30) and for years before 1900 or
 * after 2199 (0026). It never throws.
 */
export function readDay(typed: string): string | undefined {
  const [year, month, date] = numbers(DAY, typed);
  return year === undefined || month === undefined || date === undefined
    ? undefined
    : realDay(year, month, date);
}

/** A month, `YYYY-MM`, typed in the same ways; undefined for what is none, and before 1900 or after 2199. */
export function readMonth(typed: string): string | undefined {
  const [year, month] = numbers(MONTH, typed);
  if (year === undefined || month === undefined) return undefined;
  return realDay(year, month, 1)?.slice(0, 7);
}
