import { expect, test } from "vitest";
import {
  calendarDay,
  count,
  counted,
  day,
  daysSince,
  isoMoment,
  localInput,
  moment,
  money,
  weekHours,
} from "~/i18n/format";
import { LOCALES } from "~/i18n/locales";

const at = new Date("2026-11-05T06:30:00Z");

test("money is exact to the fen, grouped, and the same in every language", () => {
  for (const locale of LOCALES) {
    expect(
      [0n, 1n, 99n, 4_500n, 4_550n, 100_000n, 123_456_789n, -4_505n].map((fen) => money(locale, fen)),
    ).toEqual(["¥0", "¥0.01", "¥0.99", "¥45", "¥45.50", "¥1,000", "¥1,234,567.89", "−¥45.05"]);
  }
});

test("an amount beyond what a float can hold loses nothing", () => {
  expect(money("zh-Hans", 9_007_199_254_740_993_07n)).toBe("¥9,007,199,254,740,993.07");
});

test("days and moments are those of Asia/Shanghai, whatever the server's zone", () => {
  expect([day("zh-Hans", at), day("zh-Hant", at), day("en", at)]).toEqual([
    "2026年11月5日",
    "2026年11月5日",
    "5 November 2026",
  ]);
  expect([moment("zh-Hans", at), moment("zh-Hant", at), moment("en", at)]).toEqual([
    "11月5日 14:30",
    "11月5日 14:30",
    "5 Nov 2026, 14:30",
  ]);
  expect(day("zh-Hans", new Date("2026-12-31T16:00:00Z"))).toBe("2027年1月1日");
  expect(localInput(new Date("2026-12-31T16:00:00Z"))).toBe("2027-01-01T00:00");
});

test("waiting is counted in whole days and never below zero", () => {
  expect(daysSince(at, new Date(at.getTime() + 21 * 86_400_000 - 1))).toBe(20);
  expect(daysSince(at, new Date(at.getTime() - 5))).toBe(0);
});

test("large counts are grouped", () => {
  expect(count("zh-Hans", 12_000n)).toBe("12,000");
});

test("a stored moment that cannot be is called unknown, and never breaks a page or a file", () => {
  for (const broken of [new Date(NaN), new Date("0026-11-28T10:00:00Z"), new Date(8.64e15)]) {
    expect(day("zh-Hans", broken)).toBe("时间不明");
    expect(moment("en", broken)).toBe("unknown");
    expect(isoMoment(broken)).toBe("unknown");
    expect(localInput(broken)).toBe("");
  }

  expect(calendarDay("zh-Hant", "0026-13-45")).toBe("時間不明");
  expect(daysSince(new Date(NaN), new Date())).toBe(0);
});

test("a count that was made so far and no further says that there is more", () => {
  expect(counted("zh-Hans", 200, 200)).toBe("200");
  expect(counted("zh-Hans", 1_201, 1_200)).toBe("超过 1,200");
  expect(counted("zh-Hant", 201, 200)).toBe("超過 200");
  expect(counted("en", 201, 200)).toBe("more than 200");
});

test("hours of the week are said in each language, one day by its own name", () => {
  const hours = [
    { firstDay: 1, lastDay: 5, opens: "8:30", closes: "17:30" },
    { firstDay: 7, lastDay: 7, opens: "9:00", closes: "12:00" },
  ];
  expect(LOCALES.map((locale) => weekHours(locale, hours))).toEqual([
    "周一至周五 8:30–17:30；周日 9:00–12:00",
    "週一至週五 8:30–17:30；週日 9:00–12:00",
    "Monday to Friday, 8:30–17:30; Sunday, 9:00–12:00",
  ]);
});
