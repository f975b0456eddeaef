import fc from "fast-check";
import { expect, test } from "vitest";
import { FEWEST_OF_A_ROW, pooled } from "~/domain/kernel/pooled";

const put = (counts: readonly number[]) =>
  pooled(counts, {
    entriesOf: (count) => count,
    together: (rows) => rows.reduce((sum, count) => sum + count, 0),
  });

test("rows of five and more stay as they are, fewer are put together behind them", () => {
  expect(put([7, 2, 5, 3])).toEqual([7, 5, 5]);
  expect(put([7, 5])).toEqual([7, 5]);
  expect(put([])).toEqual([]);
});

test("where the few are too few together, the smallest row goes in with them; fewer than five in all are not shown", () => {
  expect(put([9, 4, 6])).toEqual([9, 10]);
  expect(put([4])).toEqual([]);
  expect(put([1, 2])).toEqual([]);
});

test("whatever there is, no row stands for fewer than five, and together they stand for all or for nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (counts) => {
      const rows = put(counts);
      const all = counts.reduce((sum, count) => sum + count, 0);
      expect(rows.every((row) => row >= FEWEST_OF_A_ROW)).toBe(true);
      expect(rows.reduce((sum, row) => sum + row, 0)).toBe(all >= FEWEST_OF_A_ROW ? all : 0);
    }),
  );
});
