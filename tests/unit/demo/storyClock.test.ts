import { expect, test } from "vitest";
import { plusDays, plusHours } from "~/domain/kernel/time";
import { StoryClock } from "../../../scripts/demo/storyClock";

const MIDNIGHT = new Date("2026-11-30T16:00:00Z");
const hourInShanghai = (at: Date) => ((at.getUTCHours() + 8) % 24) + at.getUTCMinutes() / 60;

test("whenever the demo is started, its last deeds are done by day, and are over", async () => {
  for (let hour = 0; hour < 24; hour += 0.5) {
    const until = plusHours(MIDNIGHT, hour);
    const clock = new StoryClock(plusDays(until, -48), until);
    await clock.toItsEnd();
    expect(plusHours(clock.now(), 48).getTime(), `started at ${hour}`).toBeGreaterThan(until.getTime());
    for (let deeds = 0; deeds < 6; deeds += 1) {
      expect(hourInShanghai(clock.now())).toBeGreaterThanOrEqual(9);
      expect(hourInShanghai(clock.now())).toBeLessThanOrEqual(17.5);
      clock.minutes(10);
    }

    expect(clock.now().getTime(), `started at ${hour}`).toBeLessThanOrEqual(until.getTime());
  }
});

test("tales go on side by side in the order of their days, one at a time", async () => {
  const start = plusHours(MIDNIGHT, 10);
  const clock = new StoryClock(start, plusDays(start, 48));
  const told: string[] = [];
  const tale = (name: string, days: readonly number[]) => async () => {
    for (const day of days) {
      await clock.toDay(day);
      told.push(`${name} ${day}`);
    }
  };

  await clock.together([tale("slow", [1, 9, 12]), tale("late", [5]), tale("quick", [2, 3, 4])]);
  expect(told).toEqual(["slow 1", "quick 2", "quick 3", "quick 4", "late 5", "slow 9", "slow 12"]);
});
