import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalPhone } from "~/domain/kernel/typed/phone";

describe("canonicalPhone", () => {
  it.each([
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "１３８００１３８０００",
    "１３８－００１３－８０００",
    "+86 138 0013 8000",
    "＋８６１３８００１３８０００",
    "0086 13800138000",
    "8613800138000",
    "+86-013800138000",
    "(+86)13800138000",
    "\u202d13800138000\u202c",
    "138\u200b0013\u200b8000",
    "一三八零零一三八〇〇〇",
    "13800138000（女儿）",
    "13800138000 / 13900139000",
    "陈婆婆 13800138000",
  ])("reads %s as one mobile number", (typed) => {
    expect(canonicalPhone(typed)).toBe("13800138000");
  });

  it.each([
    ["020-12345678", "02012345678"],
    ["+86 20 1234 5678", "02012345678"],
    ["+86 020 1234 5678", "02012345678"],
    ["0086 (0)20 12345678", "02012345678"],
    ["86 020 12345678", "02012345678"],
    ["0750-3123456 转 8", "07503123456"],
    ["010-12345678", "01012345678"],
    ["+852 9876 5432", "85298765432"],
    ["00853 6612 3456", "85366123456"],
    ["400-800-1234", "4008001234"],
    ["8234 567", "8234567"],
  ])("reads %s as %s", (typed, number) => {
    expect(canonicalPhone(typed)).toBe(number);
  });

  it.each([
    undefined,
    null,
    "",
    "  ",
    "无",
    "無",
    "没有",
    "没有电话",
    "none",
    "-",
    "0",
    "12345",
    "123456",
    "00000000000",
    "1111111",
    "3栋501",
    "1".repeat(7),
    "12".repeat(8),
  ])("finds no phone in %s", (typed) => {
    expect(canonicalPhone(typed)).toBeUndefined();
  });

  it("gives the same number however it is parted, widened or prefixed, and itself when it is read again", () => {
    const mobile = fc
      .tuple(fc.constantFrom("3", "5", "8", "9"), fc.stringMatching(/^\d{9}$/))
      .map(([second, rest]) => `1${second}${rest}`);
    const between = fc.constantFrom("", " ", "-", "\u200b", "　", "·");
    fc.assert(
      fc.property(
        mobile,
        between,
        fc.boolean(),
        fc.constantFrom("", "+86", "0086", "86", "+86 ", "(+86)"),
        (number, gap, isWide, prefix) => {
          const parted = [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(gap);
          const wide = isWide
            ? parted.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
            : parted;
          expect(canonicalPhone(prefix + wide)).toBe(number);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const once = canonicalPhone(typed);
        if (once !== undefined) expect(canonicalPhone(once)).toBe(once);
      }),
    );
  });
});
