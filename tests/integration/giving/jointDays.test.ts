import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { agreeToJointDay, callOffJointDay, holdJointDay } from "~/domain/giving/answerJointDay.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { lapseJointDays, remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { jointDayAtPoint, jointDaysAt, jointDaysInMyTowns } from "~/domain/giving/jointDayQueries.server";
import { proposeJointDay, suggestOtherDay } from "~/domain/giving/proposeJointDay.server";
import { changeLimit, storedLimit } from "~/domain/identity/changeLimit.server";
import { endOfDay } from "~/domain/kernel/time";
import { giftPage } from "~/domain/trace/giftPage.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { Database } from "~db/client";
import { jointDays, pledges } from "~db/schema/giving";
import { inStore } from "../../factories/delivery";
import { openedJointDay } from "../../factories/giving";
import {
  aCompanyGift,
  aDayIn,
  ahead,
  anotherDay,
  answerTo,
  duesOf,
  eventsOf,
  nameDay,
  rowOf,
} from "../../factories/jointDays";
import { aCompany, aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

test("a company names a day, the point agrees: what is to come is due by the end of that day, it is held, and both books of states say so", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  const day = ahead(world, 20);
  await nameDay(world, company, giftCode, aDayIn(world, team, 20));
  expect(new Set(await duesOf(db, giftId)).has(endOfDay(day).getTime())).toBe(false);
  await agreeToJointDay(world.as(team.storekeeper), await answerTo(db, giftId));
  expect(new Set(await duesOf(db, giftId))).toEqual(new Set([endOfDay(day).getTime()]));
  const page = await giftPage(world.as(company), giftCode);
  expect([page.jointDay.current?.day, page.jointDay.current?.state, page.point?.id]).toEqual([
    day,
    "agreed",
    team.point.id,
  ]);
  await expect(holdJointDay(world.as(team.storekeeper), await answerTo(db, giftId))).rejects.toMatchObject({
    code: "IN_THE_FUTURE",
  });
  world.clock.advance({ days: 20 });
  await expect(holdJointDay(world.as(company), await answerTo(db, giftId))).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  for (const row of page.rows) await inStore(world, team, row.pledge.id, row.pledge.quantity);
  await holdJointDay(world.as(team.storekeeper), await answerTo(db, giftId));
  expect(await eventsOf(db, giftId)).toEqual([
    "propose by donor",
    "agree by storekeeper",
    "hold by storekeeper",
  ]);
  await expect(callOffJointDay(world.as(company), await answerTo(db, giftId))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect(await wrongs(db)).toEqual([]);
});

test("an earlier day moves nothing: what is due later stays due later", async ({ db }) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  const before = await duesOf(db, giftId);
  await nameDay(world, company, giftCode, aDayIn(world, team, 4));
  await agreeToJointDay(world.as(team.storekeeper), await answerTo(db, giftId));
  expect(await duesOf(db, giftId)).toEqual(before);
  expect(await wrongs(db)).toEqual([]);
});

test("the clocks follow the agreed day: reminded as long before it as usual, taken back a week after it and not before", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  await nameDay(world, company, giftCode, aDayIn(world, team, 40));
  await agreeToJointDay(world.as(team.storekeeper), await answerTo(db, giftId));
  const after = async (days: number) => {
    world.clock.advance({ days });
    await remindOverdue(world.system);
    await revokeOverdue(world.system);
    const rows = await db.select().from(pledges).where(eq(pledges.giftId, giftId));
    return rows.map((pledge) =>
      pledge.state === "confirmed" ? (pledge.remindedAt === null ? "waits" : "reminded") : pledge.state,
    );
  };

  expect(await after(7)).toEqual(["waits", "waits"]);
  expect(await after(24)).toEqual(["waits", "waits"]);
  expect(await after(2)).toEqual(["reminded", "reminded"]);
  expect(await after(13)).toEqual(["reminded", "reminded"]);
  expect(await after(2)).toEqual(["revoked", "revoked"]);
  await lapseJointDays(world.system);
  expect((await rowOf(db, giftId)).state).toBe("cancelled");
  expect(await wrongs(db)).toEqual([]);
});

