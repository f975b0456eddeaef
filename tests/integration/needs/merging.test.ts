import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { mergeNeed } from "~/domain/needs/mergeNeed.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf, submitNeed } from "~/domain/needs/submitNeed.server";
import { needs, publicNeeds } from "~db/schema/needs";
import { aPublishedWish, aSubmittedWish, aVerifiedWish, aWishInput } from "../../factories/needs";
import { aPerson, aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const into = (intoId: string) => ({ intoId, reason: "filed_twice" as const });
const needOf = async (world: World, id: string) => {
  const [need] = await world.db.select().from(needs).where(eq(needs.id, id));
  if (!need) throw new Error("no need");
  return need;
};

test("a duplicate ends, the other one stays and waits since the earlier of the two was filed, and both histories tell it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const earlier = await aSubmittedWish(world, team);
  const filedFirst = (await needOf(world, earlier.needId)).filedAt;
  world.clock.advance({ days: 20 });
  const later = await aPublishedWish(world, team);
  await mergeNeed(world.as(team.reviewer), earlier.needId, into(later.needId));
  expect(await needOf(world, earlier.needId)).toMatchObject({ state: "merged", mergedIntoId: later.needId });
  expect(await needOf(world, later.needId)).toMatchObject({ state: "published", filedAt: filedFirst });
  const [shown] = await db
    .select({ since: publicNeeds.waitingSince })
    .from(publicNeeds)
    .where(eq(publicNeeds.needId, later.needId));
  expect(shown?.since).toEqual(filedFirst);
  const last = async (id: string) => (await staffNeed(world.as(team.reviewer), id)).steps.at(-1);
  expect(await last(earlier.needId)).toMatchObject({
    event: "need.merge",
    reason: "filed_twice",
    role: "town_reviewer",
    other: { id: later.needId, code: later.code },
  });
  expect(await last(later.needId)).toMatchObject({
    event: "need.absorb",
    other: { id: earlier.needId, code: earlier.code },
  });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("only a reviewer of the town merges, never what they filed nor into it, and never across towns", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const [one, two] = [await aSubmittedWish(world, team), await aSubmittedWish(world, team)];
  for (const wrong of [team.caseworker, team.operator])
    await expect(mergeNeed(world.as(wrong), one.needId, into(two.needId))).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
  const there = await aTeam(world, GUZHEN);
  const elsewhere = await aSubmittedWish(world, there);
  await expect(mergeNeed(world.as(team.reviewer), one.needId, into(elsewhere.needId))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(mergeNeed(world.as(there.reviewer), one.needId, into(two.needId))).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });

  const inShiqi = (role: "caseworker" | "town_reviewer") => ({
    role,
    scope: { kind: "town", id: SHIQI } as const,
  });
  const both = world.as(await aPerson(world, inShiqi("caseworker"), inShiqi("town_reviewer")));
  const own = await draftWish(both, aWishInput(world));
  await submitNeed(both, own.needId, { judged: "different", gapReason: "not_covered" });
  await expect(mergeNeed(both, own.needId, into(two.needId))).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(mergeNeed(both, two.needId, into(own.needId))).rejects.toMatchObject({ code: "FOUR_EYES" });
});

test("a wish is merged only into one that was sent in and has not ended, and not once it is public itself", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const reviewer = world.as(team.reviewer);
  const one = await aVerifiedWish(world, team);
  const draft = await draftWish(world.as(team.caseworker), aWishInput(world));
  const ended = await aSubmittedWish(world, team);
  await withdrawNeed(world.as(team.colleague), ended.needId, "moved");
  for (const wrong of [draft, ended])
    await expect(mergeNeed(reviewer, one.needId, into(wrong.needId))).rejects.toMatchObject({
      code: "WRONG_STATE",
    });
  const shown = await aPublishedWish(world, team);
  await expect(mergeNeed(reviewer, shown.needId, into(one.needId))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await expect(mergeNeed(reviewer, one.needId, into(one.needId))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("two reviewers who merge each of two wishes into the other leave one of them", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const second = await aPerson(world, { role: "town_reviewer", scope: { kind: "town", id: SHIQI } });
  for (let round = 0; round < 6; round += 1) {
    const [one, two] = [await aSubmittedWish(world, team), await aSubmittedWish(world, team)];
    const outcomes = await Promise.allSettled([
      mergeNeed(world.as(team.reviewer), one.needId, into(two.needId)),
      mergeNeed(world.as(second), two.needId.toUpperCase(), into(one.needId.toUpperCase())),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const states = [(await needOf(world, one.needId)).state, (await needOf(world, two.needId)).state];
    expect(states.sort()).toEqual(["merged", "submitted"]);
    const [merged] = outcomes[0].status === "fulfilled" ? [one] : [two];
    expect((await needOf(world, merged.needId)).state).toBe("merged");
  }
});

test("reviewers and operators see who may be the same person, by code; only within the town may they look at the other wish", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const there = await aTeam(world, GUZHEN);
  const person = { name: "甄演示重复", phone: "19900007777" };
  const filed = (townCode: string) => ({ household: { ...aWishInput(world).household, townCode, person } });
  const [one, two] = [
    await aSubmittedWish(world, team, filed(SHIQI)),
    await aSubmittedWish(world, team, filed(SHIQI)),
  ];
  const elsewhere = await aSubmittedWish(world, there, filed(GUZHEN));
  for (const actor of [team.reviewer, team.operator, team.colleague]) {
    const found = await duplicatesOf(world.as(actor), one.needId);
    expect(found.find((other) => other.needCode === two.code)).toMatchObject({
      needId: two.needId,
      sameTown: true,
    });
    expect(found.find((other) => other.needCode === elsewhere.code)).toMatchObject({
      needId: undefined,
      sameTown: false,
    });
  }

  await expect(duplicatesOf(world.as(there.reviewer), one.needId)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
});
