import { and, asc, eq, isNull, lt } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { transition } from "~/domain/kernel/transition.server";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { checkouts } from "~db/schema/payments";
import { CHECKOUT } from "./machines.server";
import { stillToBuy } from "./toBuy.server";

const BATCH = 200;

/**
 * Clock: what was paid for and is not bought on its day is told to its donor, once; on the list of finance it stands first. Safe to repeat
 * and to run twice at once.
 */
export async function tellLateBuying(ctx: UseCaseContext): Promise<number> {
  const overdue = and(lt(checkouts.buyBy, ctx.now()), isNull(checkouts.lateToldAt));
  const late = await ctx.db
    .select({ id: checkouts.id, giftId: pledges.giftId, needId: pledges.needId })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(and(overdue, stillToBuy))
    .orderBy(asc(checkouts.buyBy))
    .limit(BATCH);
  let told = 0;
  for (const { id, giftId, needId } of late) {
    await inTransaction(ctx, async (tx) => {
      const [checkout] = await tx
        .select()
        .from(checkouts)
        .where(and(eq(checkouts.id, id), overdue))
        .for("update", { skipLocked: true });
      if (!checkout) return;
      await transition(tx, ctx, CHECKOUT, checkout, "buy_late", { by: "system", giftId, needId, set: { lateToldAt: ctx.now() } });
      told += 1;
    });
  }
  return told;
}
