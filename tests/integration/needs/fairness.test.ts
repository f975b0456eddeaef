import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { draftWish } from "~/domain/needs/draftWish.server";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { listWishes } from "~/domain/needs/queries.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { consents } from "~db/schema/households";
import { needs, publicNeeds } from "~db/schema/needs";
import { aPublishedWish, aVerifiedWish, aWishInput } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("whoever waits longest comes first in the list, unless the newest are asked for", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wishes = [];
  for (let day = 0; day < 3; day += 1) {
    wishes.push((await aPublishedWish(world, team)).code);
    world.clock.advance({ days: 1 });
  }

  const listed = async (sort?: "waiting" | "newest") =>
    (await listWishes(world.system, sort === undefined ? {} : { sort })).cards.map((card) => card.code);
  expect(await listed()).toEqual(wishes);
  expect(await listed("waiting")).toEqual(wishes);
  expect(await listed("newest")).toEqual([...wishes].reverse());
});

test("a wish is not published once its household's consent to publish is withdrawn", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aVerifiedWish(world, team);
  const { id } = await householdOfNeed(world, wish.needId);
  await db
    .update(consents)
    .set({ withdrawnAt: world.clock.now(), withdrawnRecordedBy: team.colleague.userId })
    .where(and(eq(consents.householdId, id), eq(consents.scope, "publish")));
  await expect(
    publishNeed(world.as(team.operator), wish.needId, {
      title: "新学期的书包",
      story: "书包的拉链坏了很久。",
    }),
  ).rejects.toMatchObject({ code: "CONSENT_MISSING" });
  expect(await db.$count(publicNeeds, eq(publicNeeds.needId, wish.needId))).toBe(0);
});

test("possible duplicates are judged before a wish goes on, and what was judged is kept", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const person = { name: "演示同一人", phone: "19900005678", address: "演示路 9 号" };
  const household = {
    townCode: team.point.townCode,
    kind: "household" as const,
    heads: 2,
    groupCode: "dibao",
    ageBand: "6_to_13" as const,
    person,
  };
  const first = await draftWish(filer, aWishInput(world, { household }));
  await submitNeed(filer, first.needId, { judged: "different", gapReason: "not_covered" });
  const again = await draftWish(filer, aWishInput(world, { household }));
  for (const judged of [{}, { judged: "none" as const }]) {
    await expect(
      submitNeed(filer, again.needId, { ...judged, gapReason: "not_covered" }),
    ).rejects.toMatchObject({ code: "DUPLICATES_UNJUDGED" });
  }

  await submitNeed(filer, again.needId, { judged: "different", gapReason: "not_covered" });
  const [need] = await db
    .select({ check: needs.duplicateCheck })
    .from(needs)
    .where(eq(needs.id, again.needId));
  expect(need?.check).toEqual({ shown: [first.code], judged: "different" });
});
