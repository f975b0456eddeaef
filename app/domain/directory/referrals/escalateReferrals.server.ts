import { and, asc, eq, isNull, lt } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { behind, eachDue } from "~/domain/kernel/eachDue.server";
import { transition } from "~/domain/kernel/transition.server";
import { referrals } from "~db/schema/referrals";
import { REFERRAL } from "./machine.server";

/** Clock: brings every overdue referral before its town's reviewer, once for each state it enters. Safe to repeat and to run twice at once. */
export async function escalateReferrals(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(referrals.dueAt, ctx.now()), isNull(referrals.escalatedAt));
  return eachDue(
    ctx,
    "escalateReferrals",
    (after, most) =>
      ctx.db
        .select({ id: referrals.id })
        .from(referrals)
        .where(and(overdue, behind(referrals.id, after)))
        .orderBy(asc(referrals.id))
        .limit(most),
    async (tx, id) => {
      const [referral] = await tx
        .select()
        .from(referrals)
        .where(and(eq(referrals.id, id), overdue))
        .for("update", { skipLocked: true });
      if (!referral) return false;
      await transition(tx, ctx, REFERRAL, referral, "escalate", { by: "system", set: { escalatedAt: ctx.now() } });
      return true;
    },
  );
}
