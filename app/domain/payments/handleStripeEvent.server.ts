import { and, eq, lte } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueAlone, idsDue } from "~/domain/kernel/eachDue.server";
import type { CheckoutSession, Refund, VerifiedPaymentEvent } from "~/domain/kernel/ports";
import { plusDays } from "~/domain/kernel/time";
import { charityOfAccount } from "~/domain/register/register.server";
import { checkouts, refunds, stripeEvents } from "~db/schema/payments";
import { packEvent, unpackEvent } from "./eventPayload";
import { applyRefund } from "./refunds.server";
import { aboutCheckout, applySession, type Checkout } from "./settlePayment.server";
import { openTask } from "./tasks.server";

export type EventOutcome = "handled" | "seen before" | "waiting" | "ignored" | "refused";

type StripeEvent = typeof stripeEvents.$inferSelect;

const WAIT_DAYS = 3;

/**
 * Acts on each event once, however often and in whatever order Stripe sends it: the event's id is our primary
 * key, and what it says is applied to the checkout's (or refund's) own state. An event for something that we
 * do not know yet waits in the inbox.
 */
export async function handleStripeEvent(
  ctx: UseCaseContext,
  event: VerifiedPaymentEvent,
): Promise<EventOutcome> {
  return inTransaction(ctx, async (tx) => {
    const claimed = await tx
      .insert(stripeEvents)
      .values({
        id: event.id,
        type: event.type,
        account: event.account,
        objectId: event.objectId,
        payload: packEvent(event),
        receivedAt: ctx.now(),
        outcome: "waiting",
      })
      .onConflictDoNothing()
      .returning({ id: stripeEvents.id });
    if (claimed.length === 0) return "seen before";
    return apply(tx, ctx, event);
  });
}

async function apply(
  tx: Transaction,
  ctx: UseCaseContext,
  event: VerifiedPaymentEvent,
): Promise<EventOutcome> {
  if (event.session) return applyToCheckout(tx, ctx, event, event.session);
  if (event.refund) return applyToRefund(tx, ctx, event, event.refund);
  return close(tx, ctx, event.id, "ignored");
}

async function applyToCheckout(
  tx: Transaction,
  ctx: UseCaseContext,
  event: VerifiedPaymentEvent,
  session: CheckoutSession,
): Promise<EventOutcome> {
  const checkout = await findCheckout(tx, session);
  if (!checkout) return "waiting";
  if (!isOurs(ctx, event, checkout)) return refuse(tx, ctx, event, checkout);
  await applySession(tx, ctx, checkout, session);
  return close(tx, ctx, event.id, "handled");
}

async function applyToRefund(
  tx: Transaction,
  ctx: UseCaseContext,
  event: VerifiedPaymentEvent,
  refund: Refund,
): Promise<EventOutcome> {
  const [row] = await tx
    .select({ refund: refunds, checkout: checkouts })
    .from(refunds)
    .innerJoin(checkouts, eq(checkouts.id, refunds.checkoutId))
    .where(isUuid(refund.refundId) ? eq(refunds.id, refund.refundId) : eq(refunds.stripeRefundId, refund.id))
    .for("update", { of: refunds });
  if (!row) return "waiting";
  if (!isOurs(ctx, event, row.checkout)) return refuse(tx, ctx, event, row.checkout);
  await applyRefund(tx, ctx, row.refund, refund);
  return close(tx, ctx, event.id, "handled");
}

const isUuid = (text: string | null | undefined): text is string => /^[0-9a-f-]{36}$/.test(text ?? "");
const isOurs = (ctx: UseCaseContext, event: VerifiedPaymentEvent, checkout: Checkout) =>
  event.account === checkout.stripeAccountId && event.livemode === ctx.ports.payments.livemode;

async function refuse(
  tx: Transaction,
  ctx: UseCaseContext,
  event: VerifiedPaymentEvent,
  checkout: Checkout,
): Promise<EventOutcome> {
  await openTask(tx, ctx, "wrong_account", event.id, aboutCheckout(checkout));
  return close(tx, ctx, event.id, "refused");
}

/** By session id, or by our own row's id where Stripe's answer never reached us. */
async function findCheckout(tx: Transaction, session: CheckoutSession): Promise<Checkout | undefined> {
  const [bySession] = await tx
    .select()
    .from(checkouts)
    .where(eq(checkouts.sessionId, session.id))
    .for("update");
  if (bySession) return bySession;
  const ownId = session.metadata["checkout"];
  if (!isUuid(ownId)) return undefined;
  const [byRow] = await tx.select().from(checkouts).where(eq(checkouts.id, ownId)).for("update");
  if (byRow === undefined || byRow.sessionId !== null) return undefined;
  await tx.update(checkouts).set({ sessionId: session.id }).where(eq(checkouts.id, ownId));
  return { ...byRow, sessionId: session.id };
}

async function close(
  tx: Transaction,
  ctx: UseCaseContext,
  eventId: string,
  outcome: "handled" | "ignored" | "refused",
): Promise<typeof outcome> {
  await tx.update(stripeEvents).set({ outcome, handledAt: ctx.now() }).where(eq(stripeEvents.id, eventId));
  return outcome;
}

/**
 * Clock: events that came before what they tell of was known, or that failed, are tried again for
 * `WAIT_DAYS`, then become a task for finance. Safe to repeat and to run twice at once.
 */
export async function retryWaitingEvents(ctx: UseCaseContext): Promise<number> {
  const waiting = and(eq(stripeEvents.outcome, "waiting"), lte(stripeEvents.receivedAt, ctx.now()));
  return eachDueAlone(ctx, "retryWaitingEvents", idsDue(ctx, stripeEvents, waiting), async (id) => {
    try {
      return await onWaiting(ctx, id, async (tx, row) => {
        if ((await apply(tx, ctx, unpackEvent(row.payload))) === "waiting") await giveUpWhenOld(tx, ctx, row);
      });
    } catch (error) {
      await onWaiting(ctx, id, (tx, row) => giveUpWhenOld(tx, ctx, row));
      throw error;
    }
  });
}

/** One event of the inbox, locked while it still waits. */
const onWaiting = (
  ctx: UseCaseContext,
  id: string,
  work: (tx: Transaction, row: StripeEvent) => Promise<void>,
): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(stripeEvents)
      .where(and(eq(stripeEvents.id, id), eq(stripeEvents.outcome, "waiting")))
      .for("update", { skipLocked: true });
    if (!row) return false;
    await work(tx, row);
    return true;
  });

/**
 * Counts a try; after `WAIT_DAYS` a person looks at it. Asks only for what stands in columns: what was packed
 * may be unreadable.
 */
async function giveUpWhenOld(tx: Transaction, ctx: UseCaseContext, row: StripeEvent): Promise<void> {
  await tx
    .update(stripeEvents)
    .set({ attempts: row.attempts + 1 })
    .where(eq(stripeEvents.id, row.id));

  if (row.receivedAt > plusDays(ctx.now(), -WAIT_DAYS)) return;
  await openTask(
    tx,
    ctx,
    row.type.startsWith("refund.") ? "unknown_refund" : "unknown_session",
    row.objectId,
    { ...(await charityOf(tx, row.account)) },
  );

  await close(tx, ctx, row.id, "refused");
}

/** Whose account it came from, if we know it. */
async function charityOf(tx: Transaction, account: string | null): Promise<{ charityId?: string }> {
  if (account === null) return {};
  const charityId = await charityOfAccount(tx, account);
  return charityId === undefined ? {} : { charityId };
}
