import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { correctMoment } from "~/domain/correctMoment.server";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery, tryAgain } from "~/domain/delivery/dispatchDelivery.server";
import { hearFeedback } from "~/domain/delivery/feedback.server";
import { markLost } from "~/domain/delivery/markLost.server";
import { momentsAtStore, momentsOfDelivery } from "~/domain/delivery/moments.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { townDelivery } from "~/domain/delivery/queries.server";
import { recordOutcome } from "~/domain/delivery/recordOutcome.server";
import { returnToPoint } from "~/domain/delivery/returnToPoint.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import type { CorrectMomentInput } from "~/domain/kernel/moments/input";
import { plusMinutes } from "~/domain/kernel/time";
import { giftPage } from "~/domain/trace/giftPage.server";
import type { Database } from "~db/client";
import { deliveryItems, feedbacks, handovers } from "~db/schema/delivery";
import { aGiftWithItsWay } from "../../factories/corrections";
import { aHandover } from "../../factories/delivery";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";

const wrong = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

test("an attempt in vain and the hour at which a recipient was heard are put right by the town, each in its order", async ({
  db,
}) => {
  const { world, team, wish, donor, gift, store, colleague, correction } = await aGiftWithItsWay(db);
  const { deliveryId } = await packDelivery(store, {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  const packed = world.clock.now();
  const then = (minutes: number) => plusMinutes(packed, minutes);
  world.clock.advance({ hours: 24 });
  const courier = world.as(team.courier);
  await dispatchDelivery(store, deliveryId, { courierId: team.courier.userId, occurredAt: then(60) });
  await recordOutcome(courier, deliveryId, {
    outcome: "not_home",
    occurredAt: then(120),
    requestKey: world.system.newId(),
  });
  await tryAgain(courier, deliveryId, { requestKey: world.system.newId() });
  await recordOutcome(courier, deliveryId, {
    outcome: "not_home",
    occurredAt: then(240),
    requestKey: world.system.newId(),
  });
  await tryAgain(courier, deliveryId, { requestKey: world.system.newId() });
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  await confirmHandover(
    courier,
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits, occurredAt: then(300) }),
  );
  const caseworker = world.as(team.caseworker);
  const { feedbackId } = await hearFeedback(caseworker, {
    deliveryId,
    rating: 5,
    occurredAt: then(360),
    requestKey: world.system.newId(),
  });

  const moments = await momentsOfDelivery(caseworker, deliveryId);
  expect(moments.map(({ step, at, mine }) => [step, at, mine])).toEqual([
    ["attempted", then(120), false],
    ["attempted", then(240), false],
    ["handed_over", then(300), false],
    ["heard", then(360), true],
  ]);
  const [first = "", second = ""] = moments.filter(({ step }) => step === "attempted").map(({ id }) => id);
  const attempted = (id: string, was: number, shall: number) =>
    correction("attempted", id, then(was), then(shall));
  await expect(correctMoment(caseworker, attempted(first, 120, 59))).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
  });
  await expect(correctMoment(caseworker, attempted(first, 120, 241))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });
  await expect(correctMoment(caseworker, attempted(second, 240, 301))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });
  for (const stranger of [courier, colleague, world.as(donor)])
    await expect(correctMoment(stranger, attempted(first, 120, 130))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await correctMoment(caseworker, attempted(first, 120, 130));
  await correctMoment(caseworker, attempted(second, 240, 200));
  await expect(correctMoment(caseworker, attempted(first, 130, 201))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });

  const heard = (shall: number) => correction("heard", feedbackId, then(360), then(shall));
  await expect(correctMoment(caseworker, heard(370))).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(correctMoment(world.as(team.colleague), heard(299))).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
  });
  await correctMoment(world.as(team.colleague), heard(330));
  expect((await db.select().from(feedbacks).where(eq(feedbacks.id, feedbackId)))[0]?.occurredAt).toEqual(
    then(330),
  );
  const { timeline } = await giftPage(world.as(donor), gift.giftCode);
  expect(timeline.filter(({ event }) => event === "moment_correction.make")).toHaveLength(2);
  expect(await wrong(db)).toEqual([]);

  // What nobody corrected is found.
  await db
    .update(handovers)
    .set({ occurredAt: then(131) })
    .where(eq(handovers.id, first));
  expect(await wrong(db)).toEqual([expect.stringContaining("attempted")]);
  await db
    .update(handovers)
    .set({ occurredAt: then(130) })
    .where(eq(handovers.id, first));
  await db
    .update(feedbacks)
    .set({ occurredAt: then(10) })
    .where(eq(feedbacks.id, feedbackId));
  expect((await wrong(db)).toSorted()).toEqual([
    expect.stringContaining("feedback"),
    expect.stringContaining("heard of"),
  ]);
  await db
    .update(feedbacks)
    .set({ occurredAt: then(330) })
    .where(eq(feedbacks.id, feedbackId));
});

