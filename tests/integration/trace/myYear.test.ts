import { expect } from "vitest";
import { gathered } from "~/domain/kernel/batches";
import { plusDays } from "~/domain/kernel/time";
import { linesOfMyYear, myYear, myYearByTown, yearsOfGiving } from "~/domain/trace/myYear.server";
import { pledges } from "~db/schema/giving";
import { handedOver } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock } from "../../support/world";

test("a year counts what its reader gave in it, by Shanghai's calendar, and nothing of anybody else", async ({
  db,
}) => {
  // Half past midnight of a new year in Shanghai, when it is still the old one in Greenwich.
  const world = aWorld(db, { clock: new Clock(new Date("2025-12-31T16:30:00Z")) });
  const team = await aTeam(world);
  const [donor, other] = [await aDonor(world), await aDonor(world)];
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  await aConfirmedGift(world, donor, wish.line.id, 3n);
  world.clock.advance({ days: 40 });
  await aConfirmedGift(world, donor, wish.line.id, 1n);
  await aConfirmedGift(world, other, wish.line.id, 5n);

  const mine = world.as(donor);
  expect(await yearsOfGiving(mine)).toEqual([2026]);
  const { all, months, kinds, days } = await myYear(mine, 2026);
  expect(all).toEqual({ things: 4n, services: 0n, fen: 0n, gifts: 2, homes: 1 });
  expect(months.map(({ month, things }) => [month, things])).toEqual([
    [1, 3n],
    [2, 1n],
  ]);
  expect(kinds.map(({ units }) => units)).toEqual([4n]);
  expect(days).toBeUndefined();
  expect((await myYear(mine, 2025)).all).toMatchObject({ things: 0n, gifts: 0, homes: 0 });
  expect(await myYearByTown(mine, 2026)).toMatchObject([{ itemHans: "双肩书包", units: 4n, fen: 0n }]);
  const lines = await gathered(linesOfMyYear(mine, 2026, 1));
  expect(lines.map(({ units, needCode }) => [units, needCode])).toEqual([
    [3n, wish.code],
    [1n, wish.code],
  ]);
  expect(JSON.stringify(lines.map((line) => Object.keys(line)))).not.toMatch(/household|details|donor/i);
  await expect(yearsOfGiving(world.as({ kind: "visitor" }))).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
});

test("days until delivery are those from the promise to the hands that got it", async ({ db }) => {
  const world = aWorld(db);
  const { donor } = await handedOver(world, await aTeam(world));
  expect((await myYear(world.as(donor), 2026)).days).toBe(0);
  // Two weeks earlier promised, two weeks on the way.
  await db.update(pledges).set({ confirmedAt: plusDays(world.clock.now(), -14) });
  expect((await myYear(world.as(donor), 2026)).days).toBe(14);
});
