import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts, financeTasks, purchases, refunds, spendings, spendingShares } from "~db/schema/payments";
import { unitsOfMeasure } from "~db/schema/reference";
import { boughtOf, stillToBuy } from "./toBuy.server";
import { RESOLUTIONS_OF } from "./words";

const item = { itemHans: needLines.itemHans, itemHant: needLines.itemHant, unit: unitsOfMeasure, needCode: needs.code, townCode: needs.townCode };

/** What finance has to do at its own charity: buy what was paid for (what is due first in front), approve what a colleague bought or wants to send back, settle open tasks. */
export async function financeHome(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "finance");
  const own = scopeIds(ctx.actor, "finance");
  const spent = sql`(select coalesce(sum(h.amount_fen), 0) from ${spendingShares} h join ${spendings} s on s.id = h.spending_id and s.state in ('proposed', 'approved') where h.pledge_id = ${pledges.id})`;
  const left = sql<bigint>`sum(${pledges.quantity} - ${pledges.givenBack} - ${spent})`.mapWith(pledges.quantity);
  const [toSpend, recordedSpendings, toBuy, recorded, tasks, toRefund] = await Promise.all([
    ctx.db
      .select({ lineId: needLines.id, itemHans: needLines.itemHans, itemHant: needLines.itemHant, needCode: needs.code, fund: programmes, left })
      .from(pledges)
      .innerJoin(checkouts, and(eq(checkouts.pledgeId, pledges.id), eq(checkouts.state, "paid"), inArray(checkouts.charityId, own)))
      .innerJoin(programmes, eq(programmes.id, checkouts.programmeId))
      .innerJoin(needLines, and(eq(needLines.id, pledges.lineId), eq(needLines.kind, "money")))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .where(eq(pledges.state, "paid"))
      .groupBy(needLines.id, needs.code, programmes.id)
      .having(sql`sum(${pledges.quantity} - ${pledges.givenBack} - ${spent}) > 0`)
      .orderBy(asc(needs.code))
      .limit(100),
    ctx.db
      .select({ spending: spendings, itemHans: needLines.itemHans, itemHant: needLines.itemHant, needCode: needs.code })
      .from(spendings)
      .innerJoin(programmes, and(eq(programmes.id, spendings.programmeId), inArray(programmes.charityId, own)))
      .innerJoin(needLines, eq(needLines.id, spendings.lineId))
      .innerJoin(needs, eq(needs.id, needLines.needId))
      .orderBy(desc(spendings.id))
      .limit(50),
    ctx.db
      .select({ pledge: pledges, giftCode: gifts.code, buyBy: checkouts.buyBy, bought: boughtOf, ...item })
      .from(pledges)
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .innerJoin(checkouts, and(eq(checkouts.pledgeId, pledges.id), eq(checkouts.state, "paid"), inArray(checkouts.charityId, own)))
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(stillToBuy)
      .orderBy(asc(checkouts.buyBy), asc(pledges.id))
      .limit(100),
    ctx.db
      .select({ purchase: purchases, ...item })
      .from(purchases)
      .innerJoin(programmes, and(eq(programmes.id, purchases.programmeId), inArray(programmes.charityId, own)))
      .innerJoin(pledges, eq(pledges.id, purchases.pledgeId))
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .orderBy(desc(purchases.id))
      .limit(50),
    ctx.db
      .select({ task: financeTasks, giftCode: gifts.code, ifGone: gifts.ifGone, needCode: needs.code, refundFen: refunds.amountFen })
      .from(financeTasks)
      .leftJoin(pledges, eq(pledges.id, financeTasks.pledgeId))
      .leftJoin(gifts, eq(gifts.id, pledges.giftId))
      .leftJoin(needs, eq(needs.id, pledges.needId))
      .leftJoin(refunds, and(eq(refunds.taskId, financeTasks.id), eq(refunds.state, "proposed")))
      .where(and(eq(financeTasks.state, "open"), or(isNull(financeTasks.charityId), inArray(financeTasks.charityId, own))))
      .orderBy(asc(financeTasks.openedAt), asc(financeTasks.id))
      .limit(100),
    ctx.db
      .select({ refund: refunds, giftCode: gifts.code, needCode: needs.code })
      .from(refunds)
      .innerJoin(checkouts, and(eq(checkouts.id, refunds.checkoutId), inArray(checkouts.charityId, own)))
      .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .where(eq(refunds.state, "proposed"))
      .orderBy(asc(refunds.id))
      .limit(100),
  ]);
  return {
    toSpend,
    spendings: recordedSpendings.map((row) => ({ ...row, mine: row.spending.recordedBy === userId })),
    toBuy: toBuy.map((row) => ({ ...row, isLate: row.buyBy !== null && row.buyBy < ctx.now(), left: row.pledge.quantity - row.pledge.givenBack - BigInt(row.bought) })),
    recorded: recorded.map((row) => ({ ...row, mine: row.purchase.recordedBy === userId })),
    tasks: tasks.map(({ task, ...row }) => ({
      id: task.id,
      kind: task.kind,
      reference: task.reference,
      amountFen: task.amountFen,
      resolutions: RESOLUTIONS_OF[task.kind],
      ...row,
    })),
    toRefund: toRefund.map(({ refund, ...row }) => ({ id: refund.id, amountFen: refund.amountFen, mine: refund.requestedBy === userId, ...row })),
  };
}
