import { asc, eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import type { UserActor } from "~/domain/kernel/actor";
import { actOnReferral } from "~/domain/referrals/actOnReferral.server";
import { closeReferral } from "~/domain/referrals/closeReferral.server";
import { fieldFollowUps } from "~/domain/referrals/lists.server";
import { type ReferralAct, ReferralActInput } from "~/domain/referrals/schemas";
import { journal } from "~db/schema/journal";
import { followUps, referralOwners } from "~db/schema/referrals";
import { aCaseworker, aDonor, aTeam, GUZHEN } from "../../factories/people";
import { aReferral, followUpOf, referralNow, seenOf } from "../../factories/referrals";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/** A referral on which something is done, by whom, and what its form sends. */
type Case = Readonly<{ referralId: string; who: UserActor; input: ReferralAct; says: string }>;
type Made = (world: World) => Promise<Case>;

const inState =
  (
    state: "created" | "sent" | "in_service",
    says: string,
    rest: (seen: { referralId: string; version: number }) => ReferralAct,
  ): Made =>
  async (world) => {
    const { referralId, caseworker } = await aReferral(world, { state });
    return { referralId, who: caseworker, input: rest(await seenOf(world, referralId)), says };
  };

/** A joint case that was sent, led by an operator, with what is done to its second department. */
const joint =
  (
    says: string,
    rest: (seen: { referralId: string; version: number }, ownerId: string) => ReferralAct,
  ): Made =>
  async (world) => {
    const { referralId } = await aReferral(world, { joint: true, state: "sent" });
    const owners = await world.db
      .select()
      .from(referralOwners)
      .where(eq(referralOwners.referralId, referralId));
    const other = owners.find(({ isLead }) => !isLead);
    return {
      referralId,
      who: (await aTeam(world)).operator,
      input: rest(await seenOf(world, referralId), other?.id ?? ""),
      says,
    };
  };

/** Every act of a referral's page, and the one word of the journal that it leaves. */
const ACTS: Readonly<Record<ReferralAct["act"], Made>> = {
  step: inState("created", "referral.send", (seen) => ({ act: "step", step: "send", ...seen })),
  try: inState("sent", "referral.try", (seen) => ({ act: "try", ...seen })),
  help: inState("in_service", "referral.help", (seen) => ({ act: "help", received: "yes", ...seen })),
  close: inState("sent", "referral.close", (seen) => ({ act: "close", reason: "no_longer_wanted", ...seen })),
  add_owner: joint("referral.add_owner", (seen) => ({ act: "add_owner", department: "市住建局", ...seen })),
  remove_owner: joint("referral.remove_owner", (seen, ownerId) => ({
    act: "remove_owner",
    ownerId,
    ...seen,
  })),
  name_lead: joint("referral.name_lead", (seen, ownerId) => ({ act: "name_lead", ownerId, ...seen })),
  hear_owner: joint("referral.hear_owner", (seen, ownerId) => ({
    act: "hear_owner",
    ownerId,
    answer: "cannot",
    cannotReason: "no_capacity",
    ...seen,
  })),
  follow_up: async (world) => {
    const { referralId, caseworker } = await aReferral(world, { state: "sent" });
    await closeReferral(world.as(caseworker), {
      reason: "no_capacity",
      ...(await seenOf(world, referralId)),
    });
    const followUp = await followUpOf(world, referralId);
    const input = {
      act: "follow_up",
      followUpId: followUp?.id ?? "",
      version: followUp?.version ?? 0,
      outcome: "looking_after",
    } as const;
    return { referralId, who: caseworker, input, says: "follow_up.close" };
  },
};

/** What the journal says of a referral and its follow-up, oldest first. */
async function saidOf(world: World, referralId: string) {
  const about = [referralId, (await followUpOf(world, referralId))?.id ?? referralId];
  const rows = await world.db
    .select({ id: journal.id, event: journal.event, by: journal.actorId })
    .from(journal)
    .where(inArray(journal.entityId, about))
    .orderBy(asc(journal.id));
  return rows.map(({ event, by }) => ({ event, by }));
}

for (const [act, made] of Object.entries(ACTS)) {
  test(`the form "${act}" of a referral's page does what it says, once, for those who look after the case and for nobody else`, async ({
    db,
  }) => {
    const world = aWorld(db);
    const { referralId, who, input, says } = await made(world);
    const before = await saidOf(world, referralId);
    const strangers = [await aCaseworker(world, GUZHEN), await aDonor(world), (await aTeam(world)).reviewer];
    for (const stranger of strangers)
      await expect(actOnReferral(world.as(stranger), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(actOnReferral(world.as({ kind: "visitor" }), input)).rejects.toMatchObject({
      code: "SIGN_IN_NEEDED",
    });
    expect(await saidOf(world, referralId)).toEqual(before);
    const both = await Promise.allSettled([
      actOnReferral(world.as(who), input),
      actOnReferral(world.as(who), input),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const after = await saidOf(world, referralId);
    expect(after.slice(before.length, before.length + 1)).toEqual([{ event: says, by: who.userId }]);
    // Ending one without help also makes its follow-up.
    expect(after.slice(before.length + 1).map(({ event }) => event)).toEqual(
      act === "close" ? ["follow_up.open"] : [],
    );
  });
}

test("every act that a referral's page can send is in that table", () => {
  expect(ReferralActInput.options.map((one) => one.shape.act.value).sort()).toEqual(Object.keys(ACTS).sort());
});

test("a caseworker starts from the open follow-ups of their own towns: what is due first at the top, late from its moment on, all of them counted; a donor has none", async ({
  db,
}) => {
  const world = aWorld(db);
  const ended = async () => {
    const made = await aReferral(world, { state: "sent" });
    await closeReferral(world.as(made.caseworker), {
      reason: "no_capacity",
      ...(await seenOf(world, made.referralId)),
    });
    world.clock.advance({ hours: 1 });
    return made;
  };

  const [first, second, third] = [await ended(), await ended(), await ended()];
  const mine = world.as(first.caseworker);
  const listed = async () => (await fieldFollowUps(mine)).rows.map((row) => row.referralId);
  expect(await listed()).toEqual([first.referralId, second.referralId, third.referralId]);
  const due = (await followUpOf(world, second.referralId))?.dueAt ?? new Date();
  await db
    .update(followUps)
    .set({ dueAt: new Date(due.getTime() - 3 * 3_600_000) })
    .where(eq(followUps.referralId, third.referralId));
  expect(await listed()).toEqual([third.referralId, first.referralId, second.referralId]);

  const { rows } = await fieldFollowUps(mine);
  expect(rows[1]).toMatchObject({
    reason: "no_capacity",
    isLate: false,
    dueAt: (await followUpOf(world, first.referralId))?.dueAt,
  });
  expect(Object.keys(rows[1] ?? {}).sort()).toEqual([
    "dueAt",
    "household",
    "isLate",
    "item",
    "reason",
    "referralId",
  ]);
  const late = async () =>
    (await fieldFollowUps({ ...mine, now: world.clock.now })).rows.map((row) => row.isLate);
  // To the millisecond: at the moment itself it is due, after it late.
  const wait = (rows[1]?.dueAt ?? due).getTime() - world.clock.now().getTime();
  world.clock.advance({ minutes: wait / 60_000 });
  expect(await late()).toEqual([true, false, false]);
  world.clock.advance({ minutes: 1 / 60_000 });
  expect(await late()).toEqual([true, true, false]);

  await actOnReferral(mine, {
    act: "follow_up",
    followUpId: (await followUpOf(world, third.referralId))?.id ?? "",
    version: 1,
    outcome: "looking_after",
  });
  expect(await listed()).toEqual([first.referralId, second.referralId]);
  for (const other of [await aCaseworker(world, GUZHEN), await aDonor(world), (await aTeam(world)).operator])
    expect(await fieldFollowUps(world.as(other))).toEqual({ rows: [], count: 0 });

  // More than the page shows are counted, whole.
  for (let made = 0; made < 20; made += 1) await ended();
  expect(await fieldFollowUps(mine).then((page) => [page.rows.length, page.count])).toEqual([20, 22]);
  expect((await referralNow(world, first.referralId)).state).toBe("not_helped");
});
