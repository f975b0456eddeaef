import { and, eq, lte } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { plusDays } from "~/domain/kernel/time";
import type { CheckoutSession, VerifiedPaymentEvent } from "~/domain/kernel/ports";
import { checkouts, financeTasks, stripeEvents } from "~db/schema/payments";
import { expireCheckoutRow, openTask, settlePayment, type Checkout } from "./settlePayment.server";

export type EventOutcome = "handled" | "seen before" | "waiting" | "ignored" | "refused";

/**
 * Acts on each event once, however often and in whatever order Stripe sends it: the event's id is our primary key, and what
 * it says is applied to the checkout's own state. An event for a session that we do not know yet waits in the inbox.
 */
export async function handleStripeEvent(ctx: UseCaseContext, event: VerifiedPaymentEvent): Promise<EventOutcome> {
  return inTransaction(ctx, async (tx) => {
    const claimed = await tx
      .insert(stripeEvents)
      .values({ id: event.id, type: event.type, account: event.account, objectId: event.objectId, payload: JSON.stringify(event), receivedAt: ctx.now(), outcome: "waiting" })
      .onConflictDoNothing()
      .returning({ id: stripeEvents.id });
    if (claimed.length === 0) return "seen before";
    return apply(tx, ctx, event);
  });
}

async function apply(tx: Transaction, ctx: UseCaseContext, event: VerifiedPaymentEvent): Promise<EventOutcome> {
  const session = ctx.ports.payments.sessionOf(event);
  if (!session) return close(tx, ctx, event.id, "ignored");
  const checkout = await findCheckout(tx, session);
  if (!checkout) return "waiting";
  if (event.account !== checkout.stripeAccountId || event.livemode !== false) {
    await openTask(tx, ctx, "wrong_account", event.id, checkout);
    return close(tx, ctx, event.id, "refused");
  }
  await applySession(tx, ctx, checkout, session);
  return close(tx, ctx, event.id, "handled");
}

/** Brings our checkout in line with what Stripe says of its session: the one way for webhooks, sweeper and return page alike. */
export async function applySession(tx: Transaction, ctx: UseCaseContext, checkout: Checkout, session: CheckoutSession): Promise<void> {
  if (session.paymentStatus === "paid" && session.status === "complete") await settlePayment(tx, ctx, checkout, session);
  else if (session.status === "expired") await expireCheckoutRow(tx, ctx, checkout);
}

/** By session id, or by our own row's id where Stripe's answer never reached us. */
async function findCheckout(tx: Transaction, session: CheckoutSession): Promise<Checkout | undefined> {
  const [bySession] = await tx.select().from(checkouts).where(eq(checkouts.sessionId, session.id)).for("update");
  if (bySession) return bySession;
  const ownId = session.metadata["checkout"];
  if (ownId === undefined || !/^[0-9a-f-]{36}$/.test(ownId)) return undefined;
  const [byRow] = await tx.select().from(checkouts).where(eq(checkouts.id, ownId)).for("update");
  if (byRow === undefined || byRow.sessionId !== null) return undefined;
  await tx.update(checkouts).set({ sessionId: session.id }).where(eq(checkouts.id, ownId));
  return { ...byRow, sessionId: session.id };
}

async function close(tx: Transaction, ctx: UseCaseContext, eventId: string, outcome: "handled" | "ignored" | "refused"): Promise<typeof outcome> {
  await tx.update(stripeEvents).set({ outcome, handledAt: ctx.now() }).where(eq(stripeEvents.id, eventId));
  return outcome;
}

/** Clock: events that came before their session was known are tried again for three days, then become a task for finance. */
export async function retryWaitingEvents(ctx: UseCaseContext): Promise<number> {
  const waiting = await ctx.db
    .select()
    .from(stripeEvents)
    .where(and(eq(stripeEvents.outcome, "waiting"), lte(stripeEvents.receivedAt, ctx.now())))
    .limit(100);
  for (const row of waiting) {
    await inTransaction(ctx, async (tx) => {
      const event = JSON.parse(row.payload) as VerifiedPaymentEvent;
      const outcome = await apply(tx, ctx, event);
      if (outcome !== "waiting" || row.receivedAt > plusDays(ctx.now(), -3)) return;
      await tx.insert(financeTasks).values({ id: ctx.newId(), kind: "unknown_session", reference: event.objectId, state: "open", openedAt: ctx.now() }).onConflictDoNothing();
      await close(tx, ctx, row.id, "refused");
    });
  }
  return waiting.length;
}
