import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { checkouts, purchases } from "~db/schema/payments";

/** How many of a pledge's units finance wrote down as bought, approved or not yet. */
export const boughtOf = sql<string>`(select coalesce(sum(quantity), 0) from ${purchases} where ${purchases.pledgeId} = ${pledges.id} and ${inArray(purchases.state, ["proposed", "approved"])})`;

/**
 * Says anew whether something of a payment is still to be bought: beside whatever changes what was bought or
 * what went back, so that lists and clocks find it without looking at all that was ever bought. The pledge
 * must be locked. Safe to repeat.
 */
export async function noteToBuy(tx: Transaction, pledgeId: string): Promise<void> {
  const stillToBuy = sql<boolean>`exists (select from ${pledges} where ${pledges.id} = ${checkouts.pledgeId} and ${pledges.state} = 'paid' and ${pledges.quantity} - ${pledges.givenBack} > ${boughtOf})`;

  await tx
    .update(checkouts)
    .set({ toBuy: stillToBuy })
    .where(and(eq(checkouts.pledgeId, pledgeId), isNotNull(checkouts.buyBy)));
}

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
    .set({ buyBy, toBuy: true })
    .where(and(eq(checkouts.pledgeId, id), eq(checkouts.state, "paid"), isNull(checkouts.buyBy)));
}
