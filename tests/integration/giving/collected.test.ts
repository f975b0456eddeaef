import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { lookUp } from "~/domain/delivery/lookUpQueries.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import {
  askAgain,
  bringAfterAll,
  recordCollectionOutcome,
} from "~/domain/giving/collecting/changeCollection.server";
import { lookAfterCollections } from "~/domain/giving/collecting/clocks.server";
import {
  collectionAtPoint,
  collectionOfGift,
  collectionsAt,
} from "~/domain/giving/collecting/queries.server";
import { plusDays } from "~/domain/kernel/time";
import { collections, gifts, pledges } from "~db/schema/giving";
import { held, inDays, lastWords, lettersTo, sendConfirm, stateOf, wrongs } from "../../factories/confirming";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, GUZHEN, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

/** The clock of every world here, by which days are named before there is one. */
const clock = new Clock();

/** A gift that its point collects the day after tomorrow. */
async function aCollectedGift(world: World, team: Team, days = 2) {
  const donor = await aDonor(world);
  const { line } = await aPublishedWish(world, team);
  const code = await held(world, donor, line.id);
  const when = {
    day: inDays(world, days),
    part: "morning",
    address: "演示路 77 号",
    phone: "0760-0000-7777",
  } as const;
  expect(
    await sendConfirm(world, donor, code, { arrivalWay: "pick_up", pointId: team.point.id, ...when }),
  ).toMatchObject({ status: 302 });
  const [row] = await world.db
    .select({ collection: collections })
    .from(collections)
    .innerJoin(gifts, eq(gifts.id, collections.giftId))
    .where(eq(gifts.code, code));
  if (!row) throw new Error("no collection");
  return { donor, code, when, ...row.collection };
}

test("whoever has a gift collected says where and when, or is told what is missing beside its field", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = await aDonor(world);
  const code = await held(world, donor, line.id);
  expect(await sendConfirm(world, donor, code, { arrivalWay: "pick_up" })).toMatchObject({
    status: 422,
    errors: {
      day: [expect.anything()],
      part: [expect.anything()],
      address: [expect.anything()],
      phone: [expect.anything()],
    },
  });
  const whole = { arrivalWay: "pick_up", part: "morning", address: "演示路 77 号", phone: "0760-0000-7777" };
  for (const days of [0, 40])
    expect(await sendConfirm(world, donor, code, { ...whole, day: inDays(world, days) })).toMatchObject({
      status: 422,
    });
  expect(await sendConfirm(world, donor, code, { ...whole, day: inDays(world, 1) })).toMatchObject({
    status: 302,
  });
});

