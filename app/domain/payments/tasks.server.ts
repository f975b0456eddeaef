import { and, eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { pledges } from "~db/schema/giving";
import { checkouts, type FinanceTaskKind, financeTasks } from "~db/schema/payments";
import { FINANCE_TASK } from "./machines.server";

type About = Readonly<{ checkoutId?: string; pledgeId?: string; charityId?: string; amountFen?: bigint }>;

/** Something that only a person of the charity can settle; opened once for each kind and reference. */
export async function openTask(
  tx: Transaction,
  ctx: UseCaseContext,
  kind: FinanceTaskKind,
  reference: string,
  about: About = {},
): Promise<void> {
  const task = { id: ctx.newId(), state: "open" as const };
  const opened = await tx
    .insert(financeTasks)
    .values({ ...task, kind, reference, ...about, openedAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: financeTasks.id });
  if (opened.length > 0)
    await recordBirth(tx, ctx, FINANCE_TASK, task, "open", {
      by: "system",
      ...(await ofGift(tx, about.pledgeId)),
      data: { kind },
    });
}

/** Whose gift the task is about, so that its donor hears of it. */
export async function ofGift(
  tx: Transaction,
  pledgeId: string | null | undefined,
): Promise<{ giftId?: string; needId?: string }> {
  if (pledgeId == null) return {};
  const [pledge] = await tx
    .select({ giftId: pledges.giftId, needId: pledges.needId })
    .from(pledges)
    .where(eq(pledges.id, pledgeId));
  return pledge ?? {};
}

/** The wish that somebody paid for is gone: finance asks the donor what shall become of the money. */
export async function openTargetGone(tx: Transaction, ctx: UseCaseContext, pledgeId: string): Promise<void> {
  const [checkout] = await tx
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.pledgeId, pledgeId), eq(checkouts.state, "paid")))
    .limit(1);
  if (checkout)
    await openTask(tx, ctx, "target_gone", pledgeId, {
      checkoutId: checkout.id,
      pledgeId,
      charityId: checkout.charityId,
      amountFen: checkout.amountFen,
    });
}
