import { and, eq, isNotNull, lte } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { plusMinutes } from "~/domain/kernel/time";
import { pledges } from "~db/schema/giving";
import { checkouts } from "~db/schema/payments";
import { applySession } from "./handleStripeEvent.server";
import { resumeCheckout } from "./startCheckout.server";

const BATCH = 50;
const LOOK_AFTER_MINUTES = 5;

/**
 * Clock: looks after every open checkout itself, so that no lost webhook can leave money unbooked or units held for ever.
 * Asks Stripe how each session stands; past its time the session is expired first, and the units go back only when that
 * succeeded (decisions 20). A row that never got its session gets it now, under the same key, and is then expired.
 */
export async function sweepPayments(ctx: UseCaseContext): Promise<number> {
  const rows = await ctx.db
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.state, "open"), lte(checkouts.createdAt, plusMinutes(ctx.now(), -LOOK_AFTER_MINUTES))))
    .limit(BATCH);
  for (const row of rows) await sweepOne(ctx, row.id);
  return rows.length;
}

/** One of them, on the spot: also what the return page does, which trusts Stripe's answer and never its own URL. */
export async function sweepOne(ctx: UseCaseContext, checkoutId: string): Promise<void> {
  const [row] = await ctx.db.select().from(checkouts).where(eq(checkouts.id, checkoutId));
  if (row?.state !== "open") return;
  const over = row.expiresAt <= ctx.now();
  if (row.sessionId === null) {
    if (!over) return;
    await resumeCheckout(ctx, row.id);
  }
  const [known] = await ctx.db
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.id, checkoutId), isNotNull(checkouts.sessionId)));
  if (!known?.sessionId) return;
  if (over) await ctx.ports.payments.expireCheckout(known.stripeAccountId, known.sessionId);
  const session = await ctx.ports.payments.readCheckout(known.stripeAccountId, known.sessionId);
  await inTransaction(ctx, async (tx) => {
    const [locked] = await tx.select().from(checkouts).where(eq(checkouts.id, checkoutId)).for("update");
    if (locked) await applySession(tx, ctx, locked, session);
  });
}

/** The open checkout of a gift, if it is being paid. */
export async function openCheckoutOf(ctx: UseCaseContext, giftId: string): Promise<string | undefined> {
  const [row] = await ctx.db
    .select({ id: checkouts.id })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .where(and(eq(pledges.giftId, giftId), eq(checkouts.state, "open"), isNotNull(checkouts.sessionId)));
  return row?.id;
}
