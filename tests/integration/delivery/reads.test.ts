import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { proposeCorrection } from "~/domain/delivery/correctCount.server";
import { waitingCorrections } from "~/domain/delivery/correctionQueries.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { expectedOffer } from "~/domain/delivery/lookUpQueries.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { waitingPhotos } from "~/domain/delivery/photos.server";
import { pointFor, pointPage } from "~/domain/delivery/pointQueries.server";
import { labelOf, myDeliveries, passedPhotosOn, townDeliveries } from "~/domain/delivery/queries.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import {
  labelPage,
  packPage,
  parcelToInspect,
  stockPage,
  storeDelivery,
} from "~/domain/delivery/storeQueries.server";
import { servicesPage } from "~/domain/delivery/visitQueries.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { lotToMatch } from "~/domain/matching/queries.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { handovers } from "~db/schema/delivery";
import { aParcel, aParcelOut, aStockedWish, handedOver } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aCount, aFreeLot, anAcceptedOffer } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const REFUSED = expect.toBeOneOf(["NOT_FOUND", "NOT_ALLOWED"]) as string;
/** Each of these asks is refused, whoever asks. */
async function nobodyOf(
  askers: readonly UseCaseContext[],
  ask: (ctx: UseCaseContext) => Promise<unknown>,
): Promise<void> {
  for (const ctx of askers) await expect(ask(ctx)).rejects.toMatchObject({ code: REFUSED });
}

