import { expect, test } from "vitest";
import { openNow } from "~/ui/lists/openNow";

/** A Monday in Asia/Shanghai, at this time of day. */
const at = (time: string, day = "2026-11-30") => new Date(`${day}T${time}:00+08:00`);

test("a place is open from its first minute until its last, whatever the dash", () => {
  for (const hours of ["09:00–17:30", "09:00-17:30", "周一至周五 09:00–17:30"]) {
    expect(openNow(hours, at("08:59"))).toEqual({ isOpen: false, time: "09:00" });
    expect(openNow(hours, at("09:00"))).toEqual({ isOpen: true, time: "17:30" });
    expect(openNow(hours, at("17:29"))).toEqual({ isOpen: true, time: "17:30" });
    expect(openNow(hours, at("17:30"))).toBeUndefined();
  }
});

test("weekends count only where the hours speak of weekdays, and what cannot be read says nothing", () => {
  const sunday = at("10:00", "2026-11-29");
  expect(openNow("周一至周五 09:00–17:30", sunday)).toBeUndefined();
  expect(openNow("09:00–17:30", sunday)).toEqual({ isOpen: true, time: "17:30" });
  expect(openNow("请先打电话", sunday)).toBeUndefined();
});
