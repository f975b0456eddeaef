import { and, asc, eq, isNull, lte, or, sql } from "drizzle-orm";
import { postMoney, reverseMoney } from "~/domain/books/postMoney.server";
import type { ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueAlone } from "~/domain/kernel/eachDue.server";
import { PaymentRefused, type Refund } from "~/domain/kernel/ports";
import { plusMinutes } from "~/domain/kernel/time";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { moneyEntries } from "~db/schema/books";
import { pledges } from "~db/schema/giving";
import { checkouts, refunds } from "~db/schema/payments";
import { REFUND } from "./machines.server";
import { aboutCheckout, type Checkout } from "./settlePayment.server";
import { ofGift, openTask } from "./tasks.server";

export type RefundRow = typeof refunds.$inferSelect;

/** Each asks Stripe over the network: those asked longest ago first, so many a run. */
const A_RUN = { page: 50, pages: 1 };
const ASK_AGAIN_MINUTES = 5;

type NewRefund = Readonly<{
  checkout: Checkout & { paymentIntentId: string };
  amountFen: bigint;
  requestedBy: string;
  by: ActingRole;
  taskId?: string;
}>;

/** Writes a refund down: `asked` is in the money book at once, `proposed` waits for a second person. */
export async function openRefund(
  tx: Transaction,
  ctx: UseCaseContext,
  state: "asked" | "proposed",
  { checkout, amountFen, requestedBy, by, taskId }: NewRefund,
): Promise<RefundRow> {
  const [row] = await tx
    .insert(refunds)
    .values({
      id: ctx.newId(),
      checkoutId: checkout.id,
      paymentIntentId: checkout.paymentIntentId,
      amountFen,
      taskId: taskId ?? null,
      state,
      requestedBy,
      createdAt: ctx.now(),
      askedAt: state === "asked" ? ctx.now() : null,
    })
    .returning();
  if (!row) throw new Error("the refund was not written");
  await recordBirth(tx, ctx, REFUND, row, state === "asked" ? "ask" : "propose", {
    by,
    ...(await ofGift(tx, checkout.pledgeId)),
    data: { amountFen: Number(amountFen) },
  });

  if (state === "asked") await bookRefund(tx, ctx, row, checkout);
  return row;
}

/** The entry of a refund that is decided; from here on the money can no longer be spent. */
export async function bookRefund(
  tx: Transaction,
  ctx: UseCaseContext,
  refund: RefundRow,
  checkout: Checkout,
  approverId?: string,
): Promise<void> {
  const [pledge] = await tx
    .select({ giftId: pledges.giftId, lineId: pledges.lineId })
    .from(pledges)
    .where(eq(pledges.id, checkout.pledgeId));

  await postMoney(tx, ctx, {
    kind: "refund",
    source: { type: "refund", id: refund.id },
    programmeId: checkout.programmeId,
    amountFen: refund.amountFen,
    ...pledge,
    ...(approverId === undefined ? {} : { approverId }),
  });
}

/**
 * Asks Stripe for a refund that is decided, or how it stands. When Stripe does not answer, nothing changes
 * and the clock asks again: a refund is made once, whatever gets lost in between. Never throws for what
 * Stripe says or does not say.
 */
export async function sendRefund(ctx: UseCaseContext, refundId: string): Promise<void> {
  const [row] = await ctx.db
    .select({ refund: refunds, checkout: checkouts })
    .from(refunds)
    .innerJoin(checkouts, eq(checkouts.id, refunds.checkoutId))
    .where(eq(refunds.id, refundId));
  if (row?.refund.state !== "asked") return;
  const answer = await askStripe(ctx, row.refund, row.checkout);

  await inTransaction(ctx, async (tx) => {
    const [locked] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
    if (locked?.state !== "asked") return;
    if (answer === "no answer")
      await tx.update(refunds).set({ triedAt: ctx.now() }).where(eq(refunds.id, refundId));
    else if (answer === "refused") await failRefund(tx, ctx, locked, row.checkout);
    else await applyRefund(tx, ctx, locked, answer);
  });
}

async function askStripe(
  ctx: UseCaseContext,
  refund: RefundRow,
  { stripeAccountId }: Checkout,
): Promise<Refund | "refused" | "no answer"> {
  const { id: refundId, paymentIntentId, amountFen, stripeRefundId } = refund;

  try {
    if (stripeRefundId !== null) return await ctx.ports.payments.readRefund(stripeAccountId, stripeRefundId);
    return await ctx.ports.payments.refund({
      idempotencyKey: `refund:${refundId}`,
      stripeAccountId,
      paymentIntentId,
      amountFen,
      refundId,
    });
  } catch (error) {
    return error instanceof PaymentRefused ? "refused" : "no answer";
  }
}

/**
 * What Stripe says of a refund, applied to its row, which must be locked. Safe to repeat and in any order.
 */
export async function applyRefund(
  tx: Transaction,
  ctx: UseCaseContext,
  row: RefundRow,
  answer: Refund,
): Promise<void> {
  const seen = { stripeRefundId: answer.id, triedAt: ctx.now() };
  const [checkout] = await tx.select().from(checkouts).where(eq(checkouts.id, row.checkoutId));
  if (!checkout) throw new Error("a refund without its checkout");
  if (answer.status === "succeeded" && row.state === "asked")
    await transition(tx, ctx, REFUND, row, "make", {
      by: "system",
      ...(await ofGift(tx, checkout.pledgeId)),
      set: seen,
    });
  else if (answer.status === "failed" && (row.state === "asked" || row.state === "made"))
    await failRefund(tx, ctx, row, checkout, seen);
  else if (row.state === "asked") await tx.update(refunds).set(seen).where(eq(refunds.id, row.id));
}

/** The money did not go back: the book says so by a reversal, and finance gets a task. */
async function failRefund(
  tx: Transaction,
  ctx: UseCaseContext,
  row: RefundRow,
  checkout: Checkout,
  set: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await transition(tx, ctx, REFUND, row, "fail", {
    by: "system",
    ...(await ofGift(tx, checkout.pledgeId)),
    set: { ...set, triedAt: ctx.now() },
  });

  const [entry] = await tx
    .select({ id: moneyEntries.id })
    .from(moneyEntries)
    .where(
      and(
        eq(moneyEntries.sourceType, "refund"),
        eq(moneyEntries.sourceId, row.id),
        eq(moneyEntries.kind, "refund"),
      ),
    );
  if (entry) await reverseMoney(tx, ctx, { entryId: entry.id, source: { type: "refund", id: row.id } });
  await openTask(tx, ctx, "refund_failed", row.id, { ...aboutCheckout(checkout), amountFen: row.amountFen });
}

/** Clock: asks Stripe again about every refund that is not made yet, those asked longest ago first. */
export async function sweepRefunds(ctx: UseCaseContext): Promise<number> {
  return eachDueAlone(
    ctx,
    "sweepRefunds",
    (_after, most) =>
      ctx.db
        .select({ id: refunds.id })
        .from(refunds)
        .where(
          and(
            eq(refunds.state, "asked"),
            or(isNull(refunds.triedAt), lte(refunds.triedAt, plusMinutes(ctx.now(), -ASK_AGAIN_MINUTES))),
          ),
        )
        .orderBy(sql`${refunds.triedAt} asc nulls first`, asc(refunds.id))
        .limit(most),
    async (id) => {
      // First, so that one whose answer cannot be written goes behind the others.
      await ctx.db.update(refunds).set({ triedAt: ctx.now() }).where(eq(refunds.id, id));
      await sendRefund(ctx, id);
      return true;
    },
    A_RUN,
  );
}
