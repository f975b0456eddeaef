import { and, eq, isNull } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { nextState } from "~/domain/kernel/states";
import { closeFollowUp } from "~/domain/referrals/closeFollowUp.server";
import { closeReferral } from "~/domain/referrals/closeReferral.server";
import { createReferral } from "~/domain/referrals/createReferral.server";
import { gotHelp } from "~/domain/referrals/gotHelp.server";
import { fieldReferrals } from "~/domain/referrals/lists.server";
import { newReferralPage, referralPage } from "~/domain/referrals/queries.server";
import { REFERRAL_TRANSITIONS } from "~/domain/referrals/states";
import { recordTry, stepReferral } from "~/domain/referrals/stepReferral.server";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import { openMatters } from "~/domain/requests/openMatters.server";
import { recordRequest } from "~/domain/requests/recipientRequests.server";
import { entitlementGap } from "~/domain/screening/screenHousehold.server";
import { consents, households } from "~db/schema/households";
import { journal } from "~db/schema/journal";
import { followUps, referralOwners } from "~db/schema/referrals";
import { REFERRAL_STATES } from "~db/schema/referralVocabulary";
import { householdBenefits } from "~db/schema/screening";
import { aHousehold } from "../../factories/households";
import { aCaseworker, aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import {
  agreesToShare,
  aReferral,
  followUpOf,
  referralNow,
  seenOf,
  takeStep,
} from "../../factories/referrals";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const sound = async (world: World) =>
  expect((await runChecks(world.db)).flatMap((check) => check.wrong)).toEqual([]);
const ENDED = ["got_help", "not_helped"] as const;

test("in every state exactly the steps of its table are taken, and an ended referral takes none", async ({
  db,
}) => {
  const world = aWorld(db);
  let refused = 0;
  for (const state of REFERRAL_STATES.filter((one) => one !== "got_help" && one !== "not_helped")) {
    for (const step of [
      "send",
      "accept",
      "resend",
      "ask_client",
      "waitlist",
      "find_eligible",
      "start",
      "look_again",
    ] as const) {
      const { referralId, caseworker } = await aReferral(world, { state });
      const to = nextState(REFERRAL_TRANSITIONS, state, step);
      if (to === undefined) {
        await expect(takeStep(world, caseworker, referralId, step), `${state} ${step}`).rejects.toMatchObject(
          { code: "WRONG_STATE" },
        );
        refused += 1;
      } else {
        await takeStep(world, caseworker, referralId, step);
        expect(await referralNow(world, referralId)).toMatchObject({
          state: to,
          escalatedAt: null,
          dueAt: expect.any(Date) as Date,
        });
      }
    }

    const { referralId, caseworker } = await aReferral(world, { state });
    const help = async () => gotHelp(world.as(caseworker), await seenOf(world, referralId));
    if (state !== "in_service") await expect(help()).rejects.toMatchObject({ code: "WRONG_STATE" });
    await closeReferral(world.as(caseworker), {
      reason: "no_longer_wanted",
      ...(await seenOf(world, referralId)),
    });
    await expect(help()).rejects.toMatchObject({ code: "WRONG_STATE" });
  }

  expect(refused).toBeGreaterThan(20);
  for (const ended of ENDED) expect(REFERRAL_TRANSITIONS[ended]).toEqual({});
  await sound(world);
});

test("nothing is sent without a live consent to share, nor again once it is withdrawn", async ({ db }) => {
  const world = aWorld(db);
  const householdId = await aHousehold(world);
  const { referralId, caseworker } = await aReferral(world, { householdId });
  await expect(takeStep(world, caseworker, referralId, "send")).rejects.toMatchObject({
    code: "SHARE_CONSENT_MISSING",
  });
  await agreesToShare(world, householdId);
  await takeStep(world, caseworker, referralId, "send");
  await takeStep(world, caseworker, referralId, "ask_client");
  await db
    .update(consents)
    .set({ withdrawnAt: world.clock.now() })
    .where(eq(consents.householdId, householdId));
  await expect(takeStep(world, caseworker, referralId, "resend")).rejects.toMatchObject({
    code: "SHARE_CONSENT_MISSING",
  });
  expect((await referralNow(world, referralId)).state).toBe("needs_client_action");
  await sound(world);
});

test("to another town, to donors and to a reviewer before its time a referral does not exist", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, householdId, input } = await aReferral(world, { state: "sent" });
  const team = await aTeam(world);
  const elsewhere = await aCaseworker(world, GUZHEN);
  for (const stranger of [elsewhere, await aDonor(world), team.reviewer, team.storekeeper]) {
    await expect(referralPage(world.as(stranger), referralId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      stepReferral(world.as(stranger), { step: "accept", ...(await seenOf(world, referralId)) }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }

  await expect(
    createReferral(world.as(elsewhere), { ...input, requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(newReferralPage(world.as(elsewhere), householdId, undefined)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect((await fieldReferrals(world.as(elsewhere))).open.rows).toEqual([]);
  // An operator sees it, but what one department answers is the town's to write down.
  expect((await referralPage(world.as(team.operator), referralId)).may).toEqual({
    record: false,
    lead: false,
    followUp: false,
  });
  await expect(
    stepReferral(world.as(team.operator), { step: "accept", ...(await seenOf(world, referralId)) }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("of two caseworkers who answer at once one is told; a second referral of the same entry is refused, the same form sent twice is one", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker, householdId, input } = await aReferral(world, { state: "sent" });
  const seen = await seenOf(world, referralId);
  const colleague = await aCaseworker(world);
  const both = await Promise.allSettled([
    stepReferral(world.as(caseworker), { step: "accept", ...seen }),
    stepReferral(world.as(colleague), { step: "waitlist", ...seen }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "CHANGED_MEANWHILE" },
  });
  expect(await createReferral(world.as(caseworker), input)).toEqual({ referralId });
  await expect(
    createReferral(world.as(caseworker), { ...input, requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "ALREADY_REFERRED" });
  expect(householdId).toBe((await referralNow(world, referralId)).householdId);
  await sound(world);
});

test("a household counts as out of reach only after three recorded tries; the try does not move the clock", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker } = await aReferral(world, { state: "needs_client_action" });
  const { dueAt } = await referralNow(world, referralId);
  const close = async () =>
    closeReferral(world.as(caseworker), {
      reason: "could_not_contact",
      ...(await seenOf(world, referralId)),
    });
  for (const tries of [0, 1, 2]) {
    await expect(close()).rejects.toMatchObject({ code: "TRIES_MISSING", params: { tries } });
    world.clock.advance({ days: 1 });
    await recordTry(world.as(caseworker), await seenOf(world, referralId));
  }

  expect((await referralNow(world, referralId)).dueAt).toEqual(dueAt);
  await close();
  expect(await followUpOf(world, referralId)).toMatchObject({ state: "open", reason: "could_not_contact" });
  await sound(world);
});

test("every end without help leaves a follow-up within seven days, which the town closes once, saying what was done", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker } = await aReferral(world, { state: "sent" });
  await closeReferral(world.as(caseworker), { reason: "no_capacity", ...(await seenOf(world, referralId)) });
  const followUp = await followUpOf(world, referralId);
  if (!followUp) throw new Error("no follow-up");
  expect(followUp.dueAt.getTime() - world.clock.now().getTime()).toBe(7 * 86_400_000);
  expect((await fieldReferrals(world.as(caseworker))).followUps.rows.map((row) => row.referralId)).toContain(
    referralId,
  );
  const done = { followUpId: followUp.id, version: followUp.version, outcome: "looking_after" as const };
  await expect(closeFollowUp(world.as(await aCaseworker(world, GUZHEN)), done)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const both = await Promise.allSettled([
    closeFollowUp(world.as(caseworker), done),
    closeFollowUp(world.as(caseworker), done),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(
    await db.select().from(referralOwners).where(eq(referralOwners.referralId, referralId)),
  ).toMatchObject([{ answer: "cannot", cannotReason: "no_capacity", isLead: true }]);
  await sound(world);
});

test("referring elsewhere ends the old referral in the same transaction and names the new one", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker, householdId } = await aReferral(world, { state: "sent" });
  const other = await aReferral(world, { state: "sent" });
  const instead = {
    kind: "item" as const,
    itemCode: "GW001",
    householdId,
    requestKey: world.system.newId(),
  };
  await expect(
    createReferral(world.as(caseworker), { ...instead, insteadOf: other.referralId }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { referralId: next } = await createReferral(world.as(caseworker), {
    ...instead,
    requestKey: world.system.newId(),
    insteadOf: referralId,
  });
  expect(await referralNow(world, referralId)).toMatchObject({
    state: "not_helped",
    closedReason: "referred_elsewhere",
    nextReferralId: next,
  });
  expect(await db.select().from(followUps).where(eq(followUps.referralId, referralId))).toHaveLength(1);
  await sound(world);
});

test("help that came is recorded as received with it, once, and leaves the gap", async ({ db }) => {
  const world = aWorld(db);
  const householdId = await aHousehold(world, { ageBand: "80_up" });
  await agreesToShare(world, householdId);
  const { referralId, caseworker } = await aReferral(world, { state: "in_service", householdId });
  const inGap = async () => (await entitlementGap(db, householdId)).some((item) => item.code === "GW048");
  expect(await inGap()).toBe(true);
  await gotHelp(world.as(caseworker), { received: "yes", ...(await seenOf(world, referralId)) });
  expect(await inGap()).toBe(false);
  const live = and(eq(householdBenefits.householdId, householdId), isNull(householdBenefits.endedAt));
  expect(await db.select().from(householdBenefits).where(live)).toMatchObject([{ itemCode: "GW048" }]);
  expect(await followUpOf(world, referralId)).toBeUndefined();
  await sound(world);
});

test("what is asked for is sealed, is in no journal row, and shows only while the record is opened", async ({
  db,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker, householdId } = await aReferral(world);
  expect((await referralNow(world, referralId)).askedSealed).toMatch(/^v1:/);
  expect((await referralPage(world.as(caseworker), referralId)).opened).toBeNull();
  await openRecord(world.as(caseworker), { householdId, reason: "entitlements" });
  expect((await referralPage(world.as(caseworker), referralId)).opened).toMatchObject({
    asked: "请帮这家申请",
  });
  const rows = await db.select().from(journal).where(eq(journal.entityId, referralId));
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toMatch(/[一-鿿]/);
});

test("a group has no referral, and withdrawing the consent to publish leaves a referral as it is", async ({
  db,
}) => {
  const world = aWorld(db);
  const group = await aHousehold(world, { kind: "group", heads: 30 });
  const { caseworker, input, householdId, referralId } = await aReferral(world, { state: "sent" });
  await expect(
    createReferral(world.as(caseworker), { ...input, householdId: group, requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await recordRequest(world.as(caseworker), householdId, {
    kind: "withdraw_consent",
    requestKey: world.system.newId(),
    occurredAt: world.clock.now(),
  });
  expect((await referralNow(world, referralId)).state).toBe("sent");
});

test("nobody is erased while a referral or its follow-up is open: both are named by the referral's code", async ({
  db,
}) => {
  const world = aWorld(db);
  const householdId = await aHousehold(world);
  const { referralId, caseworker } = await aReferral(world, { householdId });
  const [home] = await db.select().from(households).where(eq(households.id, householdId));
  const code = (await referralNow(world, referralId)).code;
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  const erase = () => eraseHousehold(admin, householdId, { code: home?.code ?? "", reason: "person_asked" });
  expect(await openMatters(db, householdId)).toEqual([{ kind: "referral", code }]);
  await expect(erase()).rejects.toMatchObject({ code: "STILL_ON_ITS_WAY" });
  await closeReferral(world.as(caseworker), {
    reason: "no_longer_wanted",
    ...(await seenOf(world, referralId)),
  });
  expect(await openMatters(db, householdId)).toEqual([{ kind: "follow_up", code }]);
  await expect(erase()).rejects.toMatchObject({ code: "STILL_ON_ITS_WAY" });
  const followUp = await followUpOf(world, referralId);
  await closeFollowUp(world.as(caseworker), {
    followUpId: followUp?.id ?? "",
    version: followUp?.version ?? 0,
    outcome: "nothing_possible",
  });
  await erase();
  await sound(world);
});
