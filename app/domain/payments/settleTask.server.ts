import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { transition } from "~/domain/kernel/transition.server";
import { moneyEntries, moneyTransfers } from "~db/schema/books";
import { pledges } from "~db/schema/giving";
import { checkouts, financeTasks, refunds } from "~db/schema/payments";
import { FINANCE_TASK, REFUND } from "./machines.server";
import { bookRefund, openRefund, sendRefund } from "./refunds.server";
import type { SettleTaskInput } from "./schemas";
import { retakeUnits } from "./settlePayment.server";
import { ofGift } from "./tasks.server";
import { RESOLUTIONS_OF } from "./vocabulary";

type Task = typeof financeTasks.$inferSelect;

/** Finance of the task's charity; of any charity where nobody can tell whose it is. */
const requireFinanceOf = (ctx: UseCaseContext, charityId: string | null): string =>
  (charityId === null
    ? requireRole(ctx.actor, "finance")
    : requireRole(ctx.actor, "finance", { kind: "charity", id: charityId })
  ).userId;

/**
 * Ends a task of finance: the units are taken after all, the donor left the money to the programme (with the
 * number of what says so), or it is explained. Sending the money back is only proposed here: the task ends
 * when another person approves it.
 *
 * @throws {DomainError} NOT_FOUND, NOT_ALLOWED, WRONG_STATE when it ended already or cannot end like this,
 *   NOT_ENOUGH_LEFT when the units are gone, ALREADY_GOING_BACK
 */
export async function settleTask(ctx: UseCaseContext, input: z.infer<typeof SettleTaskInput>): Promise<null> {
  requireSteppedUp(ctx, "settleTask");
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "settleTask", input, async () => {
      const [task] = await tx
        .select()
        .from(financeTasks)
        .where(eq(financeTasks.id, input.taskId))
        .for("update");
      if (!task) throw new DomainError("NOT_FOUND");
      const userId = requireFinanceOf(ctx, task.charityId);
      if (task.state !== "open" || !RESOLUTIONS_OF[task.kind].includes(input.resolution))
        throw new DomainError("WRONG_STATE", { state: task.state, event: input.resolution });
      if (input.resolution === "refunded") return proposeRefund(tx, ctx, task, userId);
      if (input.resolution === "placed") await place(tx, ctx, task);
      await endTask(tx, ctx, task, {
        closedBy: userId,
        resolution: input.resolution,
        evidence: input.evidence ?? null,
      });

      return null;
    }),
  );
}

async function endTask(
  tx: Transaction,
  ctx: UseCaseContext,
  task: Task,
  how: Pick<Task, "closedBy" | "resolution" | "evidence">,
): Promise<void> {
  const about = await ofGift(tx, task.pledgeId);

  await transition(tx, ctx, FINANCE_TASK, task, "settle", {
    by: "finance",
    ...about,
    data: { kind: task.kind, resolution: how.resolution },
    set: { ...how, closedAt: ctx.now() },
  });
}

async function place(tx: Transaction, ctx: UseCaseContext, task: Task): Promise<void> {
  const [pledge] = await tx
    .select()
    .from(pledges)
    .where(eq(pledges.id, task.pledgeId ?? ""))
    .for("update");
  if (!pledge) throw new DomainError("NOT_FOUND");
  await retakeUnits(tx, ctx, pledge);
}

async function proposeRefund(
  tx: Transaction,
  ctx: UseCaseContext,
  task: Task,
  requestedBy: string,
): Promise<null> {
  const [row] = await tx
    .select({ checkout: checkouts, giftId: pledges.giftId })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .where(eq(checkouts.id, task.checkoutId ?? ""))
    .for("update", { of: checkouts });
  if (row?.checkout.state !== "paid" || row.checkout.paymentIntentId === null)
    throw new DomainError("NOT_FOUND");
  const free = await freeOfGift(tx, row.giftId);
  const amountFen = free < row.checkout.amountFen ? free : row.checkout.amountFen;
  if (amountFen <= 0n) throw new DomainError("FUND_EXHAUSTED");
  await openRefund(tx, ctx, "proposed", {
    checkout: { ...row.checkout, paymentIntentId: row.checkout.paymentIntentId },
    amountFen,
    requestedBy,
    by: "finance",
    taskId: task.id,
  });

  return null;
}

/** What of a gift's money is neither bound nor spent nor on its way back, by the book. */
async function freeOfGift(tx: Transaction, giftId: string): Promise<bigint> {
  const [row] = await tx
    .select({
      free: sql<string>`coalesce(sum(case when ${moneyTransfers.toAccount} like 'fund:%:available' then ${moneyTransfers.amountFen}
        when ${moneyTransfers.fromAccount} like 'fund:%:available' then -${moneyTransfers.amountFen} else 0 end), 0)`,
    })
    .from(moneyEntries)
    .innerJoin(
      moneyTransfers,
      sql`${moneyTransfers.entryId} = ${moneyEntries.id} and ${moneyTransfers.half} = 'what_for'`,
    )
    .where(eq(moneyEntries.giftId, giftId));
  return BigInt(row?.free ?? 0);
}

/**
 * Another person of finance lets proposed money go back, or not. Approved, it is in the book at once, its
 * task ends, and Stripe is asked until it is made.
 *
 * @throws {DomainError} FOUR_EYES for the one who proposed it, FUND_EXHAUSTED when the money was spent
 *   meanwhile
 */
export async function decideRefund(
  ctx: UseCaseContext,
  refundId: string,
  decision: "approve" | "reject",
): Promise<void> {
  requireSteppedUp(ctx, "decideRefund");
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ refund: refunds, checkout: checkouts })
      .from(refunds)
      .innerJoin(checkouts, eq(checkouts.id, refunds.checkoutId))
      .where(eq(refunds.id, refundId))
      .for("update", { of: refunds });
    if (!row) throw new DomainError("NOT_FOUND");
    const { refund, checkout } = row;
    const userId = requireFinanceOf(ctx, checkout.charityId);
    if (userId === refund.requestedBy) throw new DomainError("FOUR_EYES");
    if (decision === "reject") {
      await transition(tx, ctx, REFUND, refund, "reject", {
        by: "finance",
        ...(await ofGift(tx, checkout.pledgeId)),
        set: { approvedBy: userId },
      });

      return;
    }

    await transition(tx, ctx, REFUND, refund, "approve", {
      by: "finance",
      ...(await ofGift(tx, checkout.pledgeId)),
      set: { approvedBy: userId, askedAt: ctx.now() },
    });

    await bookRefund(tx, ctx, refund, checkout, userId);
    const [task] = await tx
      .select()
      .from(financeTasks)
      .where(eq(financeTasks.id, refund.taskId ?? ""))
      .for("update");
    if (task?.state === "open")
      await endTask(tx, ctx, task, { closedBy: userId, resolution: "refunded", evidence: null });
  });

  if (decision === "approve") await sendRefund(ctx, refundId);
}
