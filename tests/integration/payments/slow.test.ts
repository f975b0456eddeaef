import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import type { Database } from "~db/client";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { checkouts } from "~db/schema/payments";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { lastEvent, paying, started, test } from "../../support/payments";

const stateOf = async (db: Database, checkoutId: string) =>
  (await db.select({ state: checkouts.state }).from(checkouts).where(eq(checkouts.id, checkoutId)))[0]?.state;
const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

for (const [end, checkoutState, pledgeState] of [
  ["paid", "paid", "paid"],
  ["failed", "failed", "failed"],
] as const) {
  for (const told of ["by webhook", "by nobody"] as const) {
    test(`a payment that takes days keeps its units until it is ${end}, told ${told}`, async ({
      world,
      desk,
      db,
    }) => {
      const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 1n }] });
      const slow = await started(world, await aDonor(world), line.id);
      await desk.pay(slow.sessionId, "unpaid");
      world.clock.advance({ hours: 2 });
      await sweepPayments(world.system);
      expect(await stateOf(db, slow.checkout.id)).toBe("processing");
      const [held] = await db.select().from(needLines).where(eq(needLines.id, line.id));
      expect(held?.held).toBe(1n);
      await desk.endPayment(slow.sessionId, end);
      if (told === "by webhook") await handleStripeEvent(world.system, await lastEvent(world, desk));
      else await sweepPayments(world.system);
      const [pledge] = await db.select().from(pledges).where(eq(pledges.id, slow.pledge.id));
      expect([await stateOf(db, slow.checkout.id), pledge?.state]).toEqual([checkoutState, pledgeState]);
      expect(await wrongs(db)).toEqual([]);
    });
  }
}

for (const made of [true, false]) {
  test(`Stripe never answered: after its time the units go back, though it ${made ? "makes the session now" : "makes none any more"}`, async ({
    world,
    desk,
    db,
  }) => {
    const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 1n }] });
    const donor = world.as(await aDonor(world));
    desk.mischief.failNextCreate = 9;
    const request = paying(world, line.id);
    await expect(startCheckout(donor, request)).rejects.toMatchObject({ code: "PAYMENT_DESK_DOWN" });
    desk.mischief.failNextCreate = 0;
    desk.mischief.refuseCreate = !made;
    world.clock.advance({ minutes: 45 });
    await sweepPayments(world.system);
    const [free] = await db.select().from(needLines).where(eq(needLines.id, line.id));
    expect([free?.open, free?.held]).toEqual([1n, 0n]);
    await expect(startCheckout(donor, request)).rejects.toMatchObject({ code: "HOLD_ENDED" });
    expect(await wrongs(db)).toEqual([]);
  });
}

test("one payment that cannot be looked at does not keep the others waiting", async ({ world, desk, db }) => {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 2n }] });
  const [broken, paid] = [
    await started(world, await aDonor(world), line.id),
    await started(world, await aDonor(world), line.id),
  ];
  Reflect.deleteProperty(desk.state.sessions, broken.sessionId);
  await desk.pay(paid.sessionId);
  world.clock.advance({ minutes: 6 });
  await sweepPayments(world.system);
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["sweepPayments", broken.checkout.id]]);
  expect(await stateOf(db, paid.checkout.id)).toBe("paid");
});
