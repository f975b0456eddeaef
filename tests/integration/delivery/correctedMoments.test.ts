import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { correctMoment } from "~/domain/correctMoment.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { correctableOf } from "~/domain/delivery/moments.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { townDelivery } from "~/domain/delivery/queries.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { recordVisit } from "~/domain/giving/serviceVisits.server";
import { plusMinutes } from "~/domain/kernel/time";
import { giftPage } from "~/domain/trace/giftPage.server";
import type { Database } from "~db/client";
import { deliveries, inspections, parcels, serviceVisits } from "~db/schema/delivery";
import { aGiftWithItsWay } from "../../factories/corrections";
import { aHandover } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const wrong = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

test("a moment that was typed wrong is corrected by a colleague: the table has the new one, the journal both, and the donor reads it", async ({
  db,
}) => {
  const { world, donor, gift, at, colleague, parcelId, correction } = await aGiftWithItsWay(db);
  const once = correction("counted", parcelId, at(60), at(90));
  await correctMoment(colleague, once);
  await correctMoment(colleague, once);
  expect((await db.select().from(parcels).where(eq(parcels.id, parcelId)))[0]?.occurredAt).toEqual(at(90));
  const { timeline } = await giftPage(world.as(donor), gift.giftCode);
  const corrections = timeline.filter(({ event }) => event === "moment_correction.make");
  expect(corrections).toHaveLength(1);
  expect(corrections[0]).toMatchObject({
    role: "storekeeper",
    reason: "typed_wrong",
    data: { was: at(60).toISOString(), shall: at(90).toISOString() },
  });
  expect(timeline.find(({ event }) => event === "parcel.receive")?.at).toEqual(at(60));
  await correctMoment(colleague, correction("counted", parcelId, at(90), at(100)));
  expect(await wrong(db)).toEqual([]);
});

test("it is refused where it cannot be: before the step before, after the step after, after it was written down, unseen, and by whoever it is not for", async ({
  db,
}) => {
  const { world, team, donor, at, store, colleague, parcelId, correction } = await aGiftWithItsWay(db);
  const counted = (shall: Date, was = at(60)) => correction("counted", parcelId, was, shall);
  await expect(correctMoment(colleague, counted(at(-5)))).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
    field: "shall",
  });
  await expect(correctMoment(colleague, counted(at(121)))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
    field: "shall",
  });
  await expect(
    correctMoment(colleague, correction("inspected", parcelId, at(120), at(59))),
  ).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE" });
  world.clock.advance({ hours: 2 });
  await expect(
    correctMoment(colleague, correction("inspected", parcelId, at(120), world.clock.now())),
  ).rejects.toMatchObject({ code: "AFTER_THE_STEP_AFTER" });
  await expect(correctMoment(colleague, counted(plusMinutes(world.clock.now(), 5)))).rejects.toMatchObject({
    code: "IN_THE_FUTURE",
  });
  await expect(correctMoment(colleague, counted(at(-60 * 24 * 400)))).rejects.toMatchObject({
    code: "TOO_LONG_AGO",
  });
  await expect(correctMoment(colleague, counted(at(70), at(61)))).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  await expect(correctMoment(store, counted(at(70)))).rejects.toMatchObject({ code: "FOUR_EYES" });
  for (const stranger of [
    team.caseworker,
    team.courier,
    await aPerson(world, {
      role: "storekeeper",
      scope: { kind: "point", id: "01a00000-0000-7000-8000-000000000000" },
    }),
  ])
    await expect(correctMoment(world.as(stranger), counted(at(70)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  const giver = world.as({
    ...donor,
    grants: [{ role: "storekeeper", scope: { kind: "point", id: team.point.id } }],
  });
  await expect(correctMoment(giver, counted(at(70)))).rejects.toMatchObject({ code: "FOUR_EYES" });
  expect(await correctableOf(store, parcelId, ["counted", "inspected", "dispatched"])).toMatchObject([
    { step: "counted", mine: true },
    { step: "inspected", mine: true },
  ]);
  await correctMoment(world.as(team.operator), counted(at(70)));
  expect(await wrong(db)).toEqual([]);
});

test("of two colleagues who correct one moment at the same time, one is told that it changed", async ({
  db,
}) => {
  const { at, colleague, parcelId, correction } = await aGiftWithItsWay(db);
  const both = await Promise.allSettled(
    [70, 80].map((minutes) => correctMoment(colleague, correction("counted", parcelId, at(60), at(minutes)))),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")).toMatchObject({
    reason: { code: "CHANGED_MEANWHILE" },
  });
  expect(await wrong(db)).toEqual([]);
});

