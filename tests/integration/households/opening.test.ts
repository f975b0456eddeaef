import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { correctRecord, storedRecord } from "~/domain/households/changeHousehold.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { findHouseholds } from "~/domain/households/queries.server";
import { openedOn } from "~/domain/kernel/opened";
import { householdPage } from "~/domain/requests/householdPage.server";
import { journal } from "~db/schema/journal";
import { aSubmittedWish, aWishInput } from "../../factories/needs";
import { aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("an opened record is open to whoever opened it, and shut again when fifteen minutes are over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { id } = await householdOfNeed(world, (await aSubmittedWish(world, team)).needId);
  const reader = world.as(team.caseworker);
  expect(await readOpened(reader, id)).toBeUndefined();

  const { until } = await openRecord(reader, { householdId: id, reason: "contact_recipient" });
  expect(until.getTime() - world.clock.now().getTime()).toBe(15 * 60_000);
  expect(await readOpened(world.as(team.colleague), id)).toBeUndefined();

  world.clock.advance({ minutes: 14 });
  expect((await readOpened(reader, id))?.fields.phone).toMatch(/^\d{11}$/);
  world.clock.advance({ minutes: 1 });
  expect(await readOpened(reader, id)).toBeUndefined();
  expect((await householdPage(reader, id)).opened).toBeUndefined();
});

test("a household is found by any caseworker of its town: by its code, a wish's code, name or phone; never from another town", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const there = await aTeam(world, GUZHEN);
  const person = { name: "甄演示寻", phone: "19900006666" };
  const wish = await aSubmittedWish(world, team, { household: { ...aWishInput(world).household, person } });
  const { id, code } = await householdOfNeed(world, wish.needId);
  for (const typed of [code, code.toLowerCase(), wish.code, "甄演示寻", " 甄演示 寻", "199 0000 6666"]) {
    expect(
      (await findHouseholds(world.as(team.colleague), typed)).map((found) => found.id),
      typed,
    ).toEqual([id]);
    expect(await findHouseholds(world.as(there.caseworker), typed), typed).toEqual([]);
  }

  for (const typed of ["甄演示", "1990000666", "%", "x"])
    expect(await findHouseholds(world.as(team.colleague), typed)).toEqual([]);
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  expect((await findHouseholds(admin, code)).map((found) => found.id)).toEqual([id]);
  for (const typed of ["甄演示寻", "19900006666", "x"])
    expect(await findHouseholds(admin, typed)).toEqual([]);
  for (const stranger of [await aDonor(world), team.courier])
    await expect(findHouseholds(world.as(stranger), code)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("a record is corrected by a caseworker of the town who has it open; the journal names the fields and keeps nothing of them", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const name = "甄演示改";
  const { needId } = await aSubmittedWish(world, team, {
    household: { ...aWishInput(world).household, person: { name, phone: "19900001111" } },
  });
  const { id } = await householdOfNeed(world, needId);
  const caseworker = world.as(team.colleague);
  const person = { name, phone: "19900002222", address: "演示路 9 号" };
  const corrected = { ...person, version: openedOn(1) };
  await expect(correctRecord(caseworker, id, corrected)).rejects.toMatchObject({ code: "RECORD_NOT_OPEN" });
  await openRecord(caseworker, { householdId: id, reason: "correction" });
  await openRecord(world.as(team.operator), { householdId: id, reason: "correction" });
  await expect(correctRecord(world.as(team.operator), id, corrected)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await correctRecord(caseworker, id, corrected);
  await correctRecord(caseworker, id, corrected);
  expect((await readOpened(caseworker, id))?.fields).toEqual(person);
  // Whoever had the older record open writes nothing over what was corrected since.
  expect((await storedRecord(caseworker, id)).opened).toBe(openedOn(2));
  await expect(
    correctRecord(caseworker, id, { ...corrected, address: "演示路 10 号" }),
  ).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect((await readOpened(caseworker, id))?.fields).toEqual(person);
  await expect(storedRecord(world.as(team.caseworker), id)).rejects.toMatchObject({
    code: "RECORD_NOT_OPEN",
  });
  const steps = await db.select().from(journal).where(eq(journal.entityId, id));
  expect(steps.filter((step) => step.event === "household.correct").map((step) => step.data)).toEqual([
    { fields: "phone address" },
  ]);
  expect((await findHouseholds(caseworker, "19900002222")).map((found) => found.id)).toEqual([id]);
  expect(await findHouseholds(caseworker, "19900001111")).toEqual([]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});
