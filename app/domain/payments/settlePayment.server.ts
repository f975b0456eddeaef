import { eq } from "drizzle-orm";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { postMoney } from "~/domain/books/postMoney.server";
import { giveBack } from "~/domain/giving/giveBack.server";
import { PLEDGE, type Pledge } from "~/domain/giving/machine.server";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { CheckoutSession } from "~/domain/kernel/ports";
import { transition } from "~/domain/kernel/transition.server";
import { pledges } from "~db/schema/giving";
import { checkouts } from "~db/schema/payments";
import { CHECKOUT } from "./machines.server";
import { openTask } from "./tasks.server";
import { startBuying } from "./toBuy.server";

export type Checkout = typeof checkouts.$inferSelect;

/** What a task about this checkout says of it. */
export const aboutCheckout = ({ id, pledgeId, charityId, amountFen }: Checkout) => ({
  checkoutId: id,
  pledgeId,
  charityId,
  amountFen,
});

/**
 * Brings our checkout in line with what Stripe says of its session: the one way for webhooks, sweeper and
 * return page alike. The row must have been locked in this transaction. Safe to repeat.
 * @param ended how its promise ends where the session can no longer be paid: by its time, or because its
 *   donor cancelled it
 */
export async function applySession(
  tx: Transaction,
  ctx: UseCaseContext,
  checkout: Checkout,
  session: CheckoutSession,
  ended: Ended = "expire",
): Promise<void> {
  if (session.status === "complete" && session.paymentStatus === "paid")
    return settlePayment(tx, ctx, checkout, session);
  if (session.status === "expired" && checkout.state === "open") return endUnpaid(tx, ctx, checkout, ended);
  if (session.status !== "complete" || (checkout.state !== "open" && checkout.state !== "processing")) return;
  if (session.paymentFailed) return endUnpaid(tx, ctx, checkout, "fail");
  if (checkout.state === "open") await transition(tx, ctx, CHECKOUT, checkout, "process", { by: "system" });
}

/**
 * Books a payment that Stripe says is settled: the entry of the money book, the units from held to pledged,
 * the pledge to paid, all in the caller's transaction. Counts a payment once: a checkout that is paid already
 * is left as it is.
 *
 * Money is never dropped: paid after the hold ended it retakes the units if they are open, else it is booked
 * to the programme and finance gets a task. A wrong amount or currency credits nothing and becomes a task.
 */
async function settlePayment(
  tx: Transaction,
  ctx: UseCaseContext,
  checkout: Checkout,
  session: CheckoutSession,
): Promise<void> {
  if (checkout.state === "paid") return;
  if (
    session.amountFen !== checkout.amountFen ||
    session.currency !== "cny" ||
    session.paymentIntentId === null
  ) {
    await openTask(tx, ctx, "wrong_amount", session.id, aboutCheckout(checkout));
    return;
  }

  const pledge = await lockPledge(tx, checkout);

  await transition(tx, ctx, CHECKOUT, checkout, "pay", {
    by: "system",
    needId: pledge.needId,
    giftId: pledge.giftId,
    data: { amountFen: Number(checkout.amountFen) },
    set: { paymentIntentId: session.paymentIntentId, paidAt: ctx.now() },
  });

  await postMoney(tx, ctx, {
    kind: "receive",
    source: { type: "payment_intent", id: session.paymentIntentId },
    programmeId: checkout.programmeId,
    amountFen: checkout.amountFen,
    giftId: pledge.giftId,
    lineId: pledge.lineId,
  });

  await takeUnits(tx, ctx, checkout, pledge);
}

async function lockPledge(tx: Transaction, checkout: Checkout): Promise<Pledge> {
  const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, checkout.pledgeId)).for("update");
  if (!pledge) throw new Error("a checkout without its pledge");
  return pledge;
}

async function takeUnits(
  tx: Transaction,
  ctx: UseCaseContext,
  checkout: Checkout,
  pledge: Pledge,
): Promise<void> {
  if (pledge.state === "paying") {
    const units = await moveUnits(tx, pledge.lineId, "held", "pledged", pledge.quantity);

    await transition(tx, ctx, PLEDGE, pledge, "pay", {
      by: "system",
      needId: pledge.needId,
      giftId: pledge.giftId,
      units,
      set: { holdUntil: null, confirmedAt: ctx.now() },
    });

    await startBuying(tx, ctx, pledge);
    return;
  }

  if (pledge.confirmedAt !== null)
    return openTask(tx, ctx, "second_payment", checkout.id, aboutCheckout(checkout));
  // Who cancelled does not get the units back unasked: the money waits for what they say.
  if (pledge.state === "cancelled")
    return openTask(tx, ctx, "late_payment", checkout.id, aboutCheckout(checkout));
  try {
    await retakeUnits(tx, ctx, pledge);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "NOT_ENOUGH_LEFT")) throw error;
    await openTask(tx, ctx, "late_payment", checkout.id, aboutCheckout(checkout));
  }
}

/**
 * Takes the units again for a payment that came after its hold ended. @throws {DomainError} NOT_ENOUGH_LEFT,
 * WRONG_STATE
 */
export async function retakeUnits(tx: Transaction, ctx: UseCaseContext, pledge: Pledge): Promise<void> {
  const units = await moveUnits(tx, pledge.lineId, "open", "pledged", pledge.quantity);

  await transition(tx, ctx, PLEDGE, pledge, "pay_late", {
    by: "system",
    needId: pledge.needId,
    giftId: pledge.giftId,
    units,
    set: { givenBack: 0n, confirmedAt: ctx.now() },
  });

  await startBuying(tx, ctx, pledge);
}

type Ended = "expire" | "fail" | "cancel";

/** The session can no longer be paid: its units go back. */
export async function endUnpaid(
  tx: Transaction,
  ctx: UseCaseContext,
  checkout: Checkout,
  ended: Ended,
): Promise<void> {
  const pledge = await lockPledge(tx, checkout);
  const by = ended === "cancel" ? "donor" : "system";

  await transition(tx, ctx, CHECKOUT, checkout, ended === "cancel" ? "expire" : ended, {
    by,
    needId: pledge.needId,
    giftId: pledge.giftId,
  });

  if (pledge.state === "paying") await giveBack(tx, ctx, pledge, { event: ended, by });
}
