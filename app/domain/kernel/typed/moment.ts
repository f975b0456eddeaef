import { z } from "zod";
import { say } from "~/i18n/messages";
import { readDay } from "./day";
import { folded } from "./signs";

/**
 * The portal keeps no moment before this one: a year of two digits, as some browsers send it, is none. Tables
 * check it too.
 */
export const EARLIEST_MOMENT = new Date("2000-01-01T00:00:00+08:00");

const MOMENT =
  /^(?<day>\S+?)(?:T|\s+|(?<=日))(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?$/i;

/**
 * A moment in Asia/Shanghai to the minute, as a field of day and time sends it (`2026-03-02T10:00`) or as it
 * is typed where there is none (`2026/3/2 10:00`). Undefined for what never was or will be (31 February,
 * 24:00, 99:99) and for years before 2000 or after 2199 (`0026-…`). Whether it may lie in the future, before
 * the step before it or long ago is said by whoever records it (`happenedAt`). It never throws.
 */
export function readMoment(typed: string): Date | undefined {
  const { day: typedDay, hour, minute, second = "00" } = MOMENT.exec(folded(typed))?.groups ?? {};
  const day = readDay(typedDay ?? "");
  if (day === undefined || hour === undefined || minute === undefined) return undefined;
  const time = `${hour.padStart(2, "0")}:${minute}:${second}`;
  if (time > "23:59:59" || minute > "59" || second > "59") return undefined;
  const at = new Date(`${day}T${time.slice(0, 5)}:00+08:00`);
  return at >= EARLIEST_MOMENT ? at : undefined;
}

/**
 * A moment that a form sends. Errors: `common.pleaseDate` for nothing, `common.momentWrong` for what is no
 * real moment since 2000.
 */
export const Moment = z.string({ error: say("common.pleaseDate") }).transform((typed, issues) => {
  const at = readMoment(typed);
  if (at !== undefined) return at;
  issues.addIssue({
    code: "custom",
    message: folded(typed) === "" ? say("common.pleaseDate") : say("common.momentWrong"),
  });

  return z.NEVER;
});
