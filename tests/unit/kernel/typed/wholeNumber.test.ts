import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Quantity,
  readWholeNumber,
  readYears,
  Version,
  wholeNumber,
  Years,
} from "~/domain/kernel/typed/wholeNumber";

describe("readWholeNumber", () => {
  it.each([
    ["12", 12],
    ["１２", 12],
    [" 12 ", 12],
    ["12\u3000", 12],
    ["\u200b12", 12],
    ["012", 12],
    ["1,200", 1200],
    ["－3", -3],
    ["0", 0],
    ["-0", 0],
  ])("%j is %d", (typed, number) => {
    expect(readWholeNumber(typed)).toBe(number);
  });

  it.each([
    "",
    " ",
    "0x10",
    "1e3",
    "1.0",
    "1.5",
    "١٢",
    "12个",
    "+5",
    "1 2",
    "12,00",
    "0,500",
    "--3",
    "NaN",
    "Infinity",
    "十二",
    "true",
    "1_000",
    "0b1",
  ])("%j is none", (typed) => {
    expect(readWholeNumber(typed)).toBeUndefined();
  });

  it("reads every number in every width, and takes no other text", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.boolean(), (number, isWide) => {
        const written = isWide
          ? String(number).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
          : String(number);
        expect(readWholeNumber(written)).toBe(number >= 10 ** 15 ? Number.MAX_SAFE_INTEGER : number);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const number = readWholeNumber(typed);
        if (number !== undefined) expect(Number.isSafeInteger(number)).toBe(true);
      }),
    );
  });
});

describe("readYears", () => {
  it.each(["65", "６５", "65岁", "６５岁", "65 周岁", "65歲", " 65 ", "65 years old"])(
    "reads %j as 65",
    (typed) => {
      expect(readYears(typed)).toBe(65);
    },
  );

  it.each(["", "岁", "131", "-1", "6.5", "65-70", "六十五", "65岁零3个月"])("reads no age in %j", (typed) => {
    expect(readYears(typed)).toBeUndefined();
  });
});

describe("a whole number of a form", () => {
  const messages = (schema: typeof Years, typed: unknown) =>
    schema.safeParse(typed).error?.issues.map((issue) => issue.message);

  it("tells nothing from a wrong number, and too little from too much", () => {
    const upToTen = wholeNumber({ least: 1, most: 10 });
    expect(messages(upToTen, undefined)).toEqual(["common.pleaseFill"]);
    expect(messages(upToTen, "　")).toEqual(["common.pleaseFill"]);
    expect(messages(upToTen, "1e3")).toEqual(["common.wholeNumber"]);
    expect(messages(upToTen, "0")).toEqual(["common.atLeastOne"]);
    expect(messages(upToTen, "11")).toEqual(["common.tooMuch"]);
    expect(messages(upToTen, "9".repeat(400))).toEqual(["common.tooMuch"]);
    expect(messages(wholeNumber({ least: 0, most: 10 }), "-1")).toEqual(["common.notBelowZero"]);
    expect(messages(Years, "131岁")).toEqual(["common.wholeNumber"]);
    expect(messages(Years, "131")).toEqual(["common.tooMuch"]);
    expect(Quantity.parse("１２")).toBe(12n);
    for (const wrong of [undefined, "", "0x1", "-1", "2147483648", 1.5])
      expect(Version.safeParse(wrong).error?.issues[0]?.message).toBe("common.pleaseCheck");
    expect([Version.parse("3"), Version.parse(3)]).toEqual([3, 3]);
  });
});
