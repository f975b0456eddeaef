import { and, eq, inArray, isNotNull, lte, sql } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueAlone } from "~/domain/kernel/eachDue.server";
import { PaymentRefused } from "~/domain/kernel/ports";
import { plusMinutes } from "~/domain/kernel/time";
import { pledges } from "~db/schema/giving";
import { checkouts } from "~db/schema/payments";
import { applySession, type Checkout, endUnpaid } from "./settlePayment.server";
import { askForSession } from "./startCheckout.server";

/** Each asks Stripe over the network, so many a run. */
const A_RUN = { page: 50, pages: 1 };
const LOOK_AFTER_MINUTES = 5;

/**
 * Clock: looks after every unsettled checkout itself, so that no lost webhook can leave money unbooked or
 * units held for ever. Asks Stripe how each session stands; past its time the session is expired first, and
 * the units go back only when that succeeded. Those looked at longest ago come first, and one that fails does
 * not keep the others waiting.
 */
export async function sweepPayments(ctx: UseCaseContext): Promise<number> {
  return eachDueAlone(
    ctx,
    "sweepPayments",
    (_after, most) =>
      ctx.db
        .select({ id: checkouts.id })
        .from(checkouts)
        .where(
          and(
            inArray(checkouts.state, ["open", "processing"]),
            lte(checkouts.createdAt, plusMinutes(ctx.now(), -LOOK_AFTER_MINUTES)),
          ),
        )
        .orderBy(sql`${checkouts.lookedAt} asc nulls first`, checkouts.createdAt)
        .limit(most),
    async (id) => {
      await ctx.db.update(checkouts).set({ lookedAt: ctx.now() }).where(eq(checkouts.id, id));
      await sweepOne(ctx, id);
      return true;
    },
    A_RUN,
  );
}

/**
 * One of them, on the spot: also what the return page does, which trusts Stripe's answer and never its own
 * URL.
 */
export async function sweepOne(ctx: UseCaseContext, checkoutId: string): Promise<void> {
  const [row] = await ctx.db.select().from(checkouts).where(eq(checkouts.id, checkoutId));
  if (row?.state !== "open" && row?.state !== "processing") return;
  const over = row.expiresAt <= ctx.now();
  if (row.sessionId === null && !over) return;
  const sessionId = row.sessionId ?? (await sessionAfterAll(ctx, row));
  if (sessionId === undefined) return;
  if (over) await ctx.ports.payments.expireCheckout(row.stripeAccountId, sessionId);
  const session = await ctx.ports.payments.readCheckout(row.stripeAccountId, sessionId);

  await inTransaction(ctx, async (tx) => {
    const [locked] = await tx.select().from(checkouts).where(eq(checkouts.id, checkoutId)).for("update");
    if (locked) await applySession(tx, ctx, locked, session);
  });
}

/**
 * A row past its time whose session we never heard of. Asked again under the same key, Stripe answers with
 * the session it made then; or it refuses to make one for a time that is over, and so there is none that
 * could be paid: the units go back.
 */
async function sessionAfterAll(ctx: UseCaseContext, row: Checkout): Promise<string | undefined> {
  try {
    return (await askForSession(ctx, row.id)).id;
  } catch (error) {
    if (!(error instanceof PaymentRefused)) throw error;
    await inTransaction(ctx, async (tx) => {
      const [locked] = await tx.select().from(checkouts).where(eq(checkouts.id, row.id)).for("update");
      if (locked?.state === "open" && locked.sessionId === null) await endUnpaid(tx, ctx, locked, "expire");
    });

    return undefined;
  }
}

/** The unsettled checkout of a gift, if it is being paid. */
export async function openCheckoutOf(ctx: UseCaseContext, giftId: string): Promise<string | undefined> {
  const [row] = await ctx.db
    .select({ id: checkouts.id })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .where(
      and(
        eq(pledges.giftId, giftId),
        inArray(checkouts.state, ["open", "processing"]),
        isNotNull(checkouts.sessionId),
      ),
    );
  return row?.id;
}
