import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { TALLY_CHECKS } from "~/domain/books/tallyChecks.server";
import { townTotals } from "~/domain/books/townTotals.server";
import { runChecks } from "~/domain/checks.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { foldTallies } from "~/domain/kernel/tally.server";
import { escalateReviews } from "~/domain/needs/reviewClock.server";
import { deliveredLately } from "~/domain/trace/deliveredLately.server";
import { openAccount, townRows } from "~/domain/trace/openAccount.server";
import { publicNeeds } from "~db/schema/needs";
import { aHandover, handedOver, inStore, onTheWay } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish, aSubmittedWish } from "../../factories/needs";
import { aDonor, aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { aPaidWish, test } from "../../support/payments";
import type { World } from "../../support/world";

const ofTown = async (world: World, code: string) => {
  const { rows } = await townRows(world.system);
  const row = rows.find((one) => one.code === code);
  return row && [row.open, row.claimed, row.delivered, row.medianDays];
};

test("each town has its own three numbers and the days in which half of its things arrived, folded or not; together they are the city's", async ({
  world,
  db,
}) => {
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 5n }] });
  await aPublishedWish(world, elsewhere, { lines: [{ quantity: 7n }] });
  expect(await ofTown(world, SHIQI)).toEqual([5n, 0n, 0n, undefined]);

  const gift = await aConfirmedGift(world, await aDonor(world), wish.line.id, 2n);
  world.clock.advance({ days: 4, hours: 3 });
  await inStore(world, team, gift.pledge.id, 2n);
  expect(await ofTown(world, SHIQI)).toEqual([3n, 2n, 0n, undefined]);
  await handedOver(world, elsewhere, { quantity: 1n });

  const out = await onTheWay(world, team, wish.needId);
  const secret = await showSecret(world.as(team.colleague), out.deliveryId);
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: secret.digits }),
  );
  const stands = [await ofTown(world, SHIQI), await ofTown(world, GUZHEN)];
  expect(stands).toEqual([
    [3n, 2n, 2n, 4],
    [7n, 1n, 1n, 0],
  ]);
  expect((await townTotals(world.system)).days.toSorted((a, b) => a.days - b.days)).toEqual([
    { days: 0, units: 1n },
    { days: 4, units: 2n },
  ]);
  await foldTallies(world.system);
  expect([await ofTown(world, SHIQI), await ofTown(world, GUZHEN)]).toEqual(stands);
  const { numbers, towns } = await openAccount(world.system);
  const summed = (of: "open" | "claimed" | "delivered") =>
    Number(towns.reduce((sum, row) => sum + row[of], 0n));
  expect([summed("open"), summed("claimed"), summed("delivered")]).toEqual([
    numbers.open,
    numbers.claimed,
    numbers.delivered,
  ]);
  expect((await runChecks(db, TALLY_CHECKS)).flatMap(({ wrong }) => wrong)).toEqual([]);
});

test("money stands in its month, things on their way, and what a town answered too late is counted against us", async ({
  world,
  desk,
}) => {
  const team = await aTeam(world);
  await aPaidWish(world, desk, 2n);
  await handedOver(world, team, { quantity: 3n });
  await aSubmittedWish(world, team);
  world.clock.advance({ days: 40 });
  await escalateReviews(world.system);

  const account = await openAccount(world.system);
  const received = account.months.filter(({ receivedFen }) => receivedFen > 0n);
  expect(account.months).toHaveLength(12);
  expect(received.map(({ receivedFen }) => receivedFen)).toEqual([account.standing.received]);
  expect(received[0]?.month).not.toBe(account.months.at(-1)?.month);
  expect(account.lanes).toEqual({
    given: 3n,
    bought: 0n,
    sentOut: 3n,
    delivered: 3n,
    atPoint: 0n,
    onTheWay: 0n,
    gone: 0n,
  });
  expect([account.corrected, account.late]).toEqual([[], [{ event: "need.escalate", times: 1 }]]);
});

test("what was handed over last is told with its wish while that is public, for the city and for one town, and nothing of whom", async ({
  world,
  db,
}) => {
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const first = await handedOver(world, team, { quantity: 1n });
  const second = await handedOver(world, elsewhere, { quantity: 2n });
  const needs = await db.select({ id: publicNeeds.needId, code: publicNeeds.code }).from(publicNeeds);
  const codeOf = ({ needId }: { needId: string }) => needs.find(({ id }) => id === needId)?.code;
  const codes = async (town?: string) =>
    (await deliveredLately(world.system, { most: 5, ...(town === undefined ? {} : { town }) })).map(
      ({ code }) => code,
    );

  expect(await codes()).toEqual([codeOf(second), codeOf(first)]);
  expect(await codes(SHIQI)).toEqual([codeOf(first)]);
  const [row] = await deliveredLately(world.system, { most: 1 });
  expect(Object.keys(row ?? {}).sort()).toEqual(
    ["at", "code", "id", "itemHans", "itemHant", "quantity", "town", "unit", "words"].sort(),
  );
  await db.delete(publicNeeds).where(eq(publicNeeds.needId, second.needId));
  expect(await codes()).toEqual([codeOf(first)]);
});
