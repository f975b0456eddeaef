import { format, getFormatDateInfo, isDateFormat, isTextFormat } from "numfmt";

/**
 * Formats that a workbook names by number alone; those that are days or times in Chinese spreadsheets
 * included.
 */
const BUILT_IN: Readonly<Record<number, string>> = {
  ...{
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    49: "@",
  },
  ...Object.fromEntries(
    [14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "yyyy-mm-dd"]),
  ),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, "hh:mm"])),
  22: "yyyy-mm-dd hh:mm",
};

const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets; those of an old Macintosh begin four years and a day later. */
const EPOCH = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Digits beyond which a spreadsheet keeps nothing of a number: the rest of it is made up. */
const MOST_DIGITS = 15;

export type NumberFormat = Readonly<{ id: number; pattern: string | undefined }>;

/**
 * A number of a workbook as its sheet shows it: "1,200.00", "50%", "000123"; days and times as we write them
 * ("2026-11-28", "09:00"), whatever their format. Undefined for one of more digits than a spreadsheet keeps.
 */
export function numberShown(
  value: number,
  { id, pattern }: NumberFormat,
  is1904: boolean,
): string | undefined {
  const shown = pattern ?? BUILT_IN[id];
  if (shown !== undefined && isDateFormat(shown)) return momentShown(value, shown, is1904);
  if (Number.isInteger(value) && String(Math.abs(value)).length > MOST_DIGITS) return undefined;
  if (shown === undefined || shown === "General" || isTextFormat(shown) || /e[+-]/i.test(shown))
    return plain(value);
  try {
    return format(shown, value).trim();
  } catch {
    return plain(value);
  }
}

const plain = (value: number): string => String(Number(value.toPrecision(MOST_DIGITS)));

function momentShown(value: number, pattern: string, is1904: boolean): string {
  const seconds = Math.round(value * 86_400);
  if (/\[h+\]/i.test(pattern)) return clock(seconds, Math.floor(seconds / 3_600));
  const { year, month, day } = getFormatDateInfo(pattern);
  const ofDay = ((seconds % 86_400) + 86_400) % 86_400;
  const time = clock(ofDay, Math.floor(ofDay / 3_600));
  // A time alone is a part of a day, also where the sheet would show it as the day before the first.
  if (!(year || month || day) || Math.abs(value) < 1) return time;
  const date = new Date((is1904 ? EPOCH_1904 : EPOCH) + (seconds - ofDay) * 1_000);
  if (Math.abs(date.getTime()) > DAY_MS * 3_000_000) return plain(value);
  const dayShown = date.toISOString().slice(0, 10);
  return ofDay === 0 ? dayShown : `${dayShown} ${time}`;
}

function clock(seconds: number, hours: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const rest = seconds % 60;
  return `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}${rest === 0 ? "" : `:${two(rest)}`}`;
}
