import fc from "fast-check";
import { expect, test } from "vitest";
import { fenFromYuan, splitEvenly, yuanText } from "~/domain/kernel/money";

test("amounts are read as people type them", () => {
  expect(fenFromYuan("45")).toBe(4500n);
  expect(fenFromYuan("45.5")).toBe(4550n);
  expect(fenFromYuan("￥1,200.05元")).toBe(120005n);
  expect(fenFromYuan("４５")).toBe(4500n);
});

test("what is no amount above zero is refused, never rounded", () => {
  for (const typed of ["", "0", "0.00", "-5", "1e3", "45.555", "四十五", "NaN", "1.2.3", "9999999999999"]) expect(fenFromYuan(typed)).toBeUndefined();
});

test("yuan text and fen are each other's mirror", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 14n - 1n }), (amount) => {
      expect(fenFromYuan(yuanText(amount))).toBe(amount);
    }),
  );
});

test("a split loses and invents no fen, and its parts differ by one fen at most", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 400 }), (total, parts) => {
      const split = splitEvenly(total, parts);
      expect(split).toHaveLength(parts);
      expect(split.reduce((sum, part) => sum + part, 0n)).toBe(total);
      expect((split[0] ?? 0n) - (split.at(-1) ?? 0n)).toBeLessThanOrEqual(1n);
    }),
  );
});
