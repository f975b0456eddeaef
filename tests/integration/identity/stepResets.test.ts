import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { roleChanges } from "~/domain/audit/roleChanges.server";
import { runChecks } from "~/domain/checks.server";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import {
  decideStepReset,
  proposeStepReset,
  resetStepByHand,
  waitingStepResets,
} from "~/domain/identity/stepResets.server";
import { makeSessions } from "~/session/sessions.server";
import { roleGrants, sessions } from "~db/schema/identity";
import { sendAll, somebody } from "../../factories/accounts";
import { aPerson } from "../../factories/people";
import { aPhone } from "../../factories/steps";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const ADMIN = { role: "admin", scope: { kind: "city" } } as const;

test("one admin asks for a reset, another agrees: on the auditor's page with both, by letter, and their sessions end; until then nothing changes", async ({
  db,
}) => {
  const world = aWorld(db);
  const [one, two, me] = [await aPerson(world, ADMIN), await aPerson(world, ADMIN), await somebody(world)];
  await aPhone(world, me);
  await aPhone(world, one);
  await makeSessions(db, { secure: false }).start(me.userId, world.clock.now());
  await expect(proposeStepReset(world.as(me), one.userId, "lost_phone")).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(proposeStepReset(world.as(one), one.userId, "lost_phone")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  await expect(proposeStepReset(world.as(one), two.userId, "lost_phone")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await proposeStepReset(world.as(one), me.userId, "lost_phone");
  await expect(proposeStepReset(world.as(two), me.userId, "lost_phone")).rejects.toMatchObject({
    code: "RESET_WAITS",
  });
  expect(await hasSecondStep(db, me.userId)).toBe(true);
  const waiting = async (admin: typeof one) =>
    (await waitingStepResets(world.as(admin))).find(({ email }) => email === me.email);
  const id = (await waiting(one))?.id ?? "";
  expect([(await waiting(one))?.may, (await waiting(two))?.may]).toEqual(["withdraw", "decide"]);
  await expect(decideStepReset(world.as(one), id, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(decideStepReset(world.as(two), id, "withdraw")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(decideStepReset(world.as(me), id, "approve")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  const both = await Promise.allSettled([
    decideStepReset(world.as(two), id, "approve"),
    decideStepReset(world.as(await aPerson(world, ADMIN)), id, "approve"),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await hasSecondStep(db, me.userId)).toBe(false);
  expect(
    (await db.select().from(sessions).where(eq(sessions.userId, me.userId))).every(
      ({ endedAt }) => endedAt !== null,
    ),
  ).toBe(true);
  const rows = (await roleChanges(world.as(one))).rows.filter(({ event }) => event !== "role.grant");
  expect(rows.slice(0, 3).map(({ event, reason, whose }) => [event, reason, whose])).toEqual([
    ["account.reset_second_step", "lost_phone", me.displayName],
    ["step_reset.approve", "lost_phone", me.displayName],
    ["step_reset.propose", "lost_phone", me.displayName],
  ]);
  expect(rows[2]?.actor).toBe(one.displayName);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === me.email).map(({ template }) => template)).toEqual([
    "secondStepAdded",
    "secondStepResetAsked",
    "secondStepReset",
  ]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("whose step it is decides nothing; what was refused, taken back or asked for by somebody who is no admin any more changes nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const [one, two, three] = [
    await aPerson(world, ADMIN),
    await aPerson(world, ADMIN),
    await aPerson(world, ADMIN),
  ];
  await aPhone(world, two);
  const ask = async () => {
    await proposeStepReset(world.as(one), two.userId, "suspicious");
    return (
      (await waitingStepResets(world.as(one))).find(({ displayName }) => displayName === two.displayName)
        ?.id ?? ""
    );
  };

  const first = await ask();
  expect((await waitingStepResets(world.as(two))).find(({ id }) => id === first)?.may).toBe("nothing");
  for (const decision of ["approve", "reject"] as const)
    await expect(decideStepReset(world.as(two), first, decision)).rejects.toMatchObject({
      code: "FOUR_EYES",
    });
  await decideStepReset(world.as(three), first, "reject");
  await expect(decideStepReset(world.as(three), first, "approve")).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await decideStepReset(world.as(one), await ask(), "withdraw");
  const last = await ask();
  await db.update(roleGrants).set({ revokedAt: world.clock.now() }).where(eq(roleGrants.userId, one.userId));
  await expect(decideStepReset(world.as(three), last, "approve")).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  expect(await hasSecondStep(db, two.userId)).toBe(true);
  await decideStepReset(world.as(three), last, "reject");
  await expect(decideStepReset(world.as(three), world.system.newId(), "approve")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("where one admin is alone, the server's own command resets, told by letter and on record as the portal's", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  await expect(resetStepByHand(world.system, me.email)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(resetStepByHand(world.system, "nobody@example.org")).rejects.toMatchObject({
    code: "NO_SUCH_ACCOUNT",
  });
  await aPhone(world, me);
  await resetStepByHand(world.system, me.email.toUpperCase());
  expect(await hasSecondStep(db, me.userId)).toBe(false);
  const row = (await roleChanges(world.as(await aPerson(world, ADMIN)))).rows.find(
    ({ event }) => event !== "role.grant",
  );
  expect([row?.event, row?.actor, row?.whose]).toEqual(["account.reset_second_step", null, me.displayName]);
  await sendAll(world);
  expect(world.mails.filter(({ to }) => to === me.email).map(({ template }) => template)).toContain(
    "secondStepReset",
  );
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});
