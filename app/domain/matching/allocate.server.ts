import { and, asc, eq, gt, isNotNull, isNull, lte, sql } from "drizzle-orm";
import type { z } from "zod";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { plusHours } from "~/domain/kernel/time";
import { recordBirth, transition, type Machine } from "~/domain/kernel/transition.server";
import { moveUnits } from "~/domain/needs/moveUnits.server";
import { lots, lotStock } from "~db/schema/books";
import { allocations, offers, type AllocationState } from "~db/schema/matching";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { servicePoints } from "~db/schema/reference";
import { scoreCandidate } from "./score";
import type { ProposeInput } from "./schemas";

export const ALLOCATION: Machine<AllocationState> = {
  entity: "allocation",
  table: allocations,
  transitions: { proposed: { approve: "applied", reject: "rejected", expire: "expired" }, applied: {}, rejected: {}, expired: {}, reversed: {} },
};

/** Lots of accepted offers that stand at a point and are meant for no line yet. */
export const freeLots = (ctx: UseCaseContext) =>
  ctx.db
    .select({ lot: lots, stock: lotStock.quantity, offerCode: offers.code, description: offers.description, townCode: servicePoints.townCode })
    .from(lots)
    .innerJoin(lotStock, and(eq(lotStock.lotId, lots.id), gt(lotStock.quantity, 0n)))
    .innerJoin(offers, eq(offers.id, lots.offerId))
    .innerJoin(servicePoints, eq(servicePoints.id, lots.pointId))
    .where(and(isNotNull(lots.offerId), isNull(lots.lineId)))
    .orderBy(asc(lots.id));

/** Waiting lines that a lot could serve, best first, each with its reasons. Suggests only: two people decide. */
export async function candidatesFor(ctx: UseCaseContext, lotId: string) {
  requireRole(ctx.actor, "operator");
  const [found] = (await freeLots(ctx)).filter((row) => row.lot.id === lotId);
  if (!found) throw new DomainError("NOT_FOUND");
  const lines = await ctx.db
    .select({ line: needLines, need: publicNeeds })
    .from(needLines)
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .where(and(eq(needLines.objectKind, found.lot.objectKind), eq(needLines.accepts, true), gt(needLines.open, 0n)))
    .limit(200);
  return lines
    .flatMap(({ line, need }) => {
      const scored = scoreCandidate({
        sameKind: true,
        sameTown: need.townCode === found.townCode,
        waitingDays: (ctx.now().getTime() - need.waitingSince.getTime()) / 86_400_000,
        wholeNeed: line.open <= found.stock,
        expiresSoon: found.lot.bestBefore !== null,
      });
      return scored ? [{ line, need, ...scored }] : [];
    })
    .sort((a, b) => b.score - a.score || a.need.waitingSince.getTime() - b.need.waitingSince.getTime());
}

/** One person of the city proposes that a lot goes to a line; it holds for 72 hours and moves nothing yet. */
export async function proposeAllocation(ctx: UseCaseContext, input: z.infer<typeof ProposeInput>): Promise<{ allocationId: string }> {
  const { userId } = requireRole(ctx.actor, "operator");
  const candidate = (await candidatesFor(ctx, input.lotId)).find(({ line }) => line.id === input.lineId);
  if (!candidate) throw new DomainError("NOT_FOUND");
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "proposeAllocation", input, async () => {
      if (input.quantity > candidate.line.open) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(candidate.line.open) });
      const allocation = { id: ctx.newId(), state: "proposed" as const };
      await tx.insert(allocations).values({
        ...allocation,
        lotId: input.lotId,
        lineId: input.lineId,
        quantity: input.quantity,
        score: candidate.score,
        reasons: candidate.reasons,
        proposedBy: userId,
        expiresAt: plusHours(ctx.now(), await limit(tx, ctx, "allocationHours")),
        createdAt: ctx.now(),
      });
      await recordBirth(tx, ctx, ALLOCATION, allocation, "propose", {
        by: "operator",
        needId: candidate.need.needId,
        ...(await giftOfLot(tx, input.lotId)),
        data: { score: candidate.score },
      });
      return { allocationId: allocation.id };
    }),
  );
}

async function giftOfLot(tx: Transaction, lotId: string): Promise<{ giftId?: string }> {
  const [row] = await tx.select({ giftId: offers.giftId }).from(lots).innerJoin(offers, eq(offers.id, lots.offerId)).where(eq(lots.id, lotId));
  return row?.giftId ? { giftId: row.giftId } : {};
}

/**
 * A second person approves: the lot belongs to the line from now on, and the units move from open to received by the same
 * conditional UPDATE as a pledge. Or rejects.
 * @throws {DomainError} FOUR_EYES for the one who proposed, NOT_ENOUGH_LEFT when a donor was faster
 */
export async function decideAllocation(ctx: UseCaseContext, allocationId: string, decision: "approve" | "reject"): Promise<void> {
  const { userId } = requireRole(ctx.actor, "operator");
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ allocation: allocations, needId: needLines.needId })
      .from(allocations)
      .innerJoin(needLines, eq(needLines.id, allocations.lineId))
      .where(eq(allocations.id, allocationId))
      .for("update", { of: allocations });
    if (!row) throw new DomainError("NOT_FOUND");
    const { allocation, needId } = row;
    if (allocation.proposedBy === userId) throw new DomainError("FOUR_EYES");
    if (allocation.expiresAt <= ctx.now()) throw new DomainError("HOLD_ENDED");
    const facts = { by: "operator", needId, ...(await giftOfLot(tx, allocation.lotId)), set: { decidedBy: userId } } as const;
    if (decision === "reject") {
      await transition(tx, ctx, ALLOCATION, allocation, "reject", facts);
      return;
    }
    const [lot] = await tx.select().from(lots).where(eq(lots.id, allocation.lotId)).for("update");
    const [need] = await tx.select({ id: needs.id }).from(needs).where(eq(needs.id, needId));
    if (!lot || !need || lot.lineId !== null || lot.quantity !== allocation.quantity) throw new DomainError("CHANGED_MEANWHILE");
    await tx
      .update(lots)
      .set({ lineId: allocation.lineId })
      .where(and(eq(lots.id, lot.id), isNull(lots.lineId)));
    const units = await moveUnits(tx, allocation.lineId, "open", "in_hub", allocation.quantity);
    await transition(tx, ctx, ALLOCATION, allocation, "approve", { ...facts, units });
  });
}

/** Clock: proposals that nobody decided in 72 hours end. */
export async function expireAllocations(ctx: UseCaseContext): Promise<number> {
  const due = await ctx.db
    .select()
    .from(allocations)
    .where(and(eq(allocations.state, "proposed"), lte(allocations.expiresAt, ctx.now())))
    .limit(100);
  for (const allocation of due) await inTransaction(ctx, (tx) => transition(tx, ctx, ALLOCATION, allocation, "expire", { by: "system" }));
  return due.length;
}

/** Proposals that wait for a second person. */
export const proposedAllocations = (ctx: UseCaseContext) =>
  ctx.db
    .select({ allocation: allocations, label: lots.label, needCode: needs.code, item: needLines.itemHans, itemHant: needLines.itemHant, open: sql<string>`${needLines.open}` })
    .from(allocations)
    .innerJoin(lots, eq(lots.id, allocations.lotId))
    .innerJoin(needLines, eq(needLines.id, allocations.lineId))
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(eq(allocations.state, "proposed"))
    .orderBy(asc(allocations.id));
