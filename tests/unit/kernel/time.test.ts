import { expect, test } from "vitest";
import { inForce, occurred, plusDays, plusWorkingDays, shanghaiDay } from "~/domain/kernel/time";

const at = (text: string) => new Date(text);

test("the accounting date turns at midnight in Shanghai, not in UTC", () => {
  expect(shanghaiDay(at("2026-03-01T15:59:59.999Z"))).toBe("2026-03-01");
  expect(shanghaiDay(at("2026-03-01T16:00:00.000Z"))).toBe("2026-03-02");
});

test("a dated row holds from its first instant and no longer at its last", () => {
  const row = { validFrom: at("2026-01-01T00:00:00Z"), validTo: at("2026-02-01T00:00:00Z") };
  expect(inForce(row, at("2025-12-31T23:59:59Z"))).toBe(false);
  expect(inForce(row, row.validFrom)).toBe(true);
  expect(inForce(row, row.validTo)).toBe(false);
  expect(inForce({ ...row, validTo: null }, at("2099-01-01T00:00:00Z"))).toBe(true);
});

test("nothing can have happened tomorrow", () => {
  const now = at("2026-03-02T01:00:00Z");
  expect(occurred(now, undefined)).toBe(now);
  expect(occurred(now, plusDays(now, -3))).toEqual(at("2026-02-27T01:00:00Z"));
  expect(() => occurred(now, plusDays(now, 1))).toThrow("IN_THE_FUTURE");
});

test("working days leave out Saturday and Sunday as they are in Shanghai, and keep the time of day", () => {
  // 2026-03-06 is a Friday.
  expect(plusWorkingDays(at("2026-03-06T01:00:00Z"), 1)).toEqual(at("2026-03-09T01:00:00Z"));
  expect(plusWorkingDays(at("2026-03-02T01:00:00Z"), 5)).toEqual(at("2026-03-09T01:00:00Z"));
  expect(plusWorkingDays(at("2026-03-07T01:00:00Z"), 1)).toEqual(at("2026-03-09T01:00:00Z"));
  // Friday evening in UTC is Saturday in Shanghai already; Sunday evening is Monday.
  expect(plusWorkingDays(at("2026-03-06T17:00:00Z"), 1)).toEqual(at("2026-03-08T17:00:00Z"));
  expect(plusWorkingDays(at("2026-03-06T01:00:00Z"), 0)).toEqual(at("2026-03-06T01:00:00Z"));
});
