import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDue, idsDue } from "~/domain/kernel/eachDue.server";
import { transition } from "~/domain/kernel/transition.server";
import { pledges } from "~db/schema/giving";
import { checkouts } from "~db/schema/payments";
import { CHECKOUT } from "./machines.server";

/**
 * Clock: what was paid for and is not bought on its day is told to its donor, once; on the list of finance it
 * stands first. Safe to repeat and to run twice at once.
 */
export async function tellLateBuying(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(checkouts.buyBy, ctx.now()), isNull(checkouts.lateToldAt), sql`${checkouts.toBuy}`);
  return eachDue(ctx, "tellLateBuying", idsDue(ctx, checkouts, overdue), async (tx, id) => {
    const [late] = await tx
      .select({ checkout: checkouts, giftId: pledges.giftId, needId: pledges.needId })
      .from(checkouts)
      .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
      .where(and(eq(checkouts.id, id), overdue))
      .for("update", { of: checkouts, skipLocked: true });
    if (!late) return false;
    const { checkout, ...of } = late;

    await transition(tx, ctx, CHECKOUT, checkout, "buy_late", {
      by: "system",
      ...of,
      set: { lateToldAt: ctx.now() },
    });

    return true;
  });
}
