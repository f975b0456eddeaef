import { z } from "zod";
import { startOfDay } from "~/domain/kernel/time";
import { say } from "~/i18n/messages";
import { readDay, readMonth, realDay } from "./readDay";
import { folded } from "./signs";

// The readers stand apart, so that a page that reads in the browser does not carry the schemas.
export { readDay, readMonth, realDay };

/**
 * A day that a form sends. Errors: `common.pleaseDay` for nothing, `common.dayWrong` for what is no real day
 * of 1900 to 2199.
 */
export const CalendarDay = z.string({ error: say("common.pleaseDay") }).transform((typed, issues) => {
  const day = readDay(typed);
  if (day !== undefined) return day;
  issues.addIssue({
    code: "custom",
    message: folded(typed) === "" ? say("common.pleaseDay") : say("common.dayWrong"),
  });

  return z.NEVER;
});

/** The same as the moment at which that day begins in Asia/Shanghai. */
export const DayBegins = CalendarDay.transform(startOfDay);
