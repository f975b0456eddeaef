import fc from "fast-check";
import { expect, test } from "vitest";
import { splitEvenly, yuanText } from "~/domain/kernel/money";
import { readYuan } from "~/domain/kernel/typed/yuan";

test("yuan text and fen are each other's mirror", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }), (amount) => {
      expect(readYuan(yuanText(amount))).toBe(amount);
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
