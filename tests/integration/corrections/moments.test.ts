import { eq, sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { correctMoment } from "~/domain/correctMoment.server";
import { writtenOff } from "~/domain/delivery/momentsWrittenOff.server";
import { servicesPage } from "~/domain/delivery/visitQueries.server";
import { writeOff } from "~/domain/delivery/writeOff.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import { plusMinutes } from "~/domain/kernel/time";
import { draftValues } from "~/domain/needs/draftValues.server";
import { declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { visitMoments } from "~/domain/needs/visitMoments.server";
import { closeFollowUp } from "~/domain/referrals/closeFollowUp.server";
import { closeReferral } from "~/domain/referrals/closeReferral.server";
import { referralPage } from "~/domain/referrals/queries.server";
import { householdPage } from "~/domain/requests/householdPage.server";
import { recordRequest } from "~/domain/requests/recipientRequests.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import type { Database } from "~db/client";
import { lots } from "~db/schema/books";
import { serviceVisits } from "~db/schema/delivery";
import { recipientRequests } from "~db/schema/requests";
import { correctionIn, correctionsIn } from "../../factories/corrections";
import { aStockedWish } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish, aSubmittedWish, aVerifiedWish, aWishInput, saveDraft } from "../../factories/needs";
import { aCaseworker, aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { aReferral, followUpOf, referralNow, seenOf, takeStep } from "../../factories/referrals";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const wrong = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

test("the visits of a wish are put right by a colleague, in their order, and the form of the draft and the reviewer go by what stands", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const start = world.clock.now();
  const at = (minutes: number) => plusMinutes(start, minutes);
  world.clock.advance({ hours: 10 });
  const { needId } = await aSubmittedWish(world, team, { visitedAt: at(120) });
  const visited = correctionIn(world, "visited");
  const colleague = world.as(team.colleague);
  await expect(
    correctMoment(world.as(team.caseworker), visited(needId, at(120), at(60))),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  for (const stranger of [team.storekeeper, await aDonor(world), await aCaseworker(world, GUZHEN)])
    await expect(correctMoment(world.as(stranger), visited(needId, at(120), at(60)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await expect(
    correctMoment(colleague, correctionIn(world, "verified")(needId, at(120), at(60))),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await correctMoment(colleague, visited(needId, at(120), at(180)));
  // The reviewer cannot have been there before the visit that stands now.
  await expect(verifyNeed(world.as(team.reviewer), needId, { visitedAt: at(150) })).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
    field: "visitedAt",
  });
  await verifyNeed(world.as(team.reviewer), needId, { visitedAt: at(240) });
  await expect(correctMoment(colleague, visited(needId, at(180), at(241)))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
    field: "shall",
  });
  const verified = correctionIn(world, "verified");
  await expect(
    correctMoment(world.as(team.reviewer), verified(needId, at(240), at(300))),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(
    correctMoment(world.as(team.operator), verified(needId, at(240), at(179))),
  ).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE" });
  await correctMoment(world.as(team.operator), verified(needId, at(240), at(300)));
  const page = await staffNeed(world.as(team.reviewer), needId);
  expect(page.corrections).toMatchObject([
    { was: at(120), shall: at(180), reason: "wrong_day" },
    { was: at(240), shall: at(300) },
  ]);
  expect(page.steps.find(({ event }) => event === "need.draft")?.occurredAt).toEqual(at(180));
  expect(visitMoments(world.as(team.reviewer), page)).toEqual([
    { step: "visited", id: needId, at: at(180), mine: false },
    { step: "verified", id: needId, at: at(300), mine: true },
  ]);
  expect(visitMoments(world.as(await aDonor(world)), page)).toEqual([]);
  expect(await wrong(db)).toEqual([]);

  // Sent back and changed, the wish has a visit of its own again: the reviewer's old one bounds it no more.
  await declineNeed(world.as(team.operator), needId, "return", "unclear_item");
  const form = await draftValues(world.as(team.caseworker), needId);
  expect(form.values["visitedAt"]).toBe("2026-03-02T12:00");
  await saveDraft(world.as(team.caseworker), needId, aWishInput(world, { visitedAt: at(330) }));
  await correctMoment(colleague, visited(needId, at(330), at(320)));
  expect(await wrong(db)).toEqual([]);
});

test("when a recipient asked is put right by somebody else of the town, in the row and on the page; who wrote it down, and others, cannot", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { id } = await householdOfNeed(world, (await aVerifiedWish(world, team)).needId);
  const start = world.clock.now();
  const at = (minutes: number) => plusMinutes(start, minutes);
  world.clock.advance({ hours: 5 });
  await recordRequest(world.as(team.caseworker), id, {
    kind: "correct",
    words: "电话不对",
    occurredAt: at(60),
    requestKey: world.system.newId(),
  });
  const [request] = await db.select().from(recipientRequests);
  const requestId = request?.id ?? "";
  const asked = correctionIn(world, "asked");
  await expect(
    correctMoment(world.as(team.caseworker), asked(requestId, at(60), at(30))),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  for (const stranger of [admin, team.courier, await aCaseworker(world, GUZHEN)])
    await expect(correctMoment(world.as(stranger), asked(requestId, at(60), at(30)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await expect(
    correctMoment(world.as(team.colleague), asked(requestId, at(60), at(301))),
  ).rejects.toMatchObject({ code: "IN_THE_FUTURE" });
  await expect(correctMoment(world.as(team.colleague), asked(id, at(60), at(30)))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const once = asked(requestId, at(60), at(30));
  await Promise.all([
    correctMoment(world.as(team.colleague), once),
    correctMoment(world.as(team.colleague), once),
  ]);
  await expect(
    correctMoment(world.as(team.reviewer), asked(requestId, at(60), at(20))),
  ).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(await db.select().from(recipientRequests)).toMatchObject([
    { occurredAt: at(30), dueAt: request?.dueAt },
  ]);
  const page = await householdPage(world.as(team.colleague), id);
  expect(page.requests).toMatchObject([
    {
      occurredAt: at(30),
      corrections: [{ was: at(60), shall: at(30) }],
      moments: [{ step: "asked", at: at(30), mine: false }],
    },
  ]);
  expect((await householdPage(world.as(admin), id)).requests).toMatchObject([{ moments: [] }]);
  expect(await correctionsIn(db)).toHaveLength(1);
  expect(await wrong(db)).toEqual([]);
});

test("each step of a referral has its moment put right by a colleague, between its neighbours; the next step goes by what stands, the day it is due stays", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker } = await aReferral(world);
  const colleague = await aCaseworker(world);
  const start = world.clock.now();
  const at = (minutes: number) => plusMinutes(start, minutes);
  world.clock.advance({ hours: 10 });
  await takeStep(world, caseworker, referralId, "send", { occurredAt: at(120) });
  await takeStep(world, caseworker, referralId, "accept", { occurredAt: at(240) });
  const { dueAt } = await referralNow(world, referralId);
  const moments = async () => (await referralPage(world.as(colleague), referralId)).moments;
  const [sent, accepted, ...more] = await moments();
  if (!sent || !accepted) throw new Error("no moments");
  expect(more).toEqual([]);
  const step = correctionIn(world, "referral_step");
  await expect(correctMoment(world.as(caseworker), step(sent.id, at(120), at(60)))).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  for (const stranger of [await aDonor(world), await aCaseworker(world, GUZHEN)])
    await expect(correctMoment(world.as(stranger), step(sent.id, at(120), at(60)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await expect(correctMoment(world.as(colleague), step(sent.id, at(120), at(241)))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });
  await expect(correctMoment(world.as(colleague), step(accepted.id, at(240), at(119)))).rejects.toMatchObject(
    { code: "BEFORE_THE_STEP_BEFORE" },
  );
  await correctMoment(world.as(colleague), step(sent.id, at(120), at(90)));
  await correctMoment(world.as(colleague), step(accepted.id, at(240), at(100)));
  // Bounded by what stands now, not by what was written first.
  await expect(correctMoment(world.as(colleague), step(sent.id, at(90), at(101)))).rejects.toMatchObject({
    code: "AFTER_THE_STEP_AFTER",
  });
  expect(await moments()).toMatchObject([
    { at: at(90), mine: false },
    { at: at(100), mine: false },
  ]);
  expect((await referralNow(world, referralId)).dueAt).toEqual(dueAt);
  await takeStep(world, caseworker, referralId, "find_eligible", { occurredAt: at(110) });
  expect((await referralPage(world.as(colleague), referralId)).corrections).toMatchObject([
    { was: at(120), shall: at(90) },
    { was: at(240), shall: at(100) },
  ]);
  // A birth, a change of who is in it, an entry of something else: none of these is a step with a moment of
  // its own.
  const [birth] = (await referralPage(world.as(colleague), referralId)).steps;
  await expect(
    correctMoment(world.as(colleague), step(birth?.id ?? "", start, at(-10))),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });

  await closeReferral(world.as(caseworker), { reason: "not_eligible", ...(await seenOf(world, referralId)) });
  const followUp = await followUpOf(world, referralId);
  world.clock.advance({ hours: 10 });
  await closeFollowUp(world.as(caseworker), {
    followUpId: followUp?.id ?? "",
    version: 1,
    outcome: "wish_filed",
    occurredAt: at(660),
  });
  const followed = correctionIn(world, "followed_up");
  await expect(
    correctMoment(world.as(colleague), followed(followUp?.id ?? "", at(660), at(599))),
  ).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE" });
  await expect(
    correctMoment(world.as(caseworker), followed(followUp?.id ?? "", at(660), at(700))),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  await correctMoment(world.as(colleague), followed(followUp?.id ?? "", at(660), at(700)));
  expect((await moments()).at(-1)).toMatchObject({ step: "followed_up", at: at(700), mine: false });
  expect(await wrong(db)).toEqual([]);
});

test("what left the store: by its store, what was missing by the city; its donor reads both and cannot, and no book is rewritten", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 4n });
  const [lot] = await db.select().from(lots).where(eq(lots.label, wish.label));
  const inspected = world.clock.now();
  const at = (minutes: number) => plusMinutes(inspected, minutes);
  world.clock.advance({ hours: 10 });
  const off = { lotId: lot?.id ?? "", pointId: team.point.id, quantity: 1n };
  await writeOff(world.as(team.storekeeper), {
    ...off,
    reason: "damaged",
    occurredAt: at(120),
    requestKey: world.system.newId(),
  });
  await writeOff(world.as(team.operator), {
    ...off,
    reason: "missing",
    occurredAt: at(180),
    requestKey: world.system.newId(),
  });
  const other = await aPerson(world, { role: "storekeeper", scope: { kind: "point", id: team.point.id } });
  const [missing, damaged] = await writtenOff(world.as(other), team.point.id);
  expect(damaged).toMatchObject({
    reason: "damaged",
    quantity: 1n,
    moments: [{ step: "written_off", at: at(120), mine: false }],
  });
  expect(missing).toMatchObject({ reason: "missing", moments: [] });
  const gone = correctionIn(world, "written_off");
  const id = damaged?.id ?? "";
  await expect(correctMoment(world.as(team.storekeeper), gone(id, at(120), at(60)))).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  for (const stranger of [team.caseworker, (await aTeam(world, GUZHEN)).storekeeper])
    await expect(correctMoment(world.as(stranger), gone(id, at(120), at(60)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await expect(
    correctMoment(world.as(other), gone(missing?.id ?? "", at(180), at(60))),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  const giver = world.as({
    ...wish.donor,
    grants: [{ role: "storekeeper", scope: { kind: "point", id: team.point.id } }],
  });
  await expect(correctMoment(giver, gone(id, at(120), at(60)))).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(correctMoment(world.as(other), gone(id, at(120), at(-1)))).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
  });
  // While somebody has the lot, a correction waits for them; of two that waited one is told that it changed.
  const { settled } = await owner.begin(async (held) => {
    await held`select id from lot where id = ${off.lotId} for update`;
    const settled = Promise.allSettled(
      [60, 70].map((minutes) => correctMoment(world.as(other), gone(id, at(120), at(minutes)))),
    );
    const waiting = vi.waitFor(async () =>
      expect(
        await db.execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      ).toHaveLength(2),
    );
    expect(await Promise.race([waiting.then(() => "they wait"), settled.then(() => "they went on")])).toBe(
      "they wait",
    );
    return { settled };
  });
  expect((await settled).map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await correctMoment(world.as(team.secondOperator), gone(missing?.id ?? "", at(180), at(90)));
  const { timeline } = await giftPage(world.as(wish.donor), wish.gift.giftCode);
  expect(timeline.filter(({ event }) => event === "moment_correction.make")).toHaveLength(2);
  expect((await writtenOff(world.as(other), team.point.id)).map((row) => row.occurredAt)).toEqual([
    at(180),
    at(120),
  ]);
  expect(await wrong(db)).toEqual([]);
});

test("a service that was accepted is put right as one that waits, and stands among those lately done", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 2n, unitPriceFen: 3_000n }],
  });
  const donor = await aDonor(world);
  const gift = await aConfirmedGift(world, donor, wish.line.id, 2n);
  const promised = world.clock.now();
  const at = (minutes: number) => plusMinutes(promised, minutes);
  world.clock.advance({ hours: 30 });
  const { visitId } = await recordVisit(world.as(team.caseworker), {
    pledgeId: gift.pledge.id,
    quantity: 1n,
    providerName: "理发队",
    occurredAt: at(60),
    requestKey: world.system.newId(),
  });
  await acceptVisit(world.as(team.colleague), visitId, "accept");
  const page = async () => servicesPage(world.as(team.colleague));
  expect((await page()).over).toMatchObject([{ visit: { id: visitId }, mine: false, corrections: [] }]);
  expect((await servicesPage(world.as(team.caseworker))).over).toMatchObject([{ mine: true }]);
  await correctMoment(
    world.as(team.colleague),
    correctionIn(world, "service_done")(visitId, at(60), at(60 * 26)),
  );
  expect(await db.select().from(serviceVisits)).toMatchObject([
    { occurredAt: at(60 * 26), doneOn: "2026-03-03" },
  ]);
  expect((await page()).over).toMatchObject([{ corrections: [{ was: at(60), shall: at(60 * 26) }] }]);
  expect((await servicesPage(world.as(await aCaseworker(world, GUZHEN)))).over).toEqual([]);
  expect(await wrong(db)).toEqual([]);
});
