import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts, financeTasks, purchases, refunds } from "~db/schema/payments";
import { unitsOfMeasure } from "~db/schema/reference";
import { spendings, spendingShares } from "~db/schema/spendings";
import { boughtOf, stillToBuy } from "./toBuy.server";
import { RESOLUTIONS_OF } from "./vocabulary";

const item = {
  itemHans: needLines.itemHans,
  itemHant: needLines.itemHant,
  unit: unitsOfMeasure,
  needCode: needs.code,
  townCode: needs.townCode,
};

/** A promise whose things are to be bought. */
const TO_BUY = {
  id: pledges.id,
  quantity: pledges.quantity,
  givenBack: pledges.givenBack,
  unitPriceFen: pledges.unitPriceFen,
} as const;

/** What was bought, as its voucher says it. */
const BOUGHT = {
  id: purchases.id,
  code: purchases.code,
  quantity: purchases.quantity,
  supplier: purchases.supplier,
  voucherNumber: purchases.voucherNumber,
  boughtOn: purchases.boughtOn,
  amountFen: purchases.amountFen,
  state: purchases.state,
} as const;

/** What was spent, as its voucher says it. */
const SPENT = {
  id: spendings.id,
  code: spendings.code,
  payee: spendings.payee,
  voucherNumber: spendings.voucherNumber,
  spentOn: spendings.spentOn,
  amountFen: spendings.amountFen,
  state: spendings.state,
} as const;

/**
 * What finance has to do at its own charity: buy what was paid for (what is due first in front), approve what
 * a colleague bought or wants to send back, settle open tasks.
 */
export async function financeHome(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "finance");
  const own = scopeIds(ctx.actor, "finance");
  const spent = sql`(select coalesce(sum(h.amount_fen), 0) from ${spendingShares} h join ${spendings} s on s.id = h.spending_id and s.state in ('proposed', 'approved') where h.pledge_id = ${pledges.id})`;
  const left = sql<bigint>`sum(${pledges.quantity} - ${pledges.givenBack} - ${spent})`.mapWith(
    pledges.quantity,
  );
  const [toSpend, recordedSpendings, toBuy, recorded, tasks, toRefund] = await Promise.all([
    ctx.db
      .select({
        lineId: needLines.id,
        itemHans: needLines.itemHans,
        itemHant: needLines.itemHant,
        needCode: needs.code,
        fund: programmes,
        left,
      })
      .from(pledges)
      .innerJoin(
        checkouts,
        and(
          eq(checkouts.pledgeId, pledges.id),
          eq(checkouts.state, "paid"),
          inArray(checkouts.charityId, own),
        ),
      )
      .innerJoin(programmes, eq(programmes.id, checkouts.programmeId))
      .innerJoin(needLines, and(eq(needLines.id, pledges.lineId), eq(needLines.kind, "money")))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .where(
        and(
          sql`${pledges.state} = 'paid'`,
          sql`${pledges.settled} + ${pledges.givenBack} < ${pledges.quantity}`,
        ),
      )
      .groupBy(needLines.id, needs.code, programmes.id)
      .having(sql`sum(${pledges.quantity} - ${pledges.givenBack} - ${spent}) > 0`)
      .orderBy(asc(needs.code))
      .limit(100),
    ctx.db
      .select({
        spending: SPENT,
        recordedBy: spendings.recordedBy,
        itemHans: needLines.itemHans,
        itemHant: needLines.itemHant,
        needCode: needs.code,
      })
      .from(spendings)
      .innerJoin(
        programmes,
        and(eq(programmes.id, spendings.programmeId), inArray(programmes.charityId, own)),
      )
      .innerJoin(needLines, eq(needLines.id, spendings.lineId))
      .innerJoin(needs, eq(needs.id, needLines.needId))
      .orderBy(desc(spendings.id))
      .limit(50),
    ctx.db
      .select({ pledge: TO_BUY, giftCode: gifts.code, buyBy: checkouts.buyBy, bought: boughtOf, ...item })
      .from(pledges)
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .innerJoin(
        checkouts,
        and(
          eq(checkouts.pledgeId, pledges.id),
          eq(checkouts.state, "paid"),
          inArray(checkouts.charityId, own),
        ),
      )
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(stillToBuy)
      .orderBy(asc(checkouts.buyBy), asc(pledges.id))
      .limit(100),
    ctx.db
      .select({ purchase: BOUGHT, recordedBy: purchases.recordedBy, ...item })
      .from(purchases)
      .innerJoin(
        programmes,
        and(eq(programmes.id, purchases.programmeId), inArray(programmes.charityId, own)),
      )
      .innerJoin(pledges, eq(pledges.id, purchases.pledgeId))
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .orderBy(desc(purchases.id))
      .limit(50),
    ctx.db
      .select({
        task: {
          id: financeTasks.id,
          kind: financeTasks.kind,
          reference: financeTasks.reference,
          amountFen: financeTasks.amountFen,
        },
        giftCode: gifts.code,
        ifGone: gifts.ifGone,
        needCode: needs.code,
        refundFen: refunds.amountFen,
      })
      .from(financeTasks)
      .leftJoin(pledges, eq(pledges.id, financeTasks.pledgeId))
      .leftJoin(gifts, eq(gifts.id, pledges.giftId))
      .leftJoin(needs, eq(needs.id, pledges.needId))
      .leftJoin(refunds, and(eq(refunds.taskId, financeTasks.id), eq(refunds.state, "proposed")))
      .where(
        and(
          eq(financeTasks.state, "open"),
          or(isNull(financeTasks.charityId), inArray(financeTasks.charityId, own)),
        ),
      )
      .orderBy(asc(financeTasks.openedAt), asc(financeTasks.id))
      .limit(100),
    ctx.db
      .select({
        id: refunds.id,
        amountFen: refunds.amountFen,
        requestedBy: refunds.requestedBy,
        giftCode: gifts.code,
        needCode: needs.code,
      })
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
    spendings: recordedSpendings.map(({ recordedBy, ...row }) => ({ ...row, mine: recordedBy === userId })),
    toBuy: toBuy.map((row) => ({
      ...row,
      isLate: row.buyBy !== null && row.buyBy < ctx.now(),
      left: row.pledge.quantity - row.pledge.givenBack - BigInt(row.bought),
    })),
    recorded: recorded.map(({ recordedBy, ...row }) => ({ ...row, mine: recordedBy === userId })),
    tasks: tasks.map(({ task, ...row }) => ({ ...task, resolutions: RESOLUTIONS_OF[task.kind], ...row })),
    toRefund: toRefund.map(({ requestedBy, ...row }) => ({ ...row, mine: requestedBy === userId })),
  };
}