test("a store sees what waits in it, and of the recipient no name; other points, couriers, caseworkers and donors see none of it", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const store = world.as(team.storekeeper);
  const strangers = [
    elsewhere.storekeeper,
    team.courier,
    team.caseworker,
    team.operator,
    await aDonor(world),
  ].map((person) => world.as(person));
  const name = "甄演仓中";
  const household = {
    townCode: team.point.townCode,
    kind: "household" as const,
    heads: 2,
    groupCode: "dibao",
    ageBand: "6_to_13" as const,
    person: { name, phone: "19900001234", address: "甄演巷 8 号" },
  };

  const counted = await aPublishedWish(world, team, { household });
  const gift = await aConfirmedGift(world, await aDonor(world), counted.line.id, 2n);
  const { parcelId } = await receiveParcel(store, aParcel(world, team, gift.pledge.id, 2n));
  const parcel = await parcelToInspect(store, parcelId);
  expect(parcel).toMatchObject({
    parcel: { counted: 2n },
    needCode: counted.code,
    details: "蓝色",
    askedUnitFen: 12_000n,
  });
  await nobodyOf(strangers, (ctx) => parcelToInspect(ctx, parcelId));

  const stocked = await aStockedWish(world, team, { household });
  const [toPack, stock, label] = [
    await packPage(store, team.point.id, stocked.needId),
    await stockPage(store, team.point.id),
    await labelPage(store, stocked.label),
  ];
  expect(toPack.lots.map((lot) => [lot.label, lot.line.details])).toEqual([[stocked.label, "蓝色"]]);
  expect(stock.rows.find((row) => row.label === stocked.label)).toMatchObject({
    quantity: 2n,
    free: 2n,
    needCode: stocked.code,
  });
  expect(label.things).toMatchObject([{ quantity: 2n }]);
  await nobodyOf(strangers, (ctx) => packPage(ctx, team.point.id, stocked.needId));
  await nobodyOf(strangers, (ctx) => stockPage(ctx, team.point.id));
  await nobodyOf(strangers, (ctx) => labelPage(ctx, stocked.label));
  // A wish of which nothing stands there is none of the other point's business either.
  await expect(
    packPage(world.as(elsewhere.storekeeper), elsewhere.point.id, stocked.needId),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });

  expect(await pointFor(store, team.point.id)).toMatchObject({ id: team.point.id });
  expect(await pointFor(store)).toMatchObject({ id: team.point.id });
  await nobodyOf(strangers, (ctx) => pointFor(ctx, team.point.id));
  const freeHere = async () =>
    (await pointPage(store, team.point.id)).toPack.find((row) => row.needId === stocked.needId);
  expect(await freeHere()).toMatchObject({ needCode: stocked.code, units: "2", lots: 1 });

  const { deliveryId, code } = await packDelivery(store, {
    needId: stocked.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  expect(
    (await stockPage(store, team.point.id)).rows.find((row) => row.label === stocked.label),
  ).toMatchObject({ quantity: 2n, free: 0n });
  expect(await freeHere()).toBeUndefined();
  const packed = await storeDelivery(store, deliveryId);
  expect(packed.deliverers.map((person) => person.userId)).toContain(team.courier.userId);
  await nobodyOf(strangers, (ctx) => storeDelivery(ctx, deliveryId));

  await proposeCorrection(store, parcelId, {
    was: 2n,
    shall: 1n,
    reason: "counted_wrong",
    requestKey: world.system.newId(),
  });
  const page = await pointPage(store, team.point.id);
  expect(page.toInspect.map((row) => row.id)).toContain(parcelId);
  expect(page.packed.map((row) => row.id)).toContain(deliveryId);
  expect(page.corrections).toMatchObject([{ giftCode: gift.giftCode, mine: true }]);
  expect(
    (await waitingCorrections(world.as(team.operator))).map((row) => [row.giftCode, row.mine]),
  ).toContainEqual([gift.giftCode, false]);
  await nobodyOf(
    [elsewhere.storekeeper, team.courier, await aDonor(world)].map((person) => world.as(person)),
    (ctx) => waitingCorrections(ctx, { pointId: team.point.id }),
  );
  await nobodyOf(strangers, (ctx) => pointPage(ctx, team.point.id));

  await dispatchDelivery(store, deliveryId, { courierId: team.courier.userId });
  expect((await pointPage(store, team.point.id)).out.map((row) => row.id)).toContain(deliveryId);
  const shown = JSON.stringify([parcel, toPack, stock, label, packed, page], (_key, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  for (const secret of [name, "19900001234", "甄演巷", gift.pledge.donorId])
    expect(shown).not.toContain(secret);

  // What is scanned leads on whoever works with it, and tells everybody else nothing.
  const leads = async (ctx: UseCaseContext) => {
    const { deliverId, storeId, label: lot } = await labelOf(ctx, code);
    return [deliverId, storeId, lot];
  };

  expect(await leads(world.as({ kind: "visitor" }))).toEqual([undefined, undefined, undefined]);
  expect(await leads(world.as(team.courier))).toEqual([deliveryId, undefined, undefined]);
  expect(await leads(store)).toEqual([undefined, deliveryId, undefined]);
  expect(await labelOf(store, stocked.label)).toMatchObject({ label: stocked.label });
  expect(await labelOf(world.as(elsewhere.storekeeper), stocked.label)).toMatchObject({ label: undefined });
});

test("a courier sees their own parcels, a town those of its people, the city all; pictures that prove nothing yet are their taker's", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const [out, done] = [await aParcelOut(world, team), await handedOver(world, team)];
  const other = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  const mine = await myDeliveries(world.as(team.courier));
  expect([mine.out.map((row) => row.id), mine.done.map((row) => row.id)]).toEqual([
    [out.deliveryId],
    [done.deliveryId],
  ]);
  expect(await myDeliveries(world.as(other))).toEqual({ out: [], done: [], toAttest: [] });
  await nobodyOf([world.as(await aDonor(world))], myDeliveries);

  const listed = async (ctx: UseCaseContext, list: "open" | "to_confirm") =>
    (await townDeliveries(ctx, list)).rows.map((row) => row.id);
  expect(await listed(world.as(team.colleague), "open")).toContain(out.deliveryId);
  expect(await listed(world.as(team.colleague), "to_confirm")).toContain(done.deliveryId);
  expect(await listed(world.as(team.operator), "open")).toContain(out.deliveryId);
  expect(await listed(world.as(elsewhere.caseworker), "open")).not.toContain(out.deliveryId);
  const { rows: shown } = await townDeliveries(world.as(team.operator), "open");
  const code = shown.find((row) => row.id === out.deliveryId)?.code;
  // A code finds in whatever list it stands, and nothing of another town.
  for (const [ctx, found] of [
    [world.as(team.operator), [out.deliveryId]],
    [world.as(team.colleague), [out.deliveryId]],
    [world.as(elsewhere.caseworker), []],
  ] as const)
    expect((await townDeliveries(ctx, "ended", { code })).rows.map((row) => row.id)).toEqual(found);
  expect((await townDeliveries(world.as(team.operator), "open", { town: GUZHEN })).rows).toEqual([]);
  await nobodyOf([world.as(await aDonor(world)), world.as(team.courier), world.as(team.storekeeper)], (ctx) =>
    townDeliveries(ctx, "open"),
  );

  expect(await waitingPhotos(world.as(team.courier), out.deliveryId)).toEqual({});
  await db.update(handovers).set({ fileId: null }).where(eq(handovers.deliveryId, done.deliveryId));
  expect((await giftPage(world.as(done.donor), done.gift.giftCode)).photos).toEqual([]);
  expect(await passedPhotosOn(world.as(done.donor), [done.deliveryId])).toEqual([]);
});

test("an accepted offer is counted at its own point as far as it did not come; a lot is matched by the city alone", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const store = world.as(team.storekeeper);
  const offer = await anAcceptedOffer(world, team, { quantity: 40n });
  await receiveOffer(store, offer.offerId, aCount(world, 15n));
  expect(await expectedOffer(store, team.point.id, offer.offerId)).toMatchObject({
    left: 25n,
    waiting: 15n,
    seen: 1,
  });
  await nobodyOf([world.as(elsewhere.storekeeper), world.as(offer.donor), world.as(team.operator)], (ctx) =>
    expectedOffer(ctx, team.point.id, offer.offerId),
  );
  await expect(
    expectedOffer(world.as(elsewhere.storekeeper), elsewhere.point.id, offer.offerId),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { lot } = await aFreeLot(world, team);
  const city = await lotToMatch(world.as(team.operator), lot.id);
  expect(
    JSON.stringify(city, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  ).toContain(lot.label);
  await nobodyOf(
    [team.storekeeper, team.caseworker, await aDonor(world)].map((person) => world.as(person)),
    (ctx) => lotToMatch(ctx, lot.id),
  );
});

test("services that are to be done, and those that wait for their recipient's word, are those of one's own towns", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const wish = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 2n, unitPriceFen: 3_000n }],
  });
  const { pledge } = await aConfirmedGift(world, await aDonor(world), wish.line.id, 2n);
  const page = async (ctx: UseCaseContext) => {
    const { toDo, toAccept } = await servicesPage(ctx);
    return [
      toDo.some((row) => row.pledge.id === pledge.id),
      toAccept.filter((row) => row.needCode === wish.code).map((row) => row.mine),
    ];
  };

  const [worker, colleague] = [world.as(team.caseworker), world.as(team.colleague)];
  expect(await page(worker)).toEqual([true, []]);
  const { visitId } = await recordVisit(worker, {
    pledgeId: pledge.id,
    quantity: 2n,
    providerName: "理发队",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  expect([await page(worker), await page(colleague)]).toEqual([
    [true, [true]],
    [true, [false]],
  ]);
  expect(await page(world.as(elsewhere.caseworker))).toEqual([false, []]);
  await nobodyOf(
    [team.operator, team.courier, await aDonor(world)].map((person) => world.as(person)),
    servicesPage,
  );
  await acceptVisit(colleague, visitId, "accept");
  expect(await page(worker)).toEqual([false, []]);
});
