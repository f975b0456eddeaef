import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { postMoney } from "~/domain/books/postMoney.server";
import { fulfilPledge } from "~/domain/giving/giveBack.server";
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
import { checkouts } from "~db/schema/payments";
import { spendings, spendingShares } from "~db/schema/spendings";
import { SPENDING } from "./machines.server";
import type { RecordSpendingInput } from "./schemas";

/**
 * What of paid promises is bound to spendings that wait for a second person: nobody gives it back meanwhile.
 */
export async function boundFen(tx: Transaction, pledgeId: string): Promise<bigint> {
  const [row] = await tx
    .select({ bound: sql<string>`coalesce(sum(${spendingShares.amountFen}), 0)` })
    .from(spendingShares)
    .innerJoin(spendings, and(eq(spendings.id, spendingShares.spendingId), eq(spendings.state, "proposed")))
    .where(eq(spendingShares.pledgeId, pledgeId));
  return BigInt(row?.bound ?? 0);
}

/** Whether anything of a promise was spent or is about to be: from then on it is not taken back. */
export async function anySpent(tx: Transaction, pledgeId: string): Promise<boolean> {
  const [share] = await tx
    .select({ id: spendingShares.id })
    .from(spendingShares)
    .innerJoin(
      spendings,
      and(eq(spendings.id, spendingShares.spendingId), inArray(spendings.state, ["proposed", "approved"])),
    )
    .where(eq(spendingShares.pledgeId, pledgeId))
    .limit(1);
  return share !== undefined;
}

type Share = Readonly<{ pledgeId: string; giftId: string; amountFen: bigint; paidAt: Date | null }>;

/**
 * Takes the sum out of the gifts for that line in that fund, the oldest first. @throws {DomainError}
 * FUND_EXHAUSTED when they hold less
 */
async function sharesFor(
  tx: Transaction,
  lineId: string,
  programmeId: string,
  amountFen: bigint,
): Promise<Share[]> {
  const paid = await tx
    .select({ pledge: pledges, paidAt: checkouts.paidAt })
    .from(pledges)
    .innerJoin(
      checkouts,
      and(
        eq(checkouts.pledgeId, pledges.id),
        eq(checkouts.state, "paid"),
        eq(checkouts.programmeId, programmeId),
      ),
    )
    .where(and(eq(pledges.lineId, lineId), eq(pledges.state, "paid")))
    .orderBy(asc(pledges.confirmedAt), asc(pledges.id))
    .for("update", { of: pledges });
  const shares: Share[] = [];
  let wanted = amountFen;

  for (const { pledge, paidAt } of paid) {
    const free = standing(pledge) - (await boundFen(tx, pledge.id));
    const part = free < wanted ? free : wanted;
    if (part > 0n) shares.push({ pledgeId: pledge.id, giftId: pledge.giftId, amountFen: part, paidAt });
    wanted -= part > 0n ? part : 0n;
    if (wanted === 0n) return shares;
  }

  throw new DomainError("FUND_EXHAUSTED");
}

/** Money that was not there yet is not what was spent. */
const lastPaid = (shares: readonly Share[]): Date | undefined =>
  shares.reduce<Date | undefined>(
    (last, { paidAt }) => (paidAt !== null && (last === undefined || paidAt > last) ? paidAt : last),
    undefined,
  );

/**
 * Writes down what money of an organisation's need was spent on: payee, voucher, day, amount. Binds it gift
 * by gift (COMMIT) until another person of finance approves. One voucher of a payee counts once. Safe to
 * repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND for a line that is not of money, NOT_ALLOWED, FUND_EXHAUSTED when less
 *   was paid for it, VOUCHER_USED, IN_THE_FUTURE, BEFORE_THE_STEP_BEFORE when a gift that pays for it came
 *   later, TOO_LONG_AGO
 */
