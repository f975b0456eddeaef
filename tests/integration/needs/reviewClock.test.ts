import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { checkWords, publishNeed } from "~/domain/needs/publishNeed.server";
import { escalateReviews } from "~/domain/needs/reviewClock.server";
import { verifyNeed } from "~/domain/needs/reviewNeed.server";
import { reviewQueue } from "~/domain/needs/staffQueries.server";
import { journal } from "~db/schema/journal";
import { needs } from "~db/schema/needs";
import { aSubmittedWish, aVerifiedWish, aWishInput } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("what waits longer than it may is brought before everybody who may give a word, once for each state, also by two clocks at once", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team);
  const row = async () => (await db.select().from(needs).where(eq(needs.id, needId)))[0];
  const escalations = async () =>
    (await db.select().from(journal).where(eq(journal.entityId, needId))).filter(
      (step) => step.event === "need.escalate",
    ).length;
  await escalateReviews(world.system);
  expect([(await row())?.escalatedAt, await escalations()]).toEqual([null, 0]);
  const queued = async () =>
    (await reviewQueue(world.as(team.operator))).rows.some((wish) => wish.id === needId);
  expect(await queued()).toBe(false);

  world.clock.advance({ days: 10 });
  await Promise.all([escalateReviews(world.system), escalateReviews(world.system)]);
  await escalateReviews(world.system);
  expect([(await row())?.state, (await row())?.escalatedAt, await escalations()]).toEqual([
    "submitted",
    world.clock.now(),
    1,
  ]);
  expect(await queued()).toBe(true);

  // The next state has a day of its own.
  await verifyNeed(world.as(team.reviewer), needId);
  expect((await row())?.escalatedAt).toBeNull();
  expect((await row())?.reviewDueAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
  world.clock.advance({ days: 10 });
  await escalateReviews(world.system);
  expect(await escalations()).toBe(2);
  await publishNeed(world.as(team.operator), needId, {
    title: "新学期的书包",
    story: "书包的拉链坏了很久，盼着新学期换一个。",
  });
  expect(await row()).toMatchObject({ state: "published", reviewDueAt: null, escalatedAt: null });
});

test("an operator is told what a text says of the record before it is public; nobody else may ask, and asking changes nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const person = { name: "甄演字", phone: "19900004321", address: "甄演巷 8 号" };
  const { needId } = await aVerifiedWish(world, team, {
    household: { ...aWishInput(world).household, person },
  });
  const before = await db.select().from(needs).where(eq(needs.id, needId));
  const found = await checkWords(world.as(team.operator), needId, {
    title: "甄演字的书包",
    story: "电话是199-0000-4321。",
    pseudonym: "小字",
  });
  expect(found.filter(({ hard }) => hard).map(({ text }) => text)).toEqual(
    expect.arrayContaining(["甄演字", "199-0000-4321"]),
  );
  expect(
    await checkWords(world.as(team.operator), needId, {
      title: "书包",
      story: "盼着换一个。",
      pseudonym: undefined,
    }),
  ).toEqual([]);
  for (const stranger of [team.caseworker, team.reviewer, team.storekeeper])
    await expect(
      checkWords(world.as(stranger), needId, { title: "甄演字", story: "", pseudonym: undefined }),
    ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  expect(await db.select().from(needs).where(eq(needs.id, needId))).toEqual(before);
});
