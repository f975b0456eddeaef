import { and, eq, ne } from "drizzle-orm";
import { undoUntil } from "~/domain/giving/changeGift.server";
import { giveBack } from "~/domain/giving/giveBack.server";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { gifts, pledges } from "~db/schema/giving";
import { checkouts, purchases } from "~db/schema/payments";
import { openRefund, sendRefund } from "./refunds.server";
import { anySpent } from "./spendings.server";

/**
 * Takes a payment back within `undoMinutes`: the whole amount through Stripe, with its entry. Our side is
 * decided first, in one transaction, so that nothing is bought with money that is on its way back; then
 * Stripe is asked. When it does not answer, the clock asks again.
 *
 * @throws {DomainError} TOO_LATE_TO_UNDO after that, or once it was spent; NOT_FOUND for somebody else's gift
 */
export async function undoPayment(ctx: UseCaseContext, giftCode: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const refundId = await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ pledge: pledges, checkout: checkouts })
      .from(gifts)
      .innerJoin(pledges, eq(pledges.giftId, gifts.id))
      .innerJoin(checkouts, eq(checkouts.pledgeId, pledges.id))
      .where(and(eq(gifts.code, giftCode), eq(gifts.donorId, userId), eq(checkouts.state, "paid")))
      .for("update");
    if (!row || row.checkout.paidAt === null || row.checkout.paymentIntentId === null)
      throw new DomainError("NOT_FOUND");
    const bought = await tx
      .select({ id: purchases.id })
      .from(purchases)
      .where(and(eq(purchases.pledgeId, row.pledge.id), ne(purchases.state, "rejected")));
    const late = ctx.now() > (await undoUntil(tx, ctx, row.checkout.paidAt));
    if (late || bought.length > 0 || (await anySpent(tx, row.pledge.id)) || row.pledge.state !== "paid")
      throw new DomainError("TOO_LATE_TO_UNDO");
    await giveBack(tx, ctx, row.pledge, { event: "undo", by: "donor" });
    const checkout = { ...row.checkout, paymentIntentId: row.checkout.paymentIntentId };
    const { id } = await openRefund(tx, ctx, "asked", {
      checkout,
      amountFen: checkout.amountFen,
      requestedBy: userId,
      by: "donor",
    });
    return id;
  });
  await sendRefund(ctx, refundId);
}