export async function recordSpending(
  ctx: UseCaseContext,
  input: z.infer<typeof RecordSpendingInput>,
): Promise<{ spendingId: string; code: string }> {
  requireSteppedUp(ctx, "recordSpending");
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "recordSpending", input, async () => {
      const [line] = await tx.select().from(needLines).where(eq(needLines.id, input.lineId));
      const [fund] = await tx
        .select({ charityId: programmes.charityId })
        .from(programmes)
        .where(eq(programmes.id, input.programmeId));
      if (line?.kind !== "money" || !fund) throw new DomainError("NOT_FOUND");
      const { userId } = requireRole(ctx.actor, "finance", { kind: "charity", id: fund.charityId });
      const { lineId, programmeId, payee, voucherNumber, amountFen } = input;
      const shares = await sharesFor(tx, lineId, programmeId, amountFen);
      const spentOn = await happenedAt(tx, ctx, input.spentOn, { after: lastPaid(shares), field: "spentOn" });
      const spending = { id: ctx.newId(), state: "proposed" as const };
      const code = makeCode("P", ctx.randomBytes);

      await tx.insert(spendings).values({
        ...spending,
        code,
        lineId,
        programmeId,
        payee,
        voucherNumber,
        payeeKey: comparableName(payee),
        voucherKey: canonicalVoucher(voucherNumber),
        spentOn,
        amountFen,
        recordedBy: userId,
        createdAt: ctx.now(),
      });

      for (const { giftId, paidAt: _paidAt, ...share } of shares) {
        const id = ctx.newId();
        await tx.insert(spendingShares).values({ ...share, id, spendingId: spending.id });
        await postMoney(tx, ctx, {
          kind: "commit",
          source: { type: "spending_share", id },
          programmeId,
          amountFen: share.amountFen,
          giftId,
          lineId,
        });
      }

      await recordBirth(tx, ctx, SPENDING, spending, "record", {
        by: "finance",
        occurredAt: spentOn,
        needId: line.needId,
        data: { code, amountFen: Number(amountFen) },
      });

      return { spendingId: spending.id, code };
    }),
  );
}

/**
 * Another person of finance approves (SPEND, and so much of each gift is delivered: its donor hears of it) or
 * rejects (UNCOMMIT).
 * @throws {DomainError} NOT_FOUND, NOT_ALLOWED, FOUR_EYES for the one who recorded it, WRONG_STATE or
 *   CHANGED_MEANWHILE when it is decided
 */
export async function decideSpending(
  ctx: UseCaseContext,
  spendingId: string,
  decision: "approve" | "reject",
): Promise<void> {
  requireSteppedUp(ctx, "decideSpending");
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ spending: spendings, needId: needLines.needId, charityId: programmes.charityId })
      .from(spendings)
      .innerJoin(needLines, eq(needLines.id, spendings.lineId))
      .innerJoin(programmes, eq(programmes.id, spendings.programmeId))
      .where(eq(spendings.id, spendingId));
    if (!row) throw new DomainError("NOT_FOUND");
    const { spending, needId } = row;
    const { userId } = requireRole(ctx.actor, "finance", { kind: "charity", id: row.charityId });
    if (userId === spending.recordedBy) throw new DomainError("FOUR_EYES");
    const { code, lineId, programmeId } = spending;

    await transition(tx, ctx, SPENDING, spending, decision, {
      by: "finance",
      needId,
      data: { code, amountFen: Number(spending.amountFen) },
      set: { decidedBy: userId },
    });

    const shares = await tx
      .select({ share: spendingShares, pledge: pledges })
      .from(spendingShares)
      .innerJoin(pledges, eq(pledges.id, spendingShares.pledgeId))
      .where(eq(spendingShares.spendingId, spendingId))
      .orderBy(asc(pledges.id))
      .for("update", { of: pledges });

    for (const { share, pledge } of shares) {
      const entry = {
        source: { type: "spending_share", id: share.id },
        programmeId,
        amountFen: share.amountFen,
        giftId: pledge.giftId,
        lineId,
        approverId: userId,
      };
      await postMoney(tx, ctx, { ...entry, kind: decision === "approve" ? "spend" : "uncommit" });
      if (decision === "reject") continue;

      await fulfilPledge(tx, ctx, pledge, {
        by: "finance",
        event: "spend",
        quantity: share.amountFen,
        into: "delivered",
        occurredAt: spending.spentOn,
        data: { code, amountFen: Number(share.amountFen) },
      });
    }
  });
}