test("a delivery's way: sent out by the store's colleague, handed over by the town's, a service by the town's; each in its order", async ({
  db,
}) => {
  const { world, team, wish, donor, gift, store, colleague, parcelId, correction } =
    await aGiftWithItsWay(db);
  const { deliveryId } = await packDelivery(store, {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  const packed = world.clock.now();
  const then = (minutes: number) => plusMinutes(packed, minutes);
  world.clock.advance({ hours: 10 });
  await dispatchDelivery(store, deliveryId, { courierId: team.courier.userId, occurredAt: then(60) });
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  await confirmHandover(
    world.as(team.courier),
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits, occurredAt: then(120) }),
  );

  await expect(
    correctMoment(colleague, correction("dispatched", deliveryId, then(60), then(121))),
  ).rejects.toMatchObject({ code: "AFTER_THE_STEP_AFTER" });
  await expect(
    correctMoment(colleague, correction("handed_over", deliveryId, then(120), then(130))),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    correctMoment(world.as(team.courier), correction("handed_over", deliveryId, then(120), then(130))),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await correctMoment(colleague, correction("dispatched", deliveryId, then(60), then(90)));
  await expect(
    correctMoment(world.as(team.caseworker), correction("handed_over", deliveryId, then(120), then(89))),
  ).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE" });
  await correctMoment(world.as(team.caseworker), correction("handed_over", deliveryId, then(120), then(150)));
  await expect(
    correctMoment(colleague, correction("inspected", parcelId, packed, then(91))),
  ).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect((await db.select().from(deliveries).where(eq(deliveries.id, deliveryId)))[0]?.dispatchedAt).toEqual(
    then(90),
  );
  const { steps } = await townDelivery(world.as(team.caseworker), deliveryId);
  expect(steps.filter(({ event }) => event === "moment_correction.make")).toHaveLength(2);
  const { timeline } = await giftPage(world.as(donor), gift.giftCode);
  expect(timeline.filter(({ event }) => event === "moment_correction.make")).toHaveLength(2);
  expect(await wrong(db)).toEqual([]);
});

test("a service's moment takes its day along", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world, SHIQI);
  const wish = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 1n, unitPriceFen: 3_000n }],
  });
  const gift = await aConfirmedGift(world, await aDonor(world), wish.line.id, 1n);
  world.clock.advance({ hours: 72 });
  const told = world.clock.now();
  const { visitId } = await recordVisit(world.as(team.caseworker), {
    pledgeId: gift.pledge.id,
    quantity: 1n,
    providerName: "理发队",
    occurredAt: told,
    requestKey: world.system.newId(),
  });
  const shall = plusMinutes(told, -60 * 24);
  const input = {
    step: "service_done",
    id: visitId,
    was: told,
    shall,
    reason: "wrong_day",
    requestKey: world.system.newId(),
  } as const;
  await expect(correctMoment(world.as(team.caseworker), input)).rejects.toMatchObject({ code: "FOUR_EYES" });
  await correctMoment(world.as(team.colleague), input);
  const [visit] = await db.select().from(serviceVisits).where(eq(serviceVisits.id, visitId));
  expect(visit?.occurredAt).toEqual(shall);
  expect(visit?.doneOn).toBe(new Date(shall.getTime() + 8 * 3_600_000).toISOString().slice(0, 10));
  expect(await wrong(db)).toEqual([]);
});

test("the nightly checks find a moment that nobody corrected, one out of its order, and one that its own writer corrected", async ({
  db,
}) => {
  const { at, colleague, parcelId, correction } = await aGiftWithItsWay(db);
  await db
    .update(inspections)
    .set({ occurredAt: at(130) })
    .where(eq(inspections.parcelId, parcelId));
  expect(await wrong(db)).toEqual([expect.stringContaining("inspected of")]);
  await db
    .update(inspections)
    .set({ occurredAt: at(30) })
    .where(eq(inspections.parcelId, parcelId));
  expect(await wrong(db)).toHaveLength(2);
  await db
    .update(inspections)
    .set({ occurredAt: at(120) })
    .where(eq(inspections.parcelId, parcelId));
  await correctMoment(colleague, correction("counted", parcelId, at(60), at(90)));
  expect(await wrong(db)).toEqual([]);
  await expect(
    db.execute(sql`update journal set actor_id = null where entity = 'moment_correction'`),
  ).rejects.toThrow();
});
