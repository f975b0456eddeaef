import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { checkouts, financeTasks, purchases } from "~db/schema/payments";
import { unitsOfMeasure } from "~db/schema/reference";

const item = { itemHans: needLines.itemHans, itemHant: needLines.itemHant, unit: unitsOfMeasure, needCode: needs.code, townCode: needs.townCode };

/** What finance has to do: buy what was paid for, approve what a colleague bought, settle open tasks. */
export async function financeHome(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "finance");
  const bought = sql<string>`(select coalesce(sum(quantity), 0) from ${purchases} where ${purchases.pledgeId} = ${pledges.id} and ${inArray(purchases.state, ["proposed", "approved"])})`;
  const [toBuy, recorded, tasks] = await Promise.all([
    ctx.db
      .select({ pledge: pledges, giftCode: gifts.code, bought, ...item })
      .from(pledges)
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .innerJoin(checkouts, and(eq(checkouts.pledgeId, pledges.id), eq(checkouts.state, "paid")))
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(and(eq(pledges.state, "paid"), sql`${pledges.quantity} - ${pledges.givenBack} > ${bought}`))
      .orderBy(asc(pledges.id))
      .limit(100),
    ctx.db
      .select({ purchase: purchases, ...item })
      .from(purchases)
      .innerJoin(pledges, eq(pledges.id, purchases.pledgeId))
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .orderBy(desc(purchases.id))
      .limit(50),
    ctx.db.select().from(financeTasks).where(eq(financeTasks.state, "open")).orderBy(asc(financeTasks.openedAt)),
  ]);
  return {
    toBuy: toBuy.map((row) => ({ ...row, left: row.pledge.quantity - row.pledge.givenBack - BigInt(row.bought) })),
    recorded: recorded.map((row) => ({ ...row, mine: row.purchase.recordedBy === userId })),
    tasks,
  };
}
