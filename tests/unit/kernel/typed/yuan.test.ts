import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readYuan, YuanAmount, YuanOrZero } from "~/domain/kernel/typed/yuan";

describe("readYuan", () => {
  it.each([
    ["45", 4_500n],
    ["45.5", 4_550n],
    ["45.50", 4_550n],
    ["￥1,200.05元", 120_005n],
    ["￥１，２００．５０", 120_050n],
    ["¥ 45", 4_500n],
    ["45 元", 4_500n],
    ["４５", 4_500n],
    ["12元50", 1_250n],
    ["12元5", 1_250n],
    ["12块5", 1_250n],
    ["1,234,567.89", 123_456_789n],
    ["RMB 45", 4_500n],
    ["\u202d45\u202c", 4_500n],
    ["0", 0n],
    ["0.00", 0n],
    ["007", 700n],
  ])("%s is %s fen", (typed, fen) => {
    expect(readYuan(typed)).toBe(fen);
  });

  it.each([
    ...[
      "",
      " ",
      "45,50",
      "20,00",
      "0,500",
      "1,2000",
      "12,34,567",
      "1.200,50",
      "1 200",
      "45.555",
      ".5",
      "5.",
      "1.2.3",
      "12元.50",
      "12元500",
      "元12",
      "12元50元",
    ],
    ...[
      "12角",
      "1万",
      "四十五",
      "-5",
      "+5",
      "1e3",
      "0x10",
      "NaN",
      "Infinity",
      "٤٥",
      "45元/件",
      "9999999999999",
      "$45",
      "45￥",
    ],
  ])("%j is no amount", (typed) => {
    expect(readYuan(typed)).toBeUndefined();
  });

  it("reads every amount in every way of writing it, and never another", () => {
    const fen = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(
        fen,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom("", "￥", "¥"),
        fc.constantFrom("", "元"),
        (amount, isGrouped, isWide, before, after) => {
          const whole = String(amount / 100n);
          const grouped = isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
          const plain = `${before}${grouped}.${String(amount % 100n).padStart(2, "0")}${after}`;
          expect(
            readYuan(
              isWide
                ? plain.replace(/[\d,.]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
                : plain,
            ),
          ).toBe(amount);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789,.元¥ -")) }), (typed) => {
        const amount = readYuan(typed);
        // Whatever is taken says the same without its marks, and is never below zero.
        if (amount !== undefined) expect(amount).toBe(readYuan(typed.replace(/[¥ ,]|元$/g, "")));
      }),
    );
  });
});

describe("an amount of a form", () => {
  const messages = (schema: typeof YuanAmount, typed: unknown) =>
    schema.safeParse(typed).error?.issues.map((issue) => issue.message);

  it("says what is wrong", () => {
    expect(messages(YuanAmount, undefined)).toEqual(["common.pleaseFill"]);
    expect(messages(YuanAmount, " ")).toEqual(["common.pleaseFill"]);
    expect(messages(YuanAmount, "45,50")).toEqual(["common.amountWrong"]);
    expect(messages(YuanAmount, "0")).toEqual(["common.amountAboveZero"]);
    expect(messages(YuanAmount, "999999999999")).toEqual(["common.tooMuch"]);
    expect(YuanOrZero.parse("０")).toBe(0n);
  });
});
