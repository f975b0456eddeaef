import { DomainError } from "./errors";

const HOUR_MS = 3_600_000;
/** China has kept UTC+8 without summer time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

export const plusSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1_000);
export const plusMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
export const plusHours = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);
export const plusDays = (at: Date, days: number): Date => plusHours(at, days * 24);

/** The minute that a moment lies in, as forms tell it. */
export const startOfMinute = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000);

/**
 * The moment as many working days later, at the same time of day: Monday to Friday in Asia/Shanghai. Holidays
 * are not known here.
 */
export function plusWorkingDays(at: Date, days: number): Date {
  let moment = at;

  for (let left = days; left > 0;) {
    moment = plusDays(moment, 1);
    const weekday = new Date(moment.getTime() + SHANGHAI_OFFSET_MS).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }

  return moment;
}

/** The accounting date: the calendar day in Asia/Shanghai, as `YYYY-MM-DD`. */
export const shanghaiDay = (at: Date): string =>
  new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** The first second of a calendar day in Asia/Shanghai. */
export const startOfDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

/** The last second of a calendar day in Asia/Shanghai. */
export const endOfDay = (day: string): Date => new Date(`${day}T23:59:59+08:00`);

/** The calendar day so many days after that one. */
export const dayPlus = (day: string, days: number): string => shanghaiDay(plusDays(endOfDay(day), days));

/** Whether a dated row is in force: from inclusive, to exclusive; no end means still in force. */
export const inForce = (row: { validFrom: Date; validTo: Date | null }, at: Date): boolean =>
  row.validFrom <= at && (row.validTo === null || at < row.validTo);

/**
 * When something was done in the world: as told, else now; never later than now.
 * @throws {DomainError} IN_THE_FUTURE
 */
export function occurred(now: Date, told: Date | undefined): Date {
  if (told === undefined) return now;
  if (told > now) throw new DomainError("IN_THE_FUTURE");
  return told;
}
