import { asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { callOffJointDay } from "~/domain/giving/answerJointDay.server";
import { askAgain, recordCollectionOutcome } from "~/domain/giving/collecting/changeCollection.server";
import { daysToCollect, whereOf } from "~/domain/giving/collecting/collection.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { daysToChoose } from "~/domain/giving/jointDayQueries.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { proposeJointDay } from "~/domain/giving/proposeJointDay.server";
import { changeLimit, storedLimit } from "~/domain/identity/changeLimit.server";
import type { LimitName } from "~/domain/kernel/limits.server";
import { dayPlus } from "~/domain/kernel/time";
import { collections, gifts, jointDays, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { aPledgeOf, choices, openedJointDay } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aCompany, aDonor, aPerson, aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

/** One minute before midnight in Zhongshan, when it is still the afternoon of that day in London. */
const beforeMidnight = () => new Clock(new Date("2026-03-02T15:59:00Z"));
const WHERE = { address: "演示路 77 号 5 楼", phone: "0760-0000-7777" } as const;

async function setLimit(world: World, name: LimitName, value: number): Promise<void> {
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await changeLimit(admin, { name, value, version: (await storedLimit(admin, name)).opened });
  world.clock.advance({ minutes: 1 });
}

const heldBy = async (world: World, donor: Parameters<World["as"]>[0], lineId: string) =>
  (await pledgeItems(world.as(donor), aPledgeOf(world, lineId))).giftCode;
const collected = (world: World, team: Team, day: string) =>
  ({
    ...choices(world),
    arrivalWay: "pick_up",
    pointId: team.point.id,
    day,
    part: "morning",
    ...WHERE,
  }) as const;

async function collectionOf(world: World, code: string) {
  const [row] = await world.db
    .select({ collection: collections })
    .from(collections)
    .innerJoin(gifts, eq(gifts.id, collections.giftId))
    .where(eq(gifts.code, code));
  if (!row) throw new Error("no collection");
  return row.collection;
}

test("a gift can be collected from tomorrow on to the fifteenth day, by the city's calendar; exactly the days that the form offers are taken", async ({
  db,
}) => {
  const world = aWorld(db, { clock: beforeMidnight() });
  const team = await aTeam(world);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  const days = () => daysToCollect(db, world.system);
  expect(await days()).toEqual({ first: "2026-03-03", last: "2026-03-17" });
  world.clock.advance({ minutes: 1 });
  const { first, last } = await days();
  expect([first, last]).toEqual(["2026-03-04", "2026-03-18"]);
  const donor = await aDonor(world);
  for (const day of [dayPlus(first, -1), dayPlus(last, 1)])
    await expect(
      confirmGift(world.as(donor), await heldBy(world, donor, line.id), collected(world, team, day)),
    ).rejects.toMatchObject({
      code: "DAY_NOT_OFFERED",
      params: { first, last },
    });
  for (const day of [first, last]) {
    const code = await heldBy(world, donor, line.id);
    await confirmGift(world.as(donor), code, collected(world, team, day));
    expect((await collectionOf(world, code)).day).toBe(day);
  }

  await setLimit(world, "collectNoticeDays", 3);
  await setLimit(world, "collectWithinDays", 5);
  expect(await days()).toEqual({ first: "2026-03-06", last: "2026-03-08" });
});

test("where a donor lives is sealed for that one collection, can be read while it waits, and is gone from the moment it ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  const donor = await aDonor(world);
  const { first, last } = await daysToCollect(db, world.system);
  const [one, other] = [await heldBy(world, donor, line.id), await heldBy(world, donor, line.id)];
  for (const code of [one, other]) await confirmGift(world.as(donor), code, collected(world, team, first));
  const row = await collectionOf(world, one);
  expect(whereOf(world.system, row)).toEqual(WHERE);
  expect(JSON.stringify(row)).not.toMatch(/演示路|0760|7777/);
  // Sealed for this row: carried over to another one it opens nothing.
  expect(() => whereOf(world.system, { id: row.id, whereSealed: "x" })).toThrow();
  const carried = (await collectionOf(world, other)).whereSealed;
  expect(() => whereOf(world.system, { id: row.id, whereSealed: carried })).toThrow();

  await recordCollectionOutcome(world.as(team.storekeeper), row.id, { outcome: "cannot_come" });
  expect(whereOf(world.system, await collectionOf(world, one))).toEqual(WHERE);
  const moved = { address: "演示巷 9 号", phone: "0760-0000-9999" };
  await askAgain(world.as(donor), one, { day: last, part: "afternoon", ...moved });
  expect(whereOf(world.system, await collectionOf(world, one))).toEqual(moved);
  await recordCollectionOutcome(world.as(team.storekeeper), row.id, { outcome: "collected" });
  expect(await collectionOf(world, one)).toMatchObject({ state: "collected", whereSealed: null });
  expect(whereOf(world.system, await collectionOf(world, one))).toBeUndefined();
  expect(whereOf(world.system, await collectionOf(world, other))).toEqual(WHERE);
});

test("a joint day can be named from the third day on to the sixtieth, by the city's calendar; exactly the days that the form offers are taken", async ({
  db,
}) => {
  const world = aWorld(db, { clock: beforeMidnight() });
  const team = await aTeam(world);
  const company = await aCompany(world, team.operator);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  const days = () => daysToChoose(world.as(company));
  expect(await days()).toEqual({ first: "2026-03-05", last: "2026-05-01" });
  world.clock.advance({ minutes: 1 });
  const { first, last } = await days();
  expect([first, last]).toEqual(["2026-03-06", "2026-05-02"]);
  const name = async (day: string) => {
    const code = await heldBy(world, company, line.id);
    await confirmGift(world.as(company), code, choices(world));
    await proposeJointDay(world.as(company), code, {
      day,
      pointId: team.point.id,
      requestKey: world.system.newId(),
      version: await openedJointDay(world, code),
    });
  };

  await expect(name(dayPlus(first, -1))).rejects.toMatchObject({
    code: "JOINT_DAY_TOO_SOON",
    params: { days: 3 },
  });
  await expect(name(dayPlus(last, 1))).rejects.toMatchObject({
    code: "JOINT_DAY_TOO_FAR",
    params: { days: 60 },
  });
  for (const day of [first, last]) await name(day);
  await setLimit(world, "jointDayNoticeDays", 5);
  await setLimit(world, "jointDayWithinDays", 10);
  expect(await days()).toEqual({ first: "2026-03-08", last: "2026-03-13" });
});

test("a joint day is called off by either side, each in its own word, once; what is due by then stays due by then", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const company = await aCompany(world, team.operator);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  for (const [who, event] of [
    [company, "joint_day.withdraw"],
    [team.storekeeper, "joint_day.decline"],
  ] as const) {
    const code = await heldBy(world, company, line.id);
    await confirmGift(world.as(company), code, choices(world));
    const { first: day } = await daysToChoose(world.as(company));
    await proposeJointDay(world.as(company), code, {
      day,
      pointId: team.point.id,
      requestKey: world.system.newId(),
      version: await openedJointDay(world, code),
    });
    const [row] = await db
      .select({ jointDay: jointDays })
      .from(jointDays)
      .innerJoin(gifts, eq(gifts.id, jointDays.giftId))
      .where(eq(gifts.code, code));
    const { id = "", version = 0, giftId = "" } = row?.jointDay ?? {};
    const dues = () => db.select({ dueAt: pledges.dueAt }).from(pledges).where(eq(pledges.giftId, giftId));
    const before = await dues();
    const both = await Promise.allSettled(
      [1, 2].map(() => callOffJointDay(world.as(who), { jointDayId: id, version })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const steps = await db
      .select({ event: journal.event, actorId: journal.actorId, data: journal.data })
      .from(journal)
      .where(eq(journal.entityId, id))
      .orderBy(asc(journal.id));
    expect(steps.slice(1)).toEqual([{ event, actorId: who.userId, data: { day } }]);
    expect(await dues()).toEqual(before);
    await expect(
      callOffJointDay(world.as(who), { jointDayId: id, version: version + 1 }),
    ).rejects.toMatchObject({ code: "WRONG_STATE" });
  }
});
