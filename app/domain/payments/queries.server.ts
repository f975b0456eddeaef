import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts, financeTasks, purchases, refunds } from "~db/schema/payments";
import { unitsOfMeasure } from "~db/schema/reference";
import { spendings, spendingShares } from "~db/schema/spendings";
import { boughtOf } from "./toBuy.server";
import { RESOLUTIONS_OF } from "./vocabulary";

const A_LIST = MOST_LISTED + 1;

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
 * Lines with money that was paid to these charities and is neither spent nor bound, by the fund in which it
 * lies. Read line by line, in their order: what was spent long ago is not looked at.
 */
function moneyToSpend(ctx: UseCaseContext, own: readonly string[]) {
  const bound = sql`(select coalesce(sum(h.amount_fen), 0) from ${spendingShares} h join ${spendings} s on s.id = h.spending_id and s.state in ('proposed', 'approved') where h.pledge_id = ${pledges.id})`;
  const free = sql`sum(${pledges.quantity} - ${pledges.givenBack} - ${bound})`;
  const unspent = ctx.db
    .select({ programmeId: checkouts.programmeId, left: free.mapWith(pledges.quantity).as("left") })
    .from(pledges)
    .innerJoin(
      checkouts,
      and(
        eq(checkouts.pledgeId, pledges.id),
        eq(checkouts.state, "paid"),
        inArray(checkouts.charityId, [...own]),
      ),
    )
    .where(
      and(
        eq(pledges.lineId, needLines.id),
        sql`${pledges.state} = 'paid' and ${pledges.settled} + ${pledges.givenBack} < ${pledges.quantity}`,
      ),
    )
    .groupBy(checkouts.programmeId)
    .having(sql`${free} > 0`)
    .as("unspent");
  return ctx.db
    .select({
      lineId: needLines.id,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      needCode: needs.code,
      fund: programmes,
      left: unspent.left,
    })
    .from(needLines)
    .crossJoinLateral(unspent)
    .innerJoin(programmes, eq(programmes.id, unspent.programmeId))
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(sql`${needLines.kind} = 'money' and ${needLines.pledged} > 0`)
    .orderBy(asc(needLines.id), asc(programmes.id))
    .limit(A_LIST);
}

/** Things that were paid for and are not all bought, what is due first in front. */
const thingsToBuy = (ctx: UseCaseContext, own: readonly string[]) =>
  ctx.db
    .select({ pledge: TO_BUY, giftCode: gifts.code, buyBy: checkouts.buyBy, bought: boughtOf, ...item })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(and(inArray(checkouts.charityId, [...own]), sql`${checkouts.toBuy}`))
    .orderBy(asc(checkouts.buyBy), asc(checkouts.id))
    .limit(A_LIST);

/** What waits for a second person stands before what is decided, each newest first. */
const undecidedFirst = (table: typeof purchases | typeof spendings) => [
  desc(sql`(${table.state} = 'proposed')`),
  desc(table.id),
];

/**
 * What finance has to do at its own charity, as far as `MOST_LISTED` of each kind: buy what was paid for,
 * approve what a colleague bought or wants to send back, settle open tasks.
 */
export async function financeHome(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "finance");
  const own = scopeIds(ctx.actor, "finance");
  const [toSpend, recordedSpendings, toBuy, recorded, tasks, toRefund] = await Promise.all([
    moneyToSpend(ctx, own),
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
      .orderBy(...undecidedFirst(spendings))
      .limit(MOST_LISTED),
    thingsToBuy(ctx, own),
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
      .orderBy(...undecidedFirst(purchases))
      .limit(MOST_LISTED),
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
      .limit(A_LIST),
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
      .limit(A_LIST),
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
