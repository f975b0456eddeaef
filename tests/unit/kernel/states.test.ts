import fc from "fast-check";
import { expect, test } from "vitest";
import { nextState } from "~/domain/kernel/states";
import { type LineUnits, NEED_TRANSITIONS, needLabel, threeNumbers } from "~/domain/needs/states";

const FINAL = ["expired", "withdrawn", "closed", "rejected", "merged"] as const;

test("an event that the table does not name leads nowhere, not even one named like a method of objects", () => {
  for (const event of ["publish", "toString", "constructor", "__proto__", "hasOwnProperty"])
    expect(nextState(NEED_TRANSITIONS, "draft", event)).toBeUndefined();
});

test("a need that ended cannot come back to life", () => {
  for (const state of FINAL)
    expect(Object.values(NEED_TRANSITIONS[state]).filter((to) => to !== state)).toEqual([]);
});

test("nothing is published without having been verified", () => {
  const intoPublished = Object.entries(NEED_TRANSITIONS).flatMap(([from, row]) =>
    Object.entries(row).flatMap(([event, to]) =>
      to === "published" && from !== "published" ? [`${from}:${event}`] : [],
    ),
  );
  expect(intoPublished).toEqual(["verified:publish", "suspended:resume"]);
});

const bucket = fc.bigInt({ min: 0n, max: 40n });
const line: fc.Arbitrary<LineUnits> = fc
  .record({ held: bucket, pledged: bucket, inHub: bucket, delivered: bucket, waived: bucket, open: bucket })
  .map((units) => ({
    ...units,
    requested: units.held + units.pledged + units.inHub + units.delivered + units.waived + units.open,
  }));

test("the three numbers never rise along the way, and every unit is counted once", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const numbers = threeNumbers(lines);
      expect(numbers.claimed >= numbers.received && numbers.received >= numbers.delivered).toBe(true);
      expect(numbers.claimed + numbers.held + numbers.open).toBe(numbers.requested);
    }),
  );
});

test("a published need is called fulfilled only when every wanted unit was delivered, and covered only when nothing is open or held", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const numbers = threeNumbers(lines);
      const label = needLabel("published", lines);
      if (label === "fulfilled") expect(numbers.delivered).toBe(numbers.requested);
      if (label === "covered") expect(numbers.open + numbers.held).toBe(0n);
      if (label === "waiting") expect(numbers.claimed).toBe(0n);
    }),
  );
});
