import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { handleStripeEvent, retryWaitingEvents } from "~/domain/payments/handleStripeEvent.server";
import { sweepRefunds } from "~/domain/payments/refunds.server";
import { undoPayment } from "~/domain/payments/undoPayment.server";
import type { Database } from "~db/client";
import { moneyEntries } from "~db/schema/books";
import { financeTasks, refunds } from "~db/schema/payments";
import { aPaidWish, lastEvent, test } from "../../support/payments";

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);
const refundOf = async (db: Database, checkoutId: string) =>
  (await db.select().from(refunds).where(eq(refunds.checkoutId, checkoutId)))[0];
const kindsOf = async (db: Database, giftId: string) =>
  (
    await db.select().from(moneyEntries).where(eq(moneyEntries.giftId, giftId)).orderBy(moneyEntries.number)
  ).map((entry) => entry.kind);

for (const lost of ["before", "after"] as const) {
  test(`Stripe's answer to a refund gets lost ${lost} it was made: the clock asks again, and it is made once`, async ({
    world,
    desk,
    db,
  }) => {
    const paid = await aPaidWish(world, desk);
    Object.assign(desk.mischief, { loseRefundAnswers: 9, loseThem: lost, forgetsKeys: true });
    await undoPayment(world.as(paid.donor), paid.giftCode);
    expect((await refundOf(db, paid.checkout.id))?.state).toBe("asked");
    expect(await wrongs(db)).toEqual([]);
    desk.mischief.loseRefundAnswers = 0;
    world.clock.advance({ minutes: 4 });
    expect(await sweepRefunds(world.system)).toBe(0);
    world.clock.advance({ minutes: 2 });
    await Promise.all([sweepRefunds(world.system), sweepRefunds(world.system)]);
    expect((await refundOf(db, paid.checkout.id))?.state).toBe("made");
    expect(desk.state.sessions[paid.sessionId]?.refunded).toBe(12_000);
    expect(await kindsOf(db, paid.pledge.giftId)).toEqual(["receive", "refund"]);
    expect(await wrongs(db)).toEqual([]);
  });
}

test("a refund that Stripe works on for days is followed to its end; one that fails is taken back in the book and becomes finance's task", async ({
  world,
  desk,
  db,
}) => {
  desk.mischief.refundsAre = "pending";
  for (const [end, state, kinds, tasks] of [
    ["succeeded", "made", ["receive", "refund"], 0],
    ["failed", "failed", ["receive", "refund", "reverse"], 1],
  ] as const) {
    const paid = await aPaidWish(world, desk);
    await undoPayment(world.as(paid.donor), paid.giftCode);
    const refund = await refundOf(db, paid.checkout.id);
    expect(refund?.state).toBe("asked");
    await desk.endRefund(refund?.stripeRefundId ?? "", end);
    const event = await lastEvent(world, desk);
    await Promise.all([
      handleStripeEvent(world.system, event),
      handleStripeEvent(world.system, { ...event, id: `${event.id}_again` }),
      sweepRefunds(world.system),
    ]);
    expect((await refundOf(db, paid.checkout.id))?.state).toBe(state);
    expect(await kindsOf(db, paid.pledge.giftId)).toEqual(kinds);
    expect(
      await db
        .select()
        .from(financeTasks)
        .where(and(eq(financeTasks.checkoutId, paid.checkout.id), eq(financeTasks.kind, "refund_failed"))),
    ).toHaveLength(tasks);
    expect(await wrongs(db)).toEqual([]);
  }
});

test("a refund that Stripe said was made, and whose bank sends it back, is taken back too", async ({
  world,
  desk,
  db,
}) => {
  const paid = await aPaidWish(world, desk);
  await undoPayment(world.as(paid.donor), paid.giftCode);
  const refund = await refundOf(db, paid.checkout.id);
  expect(refund?.state).toBe("made");
  await desk.endRefund(refund?.stripeRefundId ?? "", "failed");
  expect(await handleStripeEvent(world.system, await lastEvent(world, desk))).toBe("handled");
  expect(await kindsOf(db, paid.pledge.giftId)).toEqual(["receive", "refund", "reverse"]);
  expect(await wrongs(db)).toEqual([]);
});

test("a refund made outside the portal waits for three days, then finance is told; one of another account changes nothing", async ({
  world,
  desk,
  db,
}) => {
  const paid = await aPaidWish(world, desk);
  await undoPayment(world.as(paid.donor), paid.giftCode);
  const refund = await refundOf(db, paid.checkout.id);
  await desk.endRefund(refund?.stripeRefundId ?? "", "failed");
  const event = await lastEvent(world, desk);
  const told = event.refund;
  if (!told) throw new Error("the event tells of no refund");
  expect(
    await handleStripeEvent(world.system, { ...event, id: "evt_foreign", account: "acct_somebody_else" }),
  ).toBe("refused");
  expect((await refundOf(db, paid.checkout.id))?.state).toBe("made");
  const outside = {
    ...event,
    id: "evt_outside",
    objectId: "re_outside",
    refund: { ...told, id: "re_outside", refundId: null },
  };
  expect(await handleStripeEvent(world.system, outside)).toBe("waiting");
  await retryWaitingEvents(world.system);
  expect(await db.select().from(financeTasks).where(eq(financeTasks.reference, "re_outside"))).toEqual([]);
  world.clock.advance({ days: 3, minutes: 1 });
  await retryWaitingEvents(world.system);
  const [task] = await db.select().from(financeTasks).where(eq(financeTasks.reference, "re_outside"));
  expect(task).toMatchObject({ kind: "unknown_refund", charityId: paid.checkout.charityId, state: "open" });
  expect(await wrongs(db)).toEqual([]);
});