test("what came back, was lost or was confirmed stands in books that are only added to: its correction stands beside it", async ({
  db,
}) => {
  const { world, team, wish, donor, gift, store, colleague, correction } = await aGiftWithItsWay(db, 3n);
  const { deliveryId } = await packDelivery(store, {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  const [item] = await db.select().from(deliveryItems).where(eq(deliveryItems.deliveryId, deliveryId));
  const then = (minutes: number) => plusMinutes(packed, minutes);
  const packed = world.clock.now();
  world.clock.advance({ hours: 24 });
  await dispatchDelivery(store, deliveryId, { courierId: team.courier.userId, occurredAt: then(60) });
  const operator = world.as(team.operator);
  await markLost(operator, deliveryId, {
    items: [{ itemId: item?.id ?? "", quantity: 1n }],
    reason: "lost_on_the_way",
    occurredAt: then(90),
    requestKey: world.system.newId(),
  });
  world.clock.advance({ minutes: 1 });
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  const handed = aHandover(world, {
    proof: "secret",
    secret: digits,
    occurredAt: then(120),
    items: [{ itemId: item?.id ?? "", quantity: 1n }],
  });
  await confirmHandover(world.as(team.courier), deliveryId, handed);
  await returnToPoint(store, deliveryId, {
    items: [],
    occurredAt: then(180),
    requestKey: world.system.newId(),
  });
  await acknowledgeDelivery(world.as(team.caseworker), deliveryId, { said: "came", occurredAt: then(240) });

  const other = world.as(await aPerson(world, { role: "operator", scope: { kind: "city" } }));
  const moments = await momentsOfDelivery(other, deliveryId);
  expect(moments.map(({ step, at, mine }) => [step, at, mine])).toEqual([
    ["dispatched", then(60), false],
    ["handed_over", then(120), false],
    ["lost", then(90), false],
    ["brought_back", then(180), false],
    ["confirmed", then(240), false],
  ]);
  const idOf = (step: string) => moments.find((one) => one.step === step)?.id ?? "";
  const put = (step: CorrectMomentInput["step"], was: number, shall: number) =>
    correction(step, idOf(step), then(was), then(shall));
  expect((await momentsAtStore(colleague, deliveryId)).map(({ step, mine }) => [step, mine])).toEqual([
    ["dispatched", false],
    ["brought_back", false],
  ]);
  // Each in its order, and each by its own: the store's return, the city's loss, the town's confirmation.
  await expect(correctMoment(colleague, put("brought_back", 180, 119))).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
  });
  await expect(correctMoment(colleague, put("brought_back", 180, 241))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });
  await expect(correctMoment(store, put("brought_back", 180, 170))).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  await expect(correctMoment(operator, put("lost", 90, 80))).rejects.toMatchObject({ code: "FOUR_EYES" });
  for (const stranger of [colleague, world.as(team.caseworker), world.as(donor)])
    await expect(correctMoment(stranger, put("lost", 90, 80))).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const stranger of [colleague, world.as(donor)])
    await expect(correctMoment(stranger, put("confirmed", 240, 200))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await expect(correctMoment(other, { ...put("lost", 90, 80), step: "brought_back" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await correctMoment(colleague, put("brought_back", 180, 200));
  await correctMoment(other, put("lost", 90, 80));
  await correctMoment(world.as(team.colleague), put("confirmed", 240, 230));
  await expect(correctMoment(colleague, put("brought_back", 200, 231))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });
  expect((await momentsOfDelivery(other, deliveryId)).map(({ at }) => at)).toEqual(
    [60, 120, 80, 200, 230].map(then),
  );
  const { timeline } = await giftPage(world.as(donor), gift.giftCode);
  expect(timeline.filter(({ event }) => event === "moment_correction.make")).toHaveLength(3);
  expect(
    (await townDelivery(world.as(team.caseworker), deliveryId)).steps.filter(
      ({ event }) => event === "moment_correction.make",
    ),
  ).toHaveLength(3);
  expect(await wrong(db)).toEqual([]);
});
