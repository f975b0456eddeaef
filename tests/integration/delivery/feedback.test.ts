import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { hearFeedback, moderateFeedback } from "~/domain/delivery/feedback.server";
import { townDelivery } from "~/domain/delivery/queries.server";
import { feedbackQueue } from "~/domain/delivery/visitQueries.server";
import { wishPage } from "~/domain/needs/wishPage.server";
import { giftPage, trackPage } from "~/domain/trace/giftPage.server";
import { feedbacks } from "~db/schema/delivery";
import { needs } from "~db/schema/needs";
import { handedOver, inStore, onTheWay } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const SAID = "书包很好，孩子天天背着，谢谢李老师带来。";
const PASSED = "书包很好，天天背着。";

const aWord = (world: World, deliveryId: string) => ({
  deliveryId,
  rating: 5,
  words: SAID,
  occurredAt: world.clock.now(),
  requestKey: world.system.newId(),
});

test("what a recipient said is written down once however often the form is sent, sealed, by the town or an operator only, and only after the handover", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const out = await handedOver(world, team);
  const word = aWord(world, out.deliveryId);
  const first = await hearFeedback(world.as(team.colleague), word);
  expect(await hearFeedback(world.as(team.colleague), word)).toEqual(first);
  const rows = await db.select().from(feedbacks);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.wordsSealed).not.toContain("书包");

  for (const person of [elsewhere.caseworker, out.donor, team.courier])
    await expect(hearFeedback(world.as(person), aWord(world, out.deliveryId))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  const wish = await aPublishedWish(world, team);
  const gift = await aConfirmedGift(world, await aDonor(world), wish.line.id);
  await inStore(world, team, gift.pledge.id, 1n);
  const { deliveryId } = await onTheWay(world, team, wish.needId);
  await expect(hearFeedback(world.as(team.colleague), aWord(world, deliveryId))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
});

test("what another person passed of it reaches the donors of that delivery, whoever follows their link, and the public page; nobody else, and nothing before", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await handedOver(world, team, { quantity: 3n });
  const [need] = await db.select({ code: needs.code }).from(needs).where(eq(needs.id, out.needId));
  const later = await aConfirmedGift(world, await aDonor(world), (await aPublishedWish(world, team)).line.id);
  const { feedbackId } = await hearFeedback(world.as(team.colleague), aWord(world, out.deliveryId));
  const read = async () => ({
    donor: (await giftPage(world.as(out.donor), out.gift.giftCode)).words.map((row) => row.words),
    stranger: (await trackPage(world.as({ kind: "visitor" }), out.gift.trackToken)).words.map(
      (row) => row.words,
    ),
    public: ((await wishPage(world.as({ kind: "visitor" }), need?.code ?? "")).words ?? []).map(
      (row) => row.words,
    ),
    other: (await trackPage(world.as({ kind: "visitor" }), later.trackToken)).words,
    town: (await townDelivery(world.as(team.colleague), out.deliveryId)).heard.map(
      ({ rating, state }) => `${rating} ${state}`,
    ),
  });
  expect(await read()).toEqual({ donor: [], stranger: [], public: [], other: [], town: ["5 heard"] });
  expect(
    (await feedbackQueue(world.as(team.operator))).rows.find((row) => row.id === feedbackId)?.words,
  ).toBe(SAID);
  // As it was said it still names somebody.
  await expect(moderateFeedback(world.as(team.operator), feedbackId, SAID)).rejects.toMatchObject({
    code: "PUBLISH_GUARD",
  });
  await moderateFeedback(world.as(team.operator), feedbackId, PASSED);
  expect(await read()).toEqual({
    donor: [PASSED],
    stranger: [PASSED],
    public: [PASSED],
    other: [],
    town: ["5 passed"],
  });
});

test("words that were kept private are read by no donor", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await handedOver(world, team);
  const { feedbackId } = await hearFeedback(world.as(team.colleague), aWord(world, out.deliveryId));
  await moderateFeedback(world.as(team.operator), feedbackId, undefined);
  expect((await giftPage(world.as(out.donor), out.gift.giftCode)).words).toEqual([]);
});
