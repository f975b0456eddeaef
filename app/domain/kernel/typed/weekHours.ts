import { z } from "zod";
import type { HoursOfDays } from "~/i18n/format";

const PART = /^([1-7])(?:-([1-7]))? ([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)$/;

/** Hours such as `1-5 08:30-17:30`; undefined where they cannot be read or end before they begin. */
function partOf(text: string): HoursOfDays | undefined {
  const [, first = "", last = first, fromHour = "", fromMinute = "", toHour = "", toMinute = ""] =
    PART.exec(text.trim()) ?? [];
  const [firstDay, lastDay, from, to] = [first, last, fromHour, toHour].map((digits) =>
    Number.parseInt(digits, 10),
  );
  if (firstDay === undefined || lastDay === undefined || from === undefined || to === undefined)
    return undefined;
  const [opens, closes] = [`${from}:${fromMinute}`, `${to}:${toMinute}`];
  const isInOrder =
    firstDay <= lastDay && (from < to || (from === to && fromMinute.localeCompare(toMinute) < 0));
  return isInOrder ? { firstDay, lastDay, opens, closes } : undefined;
}

/**
 * Weekly hours as a setting has them: days and hours, several separated by commas, such as
 * `1-5 08:30-17:30, 6 09:00-12:00` for Monday to Friday and Saturday.
 */
export const WeekHours = z.string().transform((text, ctx): readonly HoursOfDays[] => {
  const parts = text.split(",").map(partOf);
  const hours = parts.filter((part) => part !== undefined);
  if (hours.length === parts.length) return hours;
  ctx.addIssue("are no hours such as 1-5 08:30-17:30, 6 09:00-12:00 (Monday is 1)");
  return z.NEVER;
});
