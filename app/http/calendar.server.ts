import { dayPlus } from "~/domain/kernel/time";

/**
 * A whole day in somebody's calendar. `uid` and `version` let a calendar that knows it already replace it.
 */
export type DayEntry = Readonly<{
  uid: string;
  version: number;
  day: string;
  stampedAt: Date;
  title: string;
  place: string;
  details: string;
  url: string;
}>;

const MOST_OCTETS = 75;

/** TEXT of RFC 5545 3.3.11. */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|[\r\n]/g, "\\n");

/**
 * A line of at most 75 octets; what is longer goes on in the next one after a space, never in the middle of a
 * character (3.1).
 */
function folded(line: string): string {
  const lines = [""];
  for (const character of line) {
    const last = lines.at(-1) ?? "";
    if (Buffer.byteLength(last + character) <= MOST_OCTETS) lines[lines.length - 1] = last + character;
    else lines.push(` ${character}`);
  }

  return lines.join("\r\n");
}

/** A calendar with one whole day in it (RFC 5545). */
export function calendarOf({ uid, version, day, stampedAt, title, place, details, url }: DayEntry): string {
  const date = (of: string) => of.replaceAll("-", "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Hongxin//Portal//ZH",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `SEQUENCE:${version}`,
    `DTSTAMP:${stampedAt.toISOString().replace(/[-:]|\.\d{3}/g, "")}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(dayPlus(day, 1))}`,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(place)}`,
    `DESCRIPTION:${escaped(details)}`,
    `URL:${url}`,
    "STATUS:CONFIRMED",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** The same as a file to open in a calendar; kept by no cache. */
export const calendarResponse = (fileName: string, entry: DayEntry): Response =>
  new Response(calendarOf(entry), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "private, no-store",
    },
  });
