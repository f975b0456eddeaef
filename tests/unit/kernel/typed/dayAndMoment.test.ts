import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CalendarDay, readDay, readMonth } from "~/domain/kernel/typed/day";
import { Moment, readMoment } from "~/domain/kernel/typed/moment";
import { localInput } from "~/i18n/format";

const messages = (schema: typeof CalendarDay | typeof Moment, typed: unknown) =>
  schema.safeParse(typed).error?.issues.map((issue) => issue.message);

describe("readDay", () => {
  it.each(["2026-02-03", "2026/2/3", "2026.02.03", "2026年2月3日", "２０２６－０２－０３", " 2026-02-03 "])(
    "reads %j",
    (typed) => {
      expect(readDay(typed)).toBe("2026-02-03");
    },
  );

  it.each([
    "",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2025-02-29",
    "1900-02-29",
    "0026-11-28",
    "26-11-28",
    "2026-2",
    "3000-01-01",
    "2026-02-03T10:00",
    "+002026-02-03",
    "2026-02-03x",
  ])("reads no day in %j", (typed) => {
    expect(readDay(typed)).toBeUndefined();
  });

  it("reads every real day, and nothing else of the same shape", () => {
    const part = (most: number) =>
      fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, "0"));
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), part(14), part(33), (year, month, date) => {
        const typed = `${year}-${month}-${date}`;
        const at = new Date(`${typed}T00:00:00Z`);
        const isReal = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed);
        expect(readDay(typed)).toBe(isReal ? typed : undefined);
      }),
    );
  });

  it("says nothing typed and no such day in other words", () => {
    expect(messages(CalendarDay, undefined)).toEqual(["common.pleaseDay"]);
    expect(messages(CalendarDay, "")).toEqual(["common.pleaseDay"]);
    expect(messages(CalendarDay, "2026-02-30")).toEqual(["common.dayWrong"]);
  });
});

it("a month is read in the same ways", () => {
  expect(["1965-03", "1965/3", "1965年3月", "１９６５－０３"].map(readMonth)).toEqual(
    Array(4).fill("1965-03"),
  );
  expect(["1965-13", "0065-03", "65-03", "1965", "1965-03-01", ""].map(readMonth)).toEqual(
    Array(6).fill(undefined),
  );
});

describe("readMoment", () => {
  it.each([
    "2026-03-02T10:05",
    "2026-03-02T10:05:59",
    "2026-03-02 10:05",
    "2026/3/2 10:05",
    "2026年3月2日10:05",
    "２０２６－０３－０２Ｔ１０：０５",
  ])("reads %j to the minute, in Asia/Shanghai", (typed) => {
    expect(readMoment(typed)?.toISOString()).toBe("2026-03-02T02:05:00.000Z");
  });

  it.each([
    "",
    "2026-02-31T10:00",
    "2026-13-45T99:99",
    "2026-03-02T24:00",
    "2026-03-02T10:60",
    "2026-03-02T10:05:60",
    "0026-11-28T10:00",
    "1999-12-31T23:59",
    "2026-03-02",
    "2026-03-02T",
    "T10:00",
    "2026-03-02T10:00Z",
  ])("reads no moment in %j", (typed) => {
    expect(readMoment(typed)).toBeUndefined();
  });

  it("is the mirror of what a form shows, from 2000 to 2199", () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date("2000-01-01T00:00:00+08:00"),
          max: new Date("2199-12-31T00:00:00Z"),
          noInvalidDate: true,
        }),
        (at) => {
          expect(readMoment(localInput(at))?.getTime()).toBe(Math.floor(at.getTime() / 60_000) * 60_000);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789-:T ")) }), (typed) => {
        const at = readMoment(typed);
        if (at !== undefined) expect(readMoment(localInput(at))).toEqual(at);
      }),
    );
  });

  it("says nothing typed and no such moment in other words", () => {
    expect(messages(Moment, "")).toEqual(["common.pleaseDate"]);
    expect(messages(Moment, "2026-02-31T10:00")).toEqual(["common.momentWrong"]);
  });
});
