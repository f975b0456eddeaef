import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarOf, type DayEntry } from "~/http/calendar.server";

const ENTRY: DayEntry = {
  uid: "01a00000-0000-7000-8000-000000000000@portal.test",
  version: 3,
  day: "2026-02-28",
  stampedAt: new Date("2026-02-20T01:02:03.456Z"),
  title: "联合交接日 · 捐赠 G1234567",
  place: "石岐街道服务点, 演示路 1 号; 一楼",
  details: "请带上捐赠编号。\n电话：0760-0000-1000",
  url: "http://portal.test/gifts/G1234567",
};

/**
 * As a calendar reads it: lines joined where they were folded, then names, then texts without their escapes.
 */
function read(file: string): Map<string, string> {
  const lines = file.replace(/\r\n /g, "").split("\r\n");
  return new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")),
      line
        .slice(line.indexOf(":") + 1)
        .replace(/\\(n|.)/g, (_whole, sign: string) => (sign === "n" ? "\n" : sign)),
    ]),
  );
}

test("a joint day is a whole day: it ends with the next one, also at the end of a month, and a calendar that knows it can replace it", () => {
  const file = calendarOf(ENTRY);
  expect(file.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")).toBe(true);
  expect(file.endsWith("END:VEVENT\r\nEND:VCALENDAR\r\n")).toBe(true);
  const entry = read(file);
  expect([entry.get("DTSTART;VALUE=DATE"), entry.get("DTEND;VALUE=DATE")]).toEqual(["20260228", "20260301"]);
  expect([entry.get("UID"), entry.get("SEQUENCE"), entry.get("DTSTAMP")]).toEqual([
    ENTRY.uid,
    "3",
    "20260220T010203Z",
  ]);
  expect(file).toContain("LOCATION:石岐街道服务点\\, 演示路 1 号\\; 一楼\r\n");
  expect(file).toContain("\\n电话");
});

test("whatever is written in it: no line is over 75 octets, no character is cut, no line begins that we did not begin, and it reads as it was", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.stringMatching(/^[联合交接日𠮷,;\\\nEND:VEVENT ]{0,120}$/u),
  );
  const names = read(calendarOf(ENTRY));
  fc.assert(
    fc.property(text, text, text, (title, place, details) => {
      const file = calendarOf({ ...ENTRY, title, place, details });
      const lines = file.split("\r\n");
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      expect(Buffer.from(file).toString()).toBe(file);
      const entry = read(file);
      expect([...entry.keys()]).toEqual([...names.keys()]);
      expect([entry.get("SUMMARY"), entry.get("LOCATION"), entry.get("DESCRIPTION")]).toEqual([
        title,
        place,
        details,
      ]);
    }),
    { numRuns: 300, seed: 5545 },
  );
});
