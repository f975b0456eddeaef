import { and, isNull, lt } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { transition } from "~/domain/kernel/transition.server";
import { referrals } from "~db/schema/referrals";
import { REFERRAL } from "./machine.server";

/**
 * Clock: brings every overdue referral before its town's reviewer, once for each state it enters. Safe to
 * repeat and to run twice at once.
 */
export async function escalateReferrals(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(referrals.dueAt, ctx.now()), isNull(referrals.escalatedAt));
  return eachDueRow(ctx, "escalateReferrals", referrals, overdue, async (tx, referral) => {
    await transition(tx, ctx, REFERRAL, referral, "escalate", {
      by: "system",
      set: { escalatedAt: ctx.now() },
    });
  });
}
