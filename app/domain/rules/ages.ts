import type { Span } from "./facts";

/** A calendar day as `YYYY-MM-DD`; compared as text. */
export type DayText = string;

const parts = (day: DayText): [year: number, month: number, date: number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)),
  Number(day.slice(8, 10)),
];
const dayOf = (year: number, month: number, date: number): DayText =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
const lastOfMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * The same day so many years earlier; of 29 February in a common year, the 28th. Who was born then or before
 * has completed those years.
 */
export function yearsBefore(day: DayText, years: number): DayText {
  const [year, month, date] = parts(day);
  return dayOf(year - years, month, Math.min(date, lastOfMonth(year - years, month)));
}

/** Completed years on a day (Civil Code 13: counted from the day of birth). */
export function ageOn(born: DayText, day: DayText): number {
  const [year] = parts(born);
  const years = parts(day)[0] - year;
  return born <= yearsBefore(day, years) ? years : years - 1;
}

/** The ages that somebody born between two days may have; unknown bounds stay unknown. */
export const ageSpan = (
  born: { bornFrom: DayText | null; bornTo: DayText | null },
  day: DayText,
): Span | null =>
  born.bornFrom === null && born.bornTo === null
    ? null
    : {
        min: born.bornTo === null ? null : Math.max(0, ageOn(born.bornTo, day)),
        max: born.bornFrom === null ? null : ageOn(born.bornFrom, day),
      };

/** The birth days that somebody of those ages may have on that day. */
export function bornSpan(
  { min, max }: Span,
  day: DayText,
): { bornFrom: DayText | null; bornTo: DayText | null } {
  return {
    bornFrom: max === null ? null : dayAfter(yearsBefore(day, max + 1)),
    bornTo: min === null ? null : yearsBefore(day, min),
  };
}

const dayAfter = (day: DayText): DayText =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The first and last day of a month typed as `YYYY-MM`: a month is enough to screen by. */
export const monthSpan = (month: string): { bornFrom: DayText; bornTo: DayText } => {
  const [year, number] = parts(`${month}-01`);
  return { bornFrom: `${month}-01`, bornTo: dayOf(year, number, lastOfMonth(year, number)) };
};
