import fc from "fast-check";
import { expect, test } from "vitest";
import { pageOf } from "~/domain/kernel/page";

/** Reads all rows as somebody does who always goes on: page by page, asking for one more than is shown. */
function readThrough(all: readonly number[], size: number): number[][] {
  const pages: number[][] = [];
  let after: number | undefined;
  do {
    const beyond = all.filter((row) => after === undefined || row > after);
    const { rows, next } = pageOf(beyond.slice(0, size + 1), size, (last) => last);
    pages.push(rows);
    after = next;
  } while (after !== undefined);

  return pages;
}

test("going on from page to page shows every row once, in order, and ends with the last that has any", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 7 }), (rows, size) => {
      const all = rows.toSorted((a, b) => a - b);
      const pages = readThrough(all, size);
      expect(pages.flat()).toEqual(all);
      expect(pages).toHaveLength(Math.max(1, Math.ceil(all.length / size)));
    }),
  );
});
