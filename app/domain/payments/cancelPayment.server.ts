import { and, desc, eq } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { PaymentRefused } from "~/domain/kernel/ports";
import { gifts, pledges } from "~db/schema/giving";
import { checkouts } from "~db/schema/payments";
import { applySession, type Checkout, endUnpaid } from "./settlePayment.server";
import { askForSession, resumeCheckout } from "./startCheckout.server";

/**
 * The donor's own payment page. @throws {DomainError} NOT_FOUND for somebody else's gift, and one that is not
 * paid for by a page
 */
async function ownCheckout(ctx: UseCaseContext, giftCode: string): Promise<Checkout> {
  const { userId } = requireUser(ctx.actor);
  const [row] = await ctx.db
    .select({ checkout: checkouts })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .where(and(eq(gifts.code, giftCode), eq(gifts.donorId, userId)))
    .orderBy(desc(checkouts.id))
    .limit(1);
  if (!row) throw new DomainError("NOT_FOUND");
  return row.checkout;
}

/**
 * Where the donor goes on with a payment that they left. @throws {DomainError} NOT_FOUND, HOLD_ENDED,
 * PAYMENT_DESK_DOWN
 */
export async function goOnPaying(ctx: UseCaseContext, giftCode: string): Promise<{ url: string }> {
  const checkout = await ownCheckout(ctx, giftCode);
  return { url: await resumeCheckout(ctx, checkout.id) };
}

/**
 * The donor thinks better of a payment that they did not finish. The session is expired at Stripe first, and
 * only when that succeeded do the units go back: what was paid in another tab a moment before is paid. Safe
 * to race and to repeat.
 *
 * @throws {DomainError} NOT_FOUND for somebody else's, PAID_MEANWHILE, HOLD_ENDED when it had ended
 *   already, PAYMENT_DESK_DOWN when Stripe does not say that it can no longer be paid: then nothing has
 *   changed
 */
export async function cancelPayment(ctx: UseCaseContext, giftCode: string): Promise<void> {
  const checkout = await ownCheckout(ctx, giftCode);
  if (checkout.state === "paid" || checkout.state === "processing") throw new DomainError("PAID_MEANWHILE");
  if (checkout.state !== "open") throw new DomainError("HOLD_ENDED");
  const session = await endedSession(ctx, checkout).catch(() => {
    throw new DomainError("PAYMENT_DESK_DOWN");
  });
  const state = await inTransaction(ctx, async (tx) => {
    const [locked] = await tx.select().from(checkouts).where(eq(checkouts.id, checkout.id)).for("update");
    if (!locked) throw new DomainError("NOT_FOUND");
    if (session !== "none") await applySession(tx, ctx, locked, session, "cancel");
    else if (locked.state === "open" && locked.sessionId === null) await endUnpaid(tx, ctx, locked, "cancel");
    const [after] = await tx
      .select({ state: checkouts.state })
      .from(checkouts)
      .where(eq(checkouts.id, checkout.id));
    return after?.state;
  });
  if (state === "paid" || state === "processing") throw new DomainError("PAID_MEANWHILE");
  if (state === "open") throw new DomainError("PAYMENT_DESK_DOWN");
}

/**
 * What Stripe says of the session once it was asked to end it; `none` where it never made one and will not.
 * @throws when it does not answer
 */
async function endedSession(ctx: UseCaseContext, { id, sessionId, stripeAccountId }: Checkout) {
  try {
    const known = sessionId ?? (await askForSession(ctx, id)).id;
    await ctx.ports.payments.expireCheckout(stripeAccountId, known);
    return await ctx.ports.payments.readCheckout(stripeAccountId, known);
  } catch (error) {
    if (error instanceof PaymentRefused && sessionId === null) return "none";
    throw error;
  }
}
