import { and, eq, max, min } from "drizzle-orm";
import { type ActingRole, holds } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { StandingMoment } from "~/domain/kernel/moments/correct.server";
import { entryOf } from "~/domain/kernel/moments/entries.server";
import { setBoughtOn, setSpentOn } from "~/domain/payments/dayOfVoucher.server";
import { parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts, purchases } from "~db/schema/payments";
import { spendings, spendingShares } from "~db/schema/spendings";
import { whose } from "./momentParts.server";

/** Money is its charity's: nobody of the city puts a voucher's day right. */
async function ofFinance(
  tx: Transaction,
  ctx: UseCaseContext,
  programmeId: string,
): Promise<ActingRole | undefined> {
  const [fund] = await tx
    .select({ id: programmes.charityId })
    .from(programmes)
    .where(eq(programmes.id, programmeId));
  return fund && holds(ctx.actor, "finance", { kind: "charity", id: fund.id }) ? "finance" : undefined;
}

/** When something was bought: after it was paid for, before a parcel of it was counted. */
export async function ofPurchase(
  tx: Transaction,
  ctx: UseCaseContext,
  purchaseId: string,
): Promise<StandingMoment | undefined> {
  const [row] = await tx
    .select({ purchase: purchases, pledge: pledges, paidAt: checkouts.paidAt })
    .from(purchases)
    .innerJoin(pledges, eq(pledges.id, purchases.pledgeId))
    .innerJoin(checkouts, and(eq(checkouts.pledgeId, pledges.id), eq(checkouts.state, "paid")))
    .where(eq(purchases.id, purchaseId));
  const entry = await entryOf(tx, "purchase", purchaseId, "purchase.record");
  if (!row?.paidAt || !entry) return undefined;
  const { purchase, pledge, paidAt } = row;

  const bounds = async () => {
    const [came] = await tx
      .select({ at: min(parcels.occurredAt) })
      .from(parcels)
      .where(eq(parcels.purchaseId, purchaseId));
    return { after: paidAt, before: came?.at ?? undefined };
  };

  const write = (at: Date) => setBoughtOn(tx, purchaseId, at);
  return {
    at: purchase.boughtOn,
    bounds,
    entry,
    ...whose(pledge),
    by: await ofFinance(tx, ctx, purchase.programmeId),
    write,
  };
}

/** When money was spent: after the last of the gifts that it was taken from was paid. */
export async function ofSpending(
  tx: Transaction,
  ctx: UseCaseContext,
  spendingId: string,
): Promise<StandingMoment | undefined> {
  const [row] = await tx
    .select({ spending: spendings, needId: needLines.needId })
    .from(spendings)
    .innerJoin(needLines, eq(needLines.id, spendings.lineId))
    .where(eq(spendings.id, spendingId));
  const entry = await entryOf(tx, "spending", spendingId, "spending.record");
  if (!row || !entry) return undefined;
  const ofIt = eq(spendingShares.spendingId, spendingId);
  const gifts = await tx
    .selectDistinct({ giftId: pledges.giftId, donorId: pledges.donorId })
    .from(pledges)
    .innerJoin(spendingShares, and(eq(spendingShares.pledgeId, pledges.id), ofIt));
  const [paid] = await tx
    .select({ at: max(checkouts.paidAt) })
    .from(checkouts)
    .innerJoin(spendingShares, and(eq(spendingShares.pledgeId, checkouts.pledgeId), ofIt))
    .where(eq(checkouts.state, "paid"));
  const paidAt = paid?.at;
  if (!paidAt) return undefined;
  const { spending, needId } = row;
  const write = (at: Date) => setSpentOn(tx, spendingId, at);
  const its = {
    needId,
    giftIds: [...new Set(gifts.map(({ giftId }) => giftId))],
    donorIds: gifts.map(({ donorId }) => donorId),
  };
  return {
    at: spending.spentOn,
    bounds: () => Promise.resolve({ after: paidAt, before: undefined }),
    entry,
    ...its,
    by: await ofFinance(tx, ctx, spending.programmeId),
    write,
  };
}
