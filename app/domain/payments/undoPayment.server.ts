import { and, eq, ne } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { postMoney } from "~/domain/books/postMoney.server";
import { undoUntil } from "~/domain/giving/changeGift.server";
import { giveBack } from "~/domain/giving/giveBack.server";
import { checkouts, purchases } from "~db/schema/payments";
import { gifts, pledges } from "~db/schema/giving";

/**
 * Takes a payment back within 10 minutes: the whole amount through Stripe, with its entry. Our side is decided first, in one
 * transaction, so that nothing is bought with money that is on its way back; then Stripe is asked under a key of the
 * checkout. When it does not answer, the clock asks again: a refund is made once.
 *
 * @throws {DomainError} TOO_LATE_TO_UNDO after ten minutes, or once it was spent; NOT_FOUND for somebody else's gift
 */
export async function undoPayment(ctx: UseCaseContext, giftCode: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const checkout = await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ pledge: pledges, checkout: checkouts })
      .from(gifts)
      .innerJoin(pledges, eq(pledges.giftId, gifts.id))
      .innerJoin(checkouts, eq(checkouts.pledgeId, pledges.id))
      .where(and(eq(gifts.code, giftCode), eq(gifts.donorId, userId), eq(checkouts.state, "paid")))
      .for("update");
    if (!row || row.checkout.paidAt === null || row.checkout.paymentIntentId === null) throw new DomainError("NOT_FOUND");
    const bought = await tx
      .select({ id: purchases.id })
      .from(purchases)
      .where(and(eq(purchases.pledgeId, row.pledge.id), ne(purchases.state, "rejected")));
    const late = ctx.now() > (await undoUntil(tx, ctx, row.checkout.paidAt));
    if (late || bought.length > 0 || row.pledge.state !== "paid") throw new DomainError("TOO_LATE_TO_UNDO");
    await giveBack(tx, ctx, row.pledge, { event: "undo", by: "donor" });
    await postMoney(tx, ctx, {
      kind: "refund",
      source: { type: "checkout", id: row.checkout.id },
      programmeId: row.checkout.programmeId,
      amountFen: row.checkout.amountFen,
      giftId: row.pledge.giftId,
      lineId: row.pledge.lineId,
    });
    return { ...row.checkout, paymentIntentId: row.checkout.paymentIntentId };
  });
  await ctx.ports.payments
    .refund({ idempotencyKey: `refund:${checkout.id}`, stripeAccountId: checkout.stripeAccountId, paymentIntentId: checkout.paymentIntentId, amountFen: checkout.amountFen })
    .catch(() => {
      throw new DomainError("PAYMENT_DESK_DOWN");
    });
}
