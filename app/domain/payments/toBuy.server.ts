import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { checkouts, purchases } from "~db/schema/payments";

/** How many of a pledge's units finance wrote down as bought, approved or not yet. */
export const boughtOf = sql<string>`(select coalesce(sum(quantity), 0) from ${purchases} where ${purchases.pledgeId} = ${pledges.id} and ${inArray(purchases.state, ["proposed", "approved"])})`;

/**
 * Things were paid for: from now on the charity has its days to buy them (buyWithinDays). Money of an
 * organisation's need has none, it is spent as the work goes.
 */
export async function startBuying(
  tx: Transaction,
  ctx: UseCaseContext,
  { id, lineId }: Pick<typeof pledges.$inferSelect, "id" | "lineId">,
): Promise<void> {
  const [line] = await tx.select({ kind: needLines.kind }).from(needLines).where(eq(needLines.id, lineId));
  if (line?.kind !== "goods") return;
  const buyBy = plusDays(ctx.now(), await limit(tx, ctx, "buyWithinDays"));

  await tx
    .update(checkouts)
    .set({ buyBy })
    .where(and(eq(checkouts.pledgeId, id), eq(checkouts.state, "paid"), isNull(checkouts.buyBy)));
}
