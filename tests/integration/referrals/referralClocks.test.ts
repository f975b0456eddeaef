import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { closeReferral } from "~/domain/referrals/closeReferral.server";
import { escalateReferrals } from "~/domain/referrals/escalateReferrals.server";
import { gotHelp } from "~/domain/referrals/gotHelp.server";
import { addOwner, hearOwner, nameLead, removeOwner } from "~/domain/referrals/leadJointCase.server";
import { cityReferrals, fieldReferrals, isReferralKey } from "~/domain/referrals/lists.server";
import { referralPage } from "~/domain/referrals/queries.server";
import { stepReferral } from "~/domain/referrals/stepReferral.server";
import { journal } from "~db/schema/journal";
import { aTeam, GUZHEN } from "../../factories/people";
import { aReferral, referralNow, seenOf, takeStep } from "../../factories/referrals";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

const sound = async (world: World) =>
  expect((await runChecks(world.db)).flatMap((check) => check.wrong)).toEqual([]);
const escalations = (world: World, id: string) =>
  world.db
    .select()
    .from(journal)
    .where(and(eq(journal.entityId, id), eq(journal.event, "referral.escalate")));

test("each state has its own clock; five working days leave out the weekend, counted from when it happened", async ({
  db,
}) => {
  // 2026-03-05 is a Thursday.
  const world = aWorld(db, { clock: new Clock(new Date("2026-03-05T01:00:00Z")) });
  const due = async (state: Parameters<typeof aReferral>[1]) =>
    (await referralNow(world, (await aReferral(world, state)).referralId)).dueAt?.toISOString();
  expect(await due({ state: "sent" })).toBe("2026-03-12T01:00:00.000Z");
  expect(await due({ state: "needs_client_action" })).toBe("2026-03-19T01:00:00.000Z");
  expect(await due({ state: "waitlisted" })).toBe("2026-04-04T01:00:00.000Z");
  expect(await due({ state: "in_service" })).toBe("2026-04-04T01:00:00.000Z");
  const { referralId, caseworker } = await aReferral(world);
  world.clock.advance({ days: 4 });
  await takeStep(world, caseworker, referralId, "send", { occurredAt: new Date("2026-03-06T01:00:00Z") });
  expect((await referralNow(world, referralId)).dueAt?.toISOString()).toBe("2026-03-13T01:00:00.000Z");
  await expect(
    takeStep(world, caseworker, referralId, "accept", { occurredAt: new Date("2027-01-01T00:00:00Z") }),
  ).rejects.toMatchObject({ code: "IN_THE_FUTURE" });
});

test("what is overdue goes before the town's reviewer once for each state, also with two workers, and stands first on every list", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { referralId, caseworker } = await aReferral(world, { state: "sent" });
  world.clock.advance({ days: 6, hours: 23 });
  await escalateReferrals(world.system);
  expect(await escalations(world, referralId)).toEqual([]);
  world.clock.advance({ hours: 2 });
  const { referralId: fresh } = await aReferral(world);
  await Promise.all([escalateReferrals(world.system), escalateReferrals(world.system)]);
  await escalateReferrals(world.system);
  expect(await escalations(world, referralId)).toHaveLength(1);
  const shown = [
    (await fieldReferrals(world.as(caseworker))).open,
    await cityReferrals(world.as(team.operator), "all"),
  ];
  for (const { rows } of shown) {
    expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining([referralId, fresh]));
    const firstCalm = rows.findIndex((row) => !row.isEscalated);
    expect(rows.slice(firstCalm).every((row) => !row.isEscalated)).toBe(true);
    expect(rows.findIndex((row) => row.id === referralId)).toBeLessThan(firstCalm);
  }

  const before = await cityReferrals(world.as(team.reviewer), "all");
  expect(before.rows.map((row) => row.id)).toContain(referralId);
  expect(before.rows.map((row) => row.id)).not.toContain(fresh);
  expect((await referralPage(world.as(team.reviewer), referralId)).may).toEqual({
    record: false,
    lead: false,
    followUp: false,
  });
  expect((await cityReferrals(world.as((await aTeam(world, GUZHEN)).reviewer), "all")).rows).toEqual([]);
  await takeStep(world, caseworker, referralId, "waitlist");
  for (const times of [2, 3]) {
    world.clock.advance({ days: 31 });
    await escalateReferrals(world.system);
    expect(await escalations(world, referralId)).toHaveLength(times);
    await takeStep(world, caseworker, referralId, "look_again");
  }

  await sound(world);
});

