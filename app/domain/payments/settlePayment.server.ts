import { eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { CheckoutSession } from "~/domain/kernel/ports";
import { recordEvent } from "~/journal/recordEvent.server";
import { transition } from "~/domain/kernel/transition.server";
import { postMoney } from "~/domain/books/postMoney.server";
import { giveBack } from "~/domain/giving/giveBack.server";
import { PLEDGE, type Pledge } from "~/domain/giving/machine.server";
import { moveUnits } from "~/domain/needs/moveUnits.server";
import { checkouts, financeTasks } from "~db/schema/payments";
import { pledges } from "~db/schema/giving";

export type Checkout = typeof checkouts.$inferSelect;

/**
 * Books a payment that Stripe says is settled: the entry of the money book, the units from held to pledged, the pledge to paid,
 * all in the caller's transaction. Counts a payment once: a checkout that is paid already is left as it is.
 *
 * Money is never dropped: paid after the hold ended it retakes the units if they are open, else it is booked to the programme
 * and finance gets a task. A wrong amount or currency credits nothing and becomes a task.
 */
export async function settlePayment(tx: Transaction, ctx: UseCaseContext, checkout: Checkout, session: CheckoutSession): Promise<void> {
  if (checkout.state === "paid") return;
  if (session.amountFen !== checkout.amountFen || session.currency !== "cny" || session.paymentIntentId === null) {
    await openTask(tx, ctx, "wrong_amount", session.id, checkout);
    return;
  }
  const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, checkout.pledgeId)).for("update");
  if (!pledge) throw new Error("a checkout without its pledge");
  await tx
    .update(checkouts)
    .set({ state: "paid", version: checkout.version + 1, paymentIntentId: session.paymentIntentId, paidAt: ctx.now() })
    .where(eq(checkouts.id, checkout.id));
  await recordEvent(tx, ctx, {
    entity: "checkout",
    entityId: checkout.id,
    entityVersion: checkout.version + 1,
    event: "checkout.pay",
    fromState: checkout.state,
    toState: "paid",
    by: "system",
    needId: pledge.needId,
    giftId: pledge.giftId,
    data: { amountFen: Number(checkout.amountFen) },
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

async function takeUnits(tx: Transaction, ctx: UseCaseContext, checkout: Checkout, pledge: Pledge): Promise<void> {
  const facts = { by: "system", needId: pledge.needId, giftId: pledge.giftId } as const;
  if (pledge.state === "paying") {
    const units = await moveUnits(tx, pledge.lineId, "held", "pledged", pledge.quantity);
    await transition(tx, ctx, PLEDGE, pledge, "pay", { ...facts, units, set: { holdUntil: null, confirmedAt: ctx.now() } });
    return;
  }
  if (pledge.state !== "expired" && pledge.state !== "failed") return openTask(tx, ctx, "second_payment", checkout.id, checkout);
  try {
    const units = await moveUnits(tx, pledge.lineId, "open", "pledged", pledge.quantity);
    await transition(tx, ctx, PLEDGE, pledge, "pay_late", { ...facts, units, set: { givenBack: 0n, confirmedAt: ctx.now() } });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "NOT_ENOUGH_LEFT")) throw error;
    await openTask(tx, ctx, "late_payment", checkout.id, checkout);
  }
}

/** Something for a person of the charity to look at; opened once for each reference. */
export async function openTask(
  tx: Transaction,
  ctx: UseCaseContext,
  kind: (typeof financeTasks.$inferSelect)["kind"],
  reference: string,
  checkout: Pick<Checkout, "pledgeId" | "amountFen">,
): Promise<void> {
  await tx
    .insert(financeTasks)
    .values({ id: ctx.newId(), kind, reference, pledgeId: checkout.pledgeId, amountFen: checkout.amountFen, state: "open", openedAt: ctx.now() })
    .onConflictDoNothing();
}

/** The session can no longer be paid: its units go back. */
export async function expireCheckoutRow(tx: Transaction, ctx: UseCaseContext, checkout: Checkout): Promise<void> {
  if (checkout.state !== "open") return;
  const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, checkout.pledgeId)).for("update");
  await tx
    .update(checkouts)
    .set({ state: "expired", version: checkout.version + 1 })
    .where(eq(checkouts.id, checkout.id));
  await recordEvent(tx, ctx, {
    entity: "checkout",
    entityId: checkout.id,
    entityVersion: checkout.version + 1,
    event: "checkout.expire",
    fromState: "open",
    toState: "expired",
    by: "system",
  });
  if (pledge?.state === "paying") await giveBack(tx, ctx, pledge, { event: "expire", by: "system" });
}
