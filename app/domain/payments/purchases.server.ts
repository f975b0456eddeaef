import { and, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { postMoney } from "~/domain/books/postMoney.server";
import { standing } from "~/domain/giving/states";
import { requireRole } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { comparableName } from "~/domain/kernel/typed/personName.server";
import { canonicalVoucher } from "~/domain/kernel/typed/voucher";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts, purchases } from "~db/schema/payments";
import { PURCHASE } from "./machines.server";
import type { RecordPurchaseInput } from "./schemas";

/** Finance of the programme's charity, or nobody. */
async function requireFinance(tx: Transaction, ctx: UseCaseContext, programmeId: string): Promise<string> {
  const [programme] = await tx.select().from(programmes).where(eq(programmes.id, programmeId));
  if (!programme) throw new DomainError("NOT_FOUND");
  return requireRole(ctx.actor, "finance", { kind: "charity", id: programme.charityId }).userId;
}

/**
 * Writes down what was bought with paid units: supplier, voucher, date, amount. Binds what was paid for them
 * (COMMIT) until another person of finance approves. Cheaper than paid: the rest stays free in the
 * programme's fund. Dearer: the charity pays the difference out of its own means (TOP_UP), never out of other
 * donors' gifts; both show. One voucher of a supplier counts once.
 *
 * @throws {DomainError} MORE_THAN_PROMISED, VOUCHER_USED, FUND_EXHAUSTED, NOT_ALLOWED
 */
export async function recordPurchase(
  ctx: UseCaseContext,
  input: z.infer<typeof RecordPurchaseInput>,
): Promise<{ purchaseId: string; code: string }> {
  requireSteppedUp(ctx, "recordPurchase");
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "recordPurchase", input, async () => {
      const [row] = await tx
        .select({ pledge: pledges, programmeId: checkouts.programmeId, paidAt: checkouts.paidAt })
        .from(pledges)
        .innerJoin(checkouts, and(eq(checkouts.pledgeId, pledges.id), eq(checkouts.state, "paid")))
        .innerJoin(needLines, and(eq(needLines.id, pledges.lineId), eq(needLines.kind, "goods")))
        .where(eq(pledges.id, input.pledgeId))
        .for("update", { of: pledges });
      if (row?.pledge.state !== "paid") throw new DomainError("NOT_FOUND");
      const userId = await requireFinance(tx, ctx, row.programmeId);
      const bought = await boughtUnits(tx, row.pledge.id);
      if (bought + input.quantity > standing(row.pledge) + row.pledge.settled)
        throw new DomainError("MORE_THAN_PROMISED", {
          left: Number(standing(row.pledge) + row.pledge.settled - bought),
        });
      const boughtOn = await happenedAt(tx, ctx, input.boughtOn, { after: row.paidAt, field: "boughtOn" });
      const id = ctx.newId();
      const code = makeCode("P", ctx.randomBytes);

      await tx.insert(purchases).values({
        id,
        code,
        pledgeId: row.pledge.id,
        programmeId: row.programmeId,
        quantity: input.quantity,
        supplier: input.supplier,
        voucherNumber: input.voucherNumber,
        supplierKey: comparableName(input.supplier),
        voucherKey: canonicalVoucher(input.voucherNumber),
        boughtOn,
        amountFen: input.amountFen,
        state: "proposed",
        recordedBy: userId,
        createdAt: ctx.now(),
      });

      await postMoney(tx, ctx, {
        kind: "commit",
        source: { type: "purchase", id },
        programmeId: row.programmeId,
        amountFen: fromGift(row.pledge, input),
        giftId: row.pledge.giftId,
        lineId: row.pledge.lineId,
      });

      await recordBirth(tx, ctx, PURCHASE, { id, state: "proposed" }, "record", {
        by: "finance",
        occurredAt: boughtOn,
        needId: row.pledge.needId,
        giftId: row.pledge.giftId,
        data: { code, amountFen: Number(input.amountFen), quantity: Number(input.quantity) },
      });

      return { purchaseId: id, code };
    }),
  );
}

/** What of the price is paid by the gift: all of it, up to what was paid for these units. */
const fromGift = (
  pledge: { unitPriceFen: bigint },
  { quantity, amountFen }: { quantity: bigint; amountFen: bigint },
): bigint => {
  const paidFen = pledge.unitPriceFen * quantity;
  return amountFen < paidFen ? amountFen : paidFen;
};

async function boughtUnits(tx: Transaction, pledgeId: string): Promise<bigint> {
  const [row] = await tx
    .select({ bought: sql<string>`coalesce(sum(${purchases.quantity}), 0)` })
    .from(purchases)
    .where(and(eq(purchases.pledgeId, pledgeId), inArray(purchases.state, ["proposed", "approved"])));
  return BigInt(row?.bought ?? 0);
}

/**
 * Another person of finance approves (SPEND, and TOP_UP where it was dearer) or rejects (UNCOMMIT) a recorded
 * purchase.
 * @throws {DomainError} FOUR_EYES for the one who recorded it
 */
export async function decidePurchase(
  ctx: UseCaseContext,
  purchaseId: string,
  decision: "approve" | "reject",
): Promise<void> {
  requireSteppedUp(ctx, "decidePurchase");
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ purchase: purchases, pledge: pledges })
      .from(purchases)
      .innerJoin(pledges, eq(pledges.id, purchases.pledgeId))
      .where(eq(purchases.id, purchaseId))
      // First, as whoever writes a purchase down: what is still to be bought is said of both together.
      .for("update", { of: pledges });
    if (!row) throw new DomainError("NOT_FOUND");
    const { purchase, pledge } = row;
    const userId = await requireFinance(tx, ctx, purchase.programmeId);
    if (userId === purchase.recordedBy) throw new DomainError("FOUR_EYES");
    const difference = purchase.amountFen - pledge.unitPriceFen * purchase.quantity;

    await transition(tx, ctx, PURCHASE, purchase, decision, {
      by: "finance",
      needId: pledge.needId,
      giftId: pledge.giftId,
      data: { code: purchase.code, differenceFen: Number(difference) },
      set: { decidedBy: userId },
    });

    const giftFen = fromGift(pledge, purchase);
    const entry = {
      source: { type: "purchase", id: purchaseId },
      programmeId: purchase.programmeId,
      giftId: pledge.giftId,
      lineId: pledge.lineId,
      approverId: userId,
    };

    await postMoney(tx, ctx, {
      ...entry,
      kind: decision === "approve" ? "spend" : "uncommit",
      amountFen: giftFen,
    });

    if (decision === "approve" && purchase.amountFen > giftFen)
      await postMoney(tx, ctx, { ...entry, kind: "top_up", amountFen: purchase.amountFen - giftFen });
  });
}