test("lists turn their pages by key: each referral once", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const made: string[] = [];
  for (let index = 0; index < 54; index += 1) {
    made.push((await aReferral(world, { joint: index % 9 === 0 })).referralId);
    if (index % 4 === 0) world.clock.advance({ hours: 5 });
  }

  await escalateReferrals(world.system);
  const seen: string[] = [];
  for (
    let page = await cityReferrals(world.as(team.operator), "all");
    ;
    page = await cityReferrals(world.as(team.operator), "all", { after: page.next })
  ) {
    seen.push(...page.rows.map((row) => row.id));
    if (!page.next) break;
    // As it comes back in the address.
    expect(isReferralKey(page.next)).toBe(true);
  }

  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(made));
  const [first] = (await cityReferrals(world.as(team.operator), "all")).rows;
  const town = first?.town.nameEn;
  const inTown = await cityReferrals(world.as(team.operator), "all", { town: team.point.townCode });
  expect(inTown.rows.every((row) => row.town.nameEn === town)).toBe(true);
  expect((await cityReferrals(world.as(team.operator), "all", { town: GUZHEN })).rows).toEqual([]);
  for (const code of [first?.code, first?.household])
    expect((await cityReferrals(world.as(team.operator), "all", { code })).rows.map(({ id }) => id)).toEqual([
      first?.id,
    ]);
  expect((await cityReferrals(world.as(team.operator), "joint")).rows.every((row) => row.item === null)).toBe(
    true,
  );
});

test("a joint case has one lead at every moment, is led by operators alone, and is helped when all have answered or the lead says why not", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { referralId, caseworker } = await aReferral(world, { joint: true, state: "in_service" });
  const operator = world.as(team.operator);
  const owners = async () => (await referralPage(operator, referralId)).owners;
  const [lead, second, third] = await owners();
  if (!lead || !second || !third) throw new Error("not three departments");
  expect([lead.isLead, second.isLead, third.isLead]).toEqual([true, false, false]);
  await expect(
    nameLead(world.as(caseworker), { ownerId: second.id, ...(await seenOf(world, referralId)) }),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(
    removeOwner(operator, { ownerId: lead.id, ...(await seenOf(world, referralId)) }),
  ).rejects.toMatchObject({ code: "LEAD_STAYS" });
  const seen = await seenOf(world, referralId);
  const race = await Promise.allSettled([
    nameLead(operator, { ownerId: second.id, ...seen }),
    nameLead(world.as(team.secondOperator), { ownerId: third.id, ...seen }),
  ]);
  expect(race.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await owners()).filter((owner) => owner.isLead)).toHaveLength(1);
  await addOwner(operator, { department: "市教体局", ...(await seenOf(world, referralId)) });
  await expect(
    addOwner(operator, { department: "市教体局", ...(await seenOf(world, referralId)) }),
  ).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  const [stays, leaves] = (await owners()).filter((owner) => !owner.isLead);
  await removeOwner(operator, { ownerId: leaves?.id ?? "", ...(await seenOf(world, referralId)) });
  await expect(gotHelp(operator, await seenOf(world, referralId))).rejects.toMatchObject({
    code: "OWNERS_WAITING",
    params: { n: 3 },
  });
  await hearOwner(world.as(caseworker), {
    ownerId: stays?.id ?? "",
    answer: "cannot",
    cannotReason: "not_ours",
    ...(await seenOf(world, referralId)),
  });
  await expect(gotHelp(operator, await seenOf(world, referralId))).rejects.toMatchObject({
    code: "OWNERS_WAITING",
    params: { n: 2 },
  });
  await gotHelp(operator, {
    without: "goes_on_apart",
    received: "yes",
    ...(await seenOf(world, referralId)),
  });
  expect(await referralNow(world, referralId)).toMatchObject({
    state: "got_help",
    withoutReason: "goes_on_apart",
  });
  await sound(world);
});

test("when every department of a joint case has answered, it is helped without a reason; an operator may take any of its steps", async ({
  db,
}) => {
  const world = aWorld(db);
  const operator = world.as((await aTeam(world)).operator);
  const { referralId } = await aReferral(world, { joint: true, state: "eligible" });
  await stepReferral(operator, { step: "start", ...(await seenOf(world, referralId)) });
  for (const owner of (await referralPage(operator, referralId)).owners)
    await hearOwner(operator, { ownerId: owner.id, answer: "done", ...(await seenOf(world, referralId)) });
  await gotHelp(operator, await seenOf(world, referralId));
  expect(await referralNow(world, referralId)).toMatchObject({ state: "got_help", withoutReason: null });
  await sound(world);
});

test("the nightly checks find a referral without a lead, one sent without consent, one without its follow-up; the table refuses one without a clock", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { referralId, caseworker, householdId } = await aReferral(world, { state: "sent" });
  await closeReferral(world.as(caseworker), {
    reason: "no_longer_wanted",
    ...(await seenOf(world, referralId)),
  });
  const { code } = await referralNow(world, referralId);
  await owner.unsafe(`update referral_owner set is_lead = false where referral_id = '${referralId}'`);
  await owner.unsafe(`delete from follow_up where referral_id = '${referralId}'`);
  await owner.unsafe(`delete from consent where household_id = '${householdId}'`);
  expect((await runChecks(db)).flatMap((check) => check.wrong).sort()).toEqual([
    `referral.consent: ${code}`,
    `referral.followUp: ${code}`,
    `referral.lead: ${code}`,
  ]);
  const { referralId: open } = await aReferral(world);
  await expect(owner.unsafe(`update referral set due_at = null where id = '${open}'`)).rejects.toMatchObject({
    code: "23514",
  });
});