test("only its own donor, and only a verified company, names a day; only a storekeeper of that very point answers", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  const elsewhere = await aTeam(world, GUZHEN);
  const person = await aCompanyGift(db, (its) => aDonor(its));
  await expect(
    nameDay(person.world, person.company, person.giftCode, aDayIn(world, team, 5)),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  expect((await giftPage(person.world.as(person.company), person.giftCode)).jointDay).toEqual({
    current: undefined,
    mayPropose: false,
  });
  for (const stranger of [await aDonor(world), await aCompany(world, team.operator), team.storekeeper])
    await expect(nameDay(world, stranger, giftCode, aDayIn(world, team, 5))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await expect(nameDay(world, { kind: "visitor" }, giftCode, aDayIn(world, team, 5))).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
  await expect(
    nameDay(world, company, giftCode, { ...aDayIn(world, team, 5), pointId: world.system.newId() }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });

  await nameDay(world, company, giftCode, aDayIn(world, team, 5));
  const input = await answerTo(db, giftId);
  for (const outsider of [elsewhere.storekeeper, team.caseworker, team.operator, await aDonor(world)]) {
    await expect(agreeToJointDay(world.as(outsider), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(callOffJointDay(world.as(outsider), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      suggestOtherDay(world.as(outsider), input.jointDayId, anotherDay(world, 6)),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }

  await expect(
    suggestOtherDay(world.as(company), input.jointDayId, anotherDay(world, 6)),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(agreeToJointDay(world.as(company), input)).rejects.toMatchObject({ code: "WRONG_STATE" });
  await expect(jointDaysAt(world.as(elsewhere.storekeeper), team.point.id)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(jointDayAtPoint(world.as(elsewhere.storekeeper), input.jointDayId)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(jointDaysInMyTowns(world.as(team.storekeeper))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("a donor who keeps the point as well does not agree with themselves, and the database would not take it either", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  const both = {
    ...company,
    grants: [
      ...company.grants,
      { role: "storekeeper", scope: { kind: "point", id: team.point.id } } as const,
    ],
  };
  await nameDay(world, both, giftCode, aDayIn(world, team, 5));
  await expect(agreeToJointDay(world.as(both), await answerTo(db, giftId))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  const { id } = await rowOf(db, giftId);
  await expect(
    db.update(jointDays).set({ agreedBy: company.userId, state: "agreed" }).where(eq(jointDays.id, id)),
  ).rejects.toMatchObject({
    cause: { constraint_name: "joint_day_four_eyes" },
  });
});

test("a day that is over, too soon or too far is refused with its limit, which is a dated setting; nothing to bring, no day", async ({
  db,
}) => {
  const { world, team, company, giftCode } = await aCompanyGift(db);
  const propose = (days: number) => nameDay(world, company, giftCode, aDayIn(world, team, days));
  for (const days of [-1, 0, 2])
    await expect(propose(days)).rejects.toMatchObject({ code: "JOINT_DAY_TOO_SOON", params: { days: 3 } });
  await expect(propose(61)).rejects.toMatchObject({ code: "JOINT_DAY_TOO_FAR", params: { days: 60 } });
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  await changeLimit(admin, {
    name: "jointDayNoticeDays",
    value: 1,
    version: (await storedLimit(admin, "jointDayNoticeDays")).opened,
  });
  // The limit holds for the whole database of this test file from its moment on.
  world.clock.advance({ minutes: 1 });
  await propose(1);
  const undone = await aCompanyGift(db);
  await undoGift(undone.world.as(undone.company), undone.giftCode);
  await expect(
    nameDay(undone.world, undone.company, undone.giftCode, aDayIn(undone.world, team, 5)),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
});

test("the same request twice, and twenty at once, make one joint day; one key for two days is refused", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  const request = { ...aDayIn(world, team, 6), version: await openedJointDay(world, giftCode) };
  await Promise.all(Array.from({ length: 20 }, () => proposeJointDay(world.as(company), giftCode, request)));
  await proposeJointDay(world.as(company), giftCode, request);
  const version = await openedJointDay(world, giftCode);
  const tabs = await Promise.allSettled(
    [7, 8].map((days) =>
      proposeJointDay(world.as(company), giftCode, { ...aDayIn(world, team, days), version }),
    ),
  );
  expect(tabs.filter((tab) => tab.status === "rejected")).toMatchObject([
    { reason: { code: "CHANGED_MEANWHILE" } },
  ]);
  expect(await db.select().from(jointDays).where(eq(jointDays.giftId, giftId))).toHaveLength(1);
  expect(await eventsOf(db, giftId)).toEqual(["propose by donor", "propose by donor"]);
  await expect(
    proposeJointDay(world.as(company), giftCode, { ...request, day: ahead(world, 8) }),
  ).rejects.toMatchObject({ code: "REQUEST_KEY_REUSED" });
  const suggestion = anotherDay(world, 9);
  const { jointDayId } = await answerTo(db, giftId);
  await suggestOtherDay(world.as(team.storekeeper), jointDayId, suggestion);
  await suggestOtherDay(world.as(team.storekeeper), jointDayId, suggestion);
  expect(await eventsOf(db, giftId)).toEqual([
    "propose by donor",
    "propose by donor",
    "suggest by storekeeper",
  ]);
  expect(await wrongs(db)).toEqual([]);
});

test("the point suggests another day, the donor agrees, then changes it: it has to be agreed anew, and what moved does not move back", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  await nameDay(world, company, giftCode, aDayIn(world, team, 25));
  const seenByDonor = await answerTo(db, giftId);
  await suggestOtherDay(world.as(team.storekeeper), seenByDonor.jointDayId, anotherDay(world, 30));
  await expect(agreeToJointDay(world.as(company), seenByDonor)).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  await expect(agreeToJointDay(world.as(team.storekeeper), await answerTo(db, giftId))).rejects.toMatchObject(
    {
      code: "WRONG_STATE",
    },
  );
  await agreeToJointDay(world.as(company), await answerTo(db, giftId));
  const moved = new Set([endOfDay(ahead(world, 30)).getTime()]);
  expect(new Set(await duesOf(db, giftId))).toEqual(moved);

  world.clock.advance({ minutes: 1 });
  await nameDay(world, company, giftCode, aDayIn(world, team, 10));
  expect(await rowOf(db, giftId)).toMatchObject({
    state: "proposed",
    agreedBy: null,
    proposedSide: "donor",
    day: ahead(world, 10),
  });
  // The very day that the other side named is an agreement.
  await suggestOtherDay(world.as(team.storekeeper), seenByDonor.jointDayId, anotherDay(world, 10));
  expect(await rowOf(db, giftId)).toMatchObject({ state: "agreed", agreedBy: team.storekeeper.userId });
  expect(new Set(await duesOf(db, giftId))).toEqual(moved);
  await callOffJointDay(world.as(team.storekeeper), await answerTo(db, giftId));
  expect((await giftPage(world.as(company), giftCode)).jointDay).toEqual({
    current: undefined,
    mayPropose: true,
  });
  await nameDay(world, company, giftCode, aDayIn(world, team, 12));
  await callOffJointDay(world.as(company), {
    jointDayId: (await giftPage(world.as(company), giftCode)).jointDay.current?.id ?? "",
    version: 1,
  });
  expect(await eventsOf(db, giftId)).toEqual([
    "propose by donor",
    "suggest by storekeeper",
    "agree by donor",
    "propose by donor",
    "agree by storekeeper",
    "decline by storekeeper",
    "propose by donor",
    "withdraw by donor",
  ]);
  while ((await drainOutbox(world.system, 100)) > 0);
  const letters = world.mails
    .filter((mail) => mail.data["code"] === giftCode && mail.template.startsWith("jointDay"))
    .map((mail) => mail.template);
  expect(letters.sort()).toEqual([
    "jointDayAgreed",
    "jointDayAgreed",
    "jointDayCalledOff",
    "jointDaySuggested",
  ]);
  expect(await wrongs(db)).toEqual([]);
});

test("a day that nobody answered lapses once it is over, and not on the day itself; nobody agrees to it any more", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  await nameDay(world, company, giftCode, aDayIn(world, team, 5));
  world.clock.advance({ days: 5 });
  await lapseJointDays(world.system);
  expect((await rowOf(db, giftId)).state).toBe("proposed");
  world.clock.advance({ days: 1 });
  await expect(agreeToJointDay(world.as(team.storekeeper), await answerTo(db, giftId))).rejects.toMatchObject(
    {
      code: "IN_THE_PAST",
    },
  );
  await Promise.all([lapseJointDays(world.system), lapseJointDays(world.system)]);
  expect((await rowOf(db, giftId)).state).toBe("cancelled");
  expect(await eventsOf(db, giftId)).toEqual(["propose by donor", "lapse by system"]);
});

test("the invariant finds an agreed day that the due days do not follow", async ({ db }) => {
  const { world, team, company, giftCode, giftId } = await aCompanyGift(db);
  await nameDay(world, company, giftCode, aDayIn(world, team, 20));
  await agreeToJointDay(world.as(team.storekeeper), await answerTo(db, giftId));
  await db.update(pledges).set({ dueAt: world.clock.now() }).where(eq(pledges.giftId, giftId));
  const { id } = await rowOf(db, giftId);
  expect(await wrongs(db)).toEqual([`giving.joint_days: ${id}`]);
});
