import { and, eq, isNull, lt } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { transition } from "~/domain/kernel/transition.server";
import { referrals } from "~db/schema/referrals";
import { REFERRAL } from "./machine.server";

const BATCH = 200;

/** Clock: brings every overdue referral before its town's reviewer, once for each state it enters. Safe to repeat and to run twice at once. */
export async function escalateReferrals(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(referrals.dueAt, ctx.now()), isNull(referrals.escalatedAt));
  const rows = await ctx.db.select({ id: referrals.id }).from(referrals).where(overdue).limit(BATCH);
  let escalated = 0;
  for (const { id } of rows) {
    await inTransaction(ctx, async (tx) => {
      const [referral] = await tx
        .select()
        .from(referrals)
        .where(and(eq(referrals.id, id), overdue))
        .for("update", { skipLocked: true });
      if (!referral) return;
      await transition(tx, ctx, REFERRAL, referral, "escalate", { by: "system", set: { escalatedAt: ctx.now() } });
      escalated += 1;
    });
  }
  return escalated;
}