test("a collection stands on its point's list with address and phone, for its storekeepers alone; collected, it is counted like everything else and the address is gone", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const gift = await aCollectedGift(world, team);
  expect(await lettersTo(world, gift.donor)).toEqual(["confirmedPickUp"]);
  expect(await lastWords(world, gift.donor)).toContain("上午");
  const listed = await collectionsAt(world.as(team.storekeeper), team.point.id);
  expect(listed.find((row) => row.id === gift.id)).toMatchObject({
    day: gift.when.day,
    due: false,
    things: [{ quantity: 1n }],
  });
  expect((await collectionAtPoint(world.as(team.storekeeper), gift.id)).where).toEqual({
    address: gift.when.address,
    phone: gift.when.phone,
  });
  await expect(collectionAtPoint(world.as(elsewhere.storekeeper), gift.id)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    recordCollectionOutcome(world.as(elsewhere.storekeeper), gift.id, { outcome: "collected" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(collectionsAt(world.as(elsewhere.storekeeper), team.point.id)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  expect(JSON.stringify(await db.select().from(collections))).not.toContain("演示路");

  // Before its day nobody presses the donor for it, and nobody was "not at home".
  world.clock.advance({ hours: 1 });
  await expect(
    recordCollectionOutcome(world.as(team.storekeeper), gift.id, { outcome: "not_home" }),
  ).rejects.toMatchObject({ code: "IN_THE_FUTURE" });
  world.clock.advance({ days: 2 });
  const outcomes = await Promise.allSettled([
    recordCollectionOutcome(world.as(team.storekeeper), gift.id, { outcome: "collected" }),
    bringAfterAll(world.as(gift.donor), gift.code),
    recordCollectionOutcome(world.as(team.storekeeper), gift.id, { outcome: "collected" }),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const [row] = await db.select().from(collections).where(eq(collections.id, gift.id));
  expect(row).toMatchObject({ whereSealed: null });
  expect(await wrongs(world)).toEqual([]);
});

test("collected goods are on their way: not undone, not taken back by a clock, and counted at the point", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const gift = await aCollectedGift(world, team);
  world.clock.advance({ days: 2 });
  await recordCollectionOutcome(world.as(team.storekeeper), gift.id, { outcome: "collected" });
  await expect(undoGift(world.as(gift.donor), gift.code)).rejects.toMatchObject({ code: "TOO_LATE_TO_UNDO" });
  world.clock.advance({ days: 40 });
  await remindOverdue(world.system);
  await revokeOverdue(world.system);
  expect(await stateOf(world, gift.giftId)).toBe("confirmed");
  const found = await lookUp(world.as(team.storekeeper), team.point.id, gift.code);
  const pledgeId = found.expected[0]?.pledge.id ?? "";
  await receiveParcel(world.as(team.storekeeper), {
    pledgeId,
    pointId: team.point.id,
    counted: 1n,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  expect((await lettersTo(world, gift.donor)).sort()).toEqual(["collectionCollected", "confirmedPickUp"]);
  expect(await wrongs(world)).toEqual([]);
});

test("nobody at home, nobody came, or brought after all: the donor hears of each, and it is not they who are overdue", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const [out, forgotten, brought] = [
    await aCollectedGift(world, team),
    await aCollectedGift(world, team),
    await aCollectedGift(world, team),
  ];
  await bringAfterAll(world.as(brought.donor), brought.code);
  expect((await db.select().from(gifts).where(eq(gifts.code, brought.code)))[0]?.arrivalWay).toBe("drop_off");
  world.clock.advance({ days: 2 });
  await recordCollectionOutcome(world.as(team.storekeeper), out.id, { outcome: "not_home" });
  world.clock.advance({ days: 1 });
  await lookAfterCollections(world.system);
  await lookAfterCollections(world.system);
  expect((await lettersTo(world, out.donor)).at(-1)).toBe("collectionNotHome");
  expect(
    (await lettersTo(world, forgotten.donor)).filter((template) => template.startsWith("collection")),
  ).toEqual(["collectionNobodyCame"]);
  expect(await collectionOfGift(world.as(forgotten.donor), forgotten.giftId)).toMatchObject({
    state: "missed",
    missedWhy: "nobody_came",
  });
  const [pledge] = await db.select().from(pledges).where(eq(pledges.giftId, forgotten.giftId));
  expect(pledge?.dueAt?.getTime()).toBeGreaterThan(plusDays(world.clock.now(), 6).getTime());

  await askAgain(world.as(forgotten.donor), forgotten.code, { ...forgotten.when, day: inDays(world, 3) });
  expect((await collectionsAt(world.as(team.storekeeper), team.point.id)).map((row) => row.id)).toContain(
    forgotten.id,
  );
  await expect(
    askAgain(world.as(out.donor), forgotten.code, { ...out.when, day: inDays(world, 3) }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [other] = await db.select().from(pledges).where(eq(pledges.giftId, out.giftId));
  const at = {
    pointId: team.point.id,
    counted: 1n,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  await receiveParcel(world.as(team.storekeeper), { pledgeId: other?.id ?? "", ...at });
  expect((await db.select().from(collections).where(eq(collections.id, out.id)))[0]).toMatchObject({
    state: "brought",
    whereSealed: null,
  });
  expect(await wrongs(world)).toEqual([]);
});

test("a donor whose gift nobody fetched on the last of its days has days anew to say what next, before any clock calls it overdue", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const gift = await aCollectedGift(world, team, 15);
  world.clock.advance({ days: 17 });
  await lookAfterCollections(world.system);
  const [pledge] = await db.select().from(pledges).where(eq(pledges.giftId, gift.giftId));
  expect(pledge?.dueAt?.getTime()).toBe(plusDays(world.clock.now(), 7).getTime());
  world.clock.advance({ days: 6 });
  await remindOverdue(world.system);
  await revokeOverdue(world.system);
  expect(await stateOf(world, gift.giftId)).toBe("confirmed");
});

test("an undone gift is not collected: its address goes with it", async ({ db }) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const gift = await aCollectedGift(world, team);
  await undoGift(world.as(gift.donor), gift.code);
  expect((await collectionsAt(world.as(team.storekeeper), team.point.id)).map((row) => row.id)).not.toContain(
    gift.id,
  );
  await lookAfterCollections(world.system);
  expect((await db.select().from(collections).where(eq(collections.id, gift.id)))[0]).toMatchObject({
    state: "cancelled",
    whereSealed: null,
  });
  expect(await wrongs(world)).toEqual([]);
});
