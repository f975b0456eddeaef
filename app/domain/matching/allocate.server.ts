import { and, asc, eq, isNull, lte } from "drizzle-orm";
import type { z } from "zod";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { reassignUnits } from "~/domain/books/reassignUnits.server";
import { releaseUnits, reserveUnits } from "~/domain/books/reserveUnits.server";
import { type ActingRole, requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDue, idsDue } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { plusHours } from "~/domain/kernel/time";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { lots } from "~db/schema/books";
import { allocations } from "~db/schema/matching";
import { needLines, needs } from "~db/schema/needs";
import { candidate } from "./candidates.server";
import type { ProposeInput } from "./schemas";

export const ALLOCATION = machine({
  entity: "allocation",
  table: allocations,
  transitions: {
    proposed: {
      approve: "applied",
      reject: "rejected",
      withdraw: "withdrawn",
      expire: "expired",
      target_gone: "expired",
    },
    applied: {},
    rejected: {},
    withdrawn: {},
    expired: {},
  },
});

type Allocation = typeof allocations.$inferSelect;

/**
 * One person of the city proposes that units of a lot go to a line, as many as the lot has free and the line
 * has open: several lines may share a lot. Until it is decided or its `allocationHours` are over, these units
 * are nobody else's on both sides.
 *
 * Everything that takes from both takes the line first, then the store. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND where the lot cannot serve the line, NOT_ENOUGH_LEFT with what is left of
 *   the line or the lot, FOUR_EYES for the donor of these goods
 */
export async function proposeAllocation(
  ctx: UseCaseContext,
  input: z.infer<typeof ProposeInput>,
): Promise<{ allocationId: string }> {
  const { userId } = requireRole(ctx.actor, "operator");
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "proposeAllocation", input, async () => {
      const found = await candidate(tx, ctx, input.lotId, input.lineId);
      if (!found) throw await whyNot(tx, input);
      const { giftId, donorId } = await giftOfLot(tx, input.lotId);
      if (donorId === userId) throw new DomainError("FOUR_EYES");
      const units = await moveUnits(tx, input.lineId, "open", "held", input.quantity);
      await reserveUnits(tx, input);
      const allocation = { id: ctx.newId(), state: "proposed" as const };

      await tx.insert(allocations).values({
        ...allocation,
        lotId: input.lotId,
        lineId: input.lineId,
        quantity: input.quantity,
        score: found.score,
        reasons: found.reasons,
        proposedBy: userId,
        expiresAt: plusHours(ctx.now(), await limit(tx, ctx, "allocationHours")),
        createdAt: ctx.now(),
      });

      await recordBirth(tx, ctx, ALLOCATION, allocation, "propose", {
        by: "operator",
        needId: found.need.needId,
        units,
        ...(giftId ? { giftId } : {}),
        data: { score: found.score },
      });

      return { allocationId: allocation.id };
    }),
  );
}

/**
 * A line or a lot that somebody else just emptied is told as what it has left; what never fitted does not
 * exist.
 */
async function whyNot(
  tx: Transaction,
  { lotId, lineId }: { lotId: string; lineId: string },
): Promise<DomainError> {
  const [pair] = await tx
    .select({ lineOpen: needLines.open, accepts: needLines.accepts, bestBefore: lots.bestBefore })
    .from(lots)
    .innerJoin(needLines, eq(needLines.objectKind, lots.objectKind))
    .where(and(eq(lots.id, lotId), isNull(lots.lineId), eq(needLines.id, lineId)));
  return new DomainError(
    pair?.accepts === true ? "NOT_ENOUGH_LEFT" : "NOT_FOUND",
    pair?.accepts === true ? { left: 0 } : {},
  );
}

/**
 * A proposal with its line and itself locked, in this order; whoever else decides it waits and finds it
 * decided.
 */
async function lockProposal(
  tx: Transaction,
  allocationId: string,
): Promise<{ allocation: Allocation; needId: string }> {
  const [known] = await tx
    .select({ lineId: allocations.lineId })
    .from(allocations)
    .where(eq(allocations.id, allocationId));
  if (!known) throw new DomainError("NOT_FOUND");
  const [line] = await tx
    .select({ needId: needLines.needId })
    .from(needLines)
    .where(eq(needLines.id, known.lineId))
    .for("update");
  const [allocation] = await tx
    .select()
    .from(allocations)
    .where(eq(allocations.id, allocationId))
    .for("update");
  if (!line || !allocation) throw new DomainError("NOT_FOUND");
  return { allocation, needId: line.needId };
}

type End = Readonly<{
  event: "reject" | "withdraw" | "expire" | "target_gone";
  by: ActingRole;
  needId: string;
  reason?: string;
  set?: { decidedBy: string };
}>;

/** Ends a proposal without effect: what it kept is free again on both sides, in the one step that ends it. */
async function letGo(
  tx: Transaction,
  ctx: UseCaseContext,
  allocation: Allocation,
  { event, ...facts }: End,
): Promise<void> {
  const { giftId } = await giftOfLot(tx, allocation.lotId);
  const units = await moveUnits(tx, allocation.lineId, "held", "open", allocation.quantity);

  await transition(tx, ctx, ALLOCATION, allocation, event, {
    ...facts,
    units,
    ...(giftId ? { giftId } : {}),
  });

  await releaseUnits(tx, allocation);
}

/**
 * A second person approves: the units leave the lot they were part of and belong to the line from now on,
 * received and ready to be packed. Or rejects: they are free again. Either happens once, whoever else
 * decides, or whichever clock runs, at that moment.
 *
 * @throws {DomainError} FOUR_EYES for the one who proposed and for the donor of these goods, HOLD_ENDED
 *   once its hours are over, WRONG_STATE when it was decided, or while the wish is suspended, GOODS_EXPIRED
 */
export async function decideAllocation(
  ctx: UseCaseContext,
  allocationId: string,
  decision: "approve" | "reject",
): Promise<void> {
  const { userId } = requireRole(ctx.actor, "operator");

  await inTransaction(ctx, async (tx) => {
    const { allocation, needId } = await lockProposal(tx, allocationId);
    const { giftId, donorId } = await giftOfLot(tx, allocation.lotId);
    if (allocation.proposedBy === userId || donorId === userId) throw new DomainError("FOUR_EYES");
    if (allocation.state !== "proposed")
      throw new DomainError("WRONG_STATE", { state: allocation.state, event: decision });
    if (allocation.expiresAt <= ctx.now()) throw new DomainError("HOLD_ENDED");
    const facts = { by: "operator", needId, set: { decidedBy: userId } } as const;

    if (decision === "reject") {
      await letGo(tx, ctx, allocation, { event: "reject", ...facts });
      return;
    }

    const [need] = await tx.select({ state: needs.state }).from(needs).where(eq(needs.id, needId));
    if (need?.state !== "published")
      throw new DomainError("WRONG_STATE", { state: need?.state ?? "", event: decision });
    const units = await moveUnits(tx, allocation.lineId, "held", "in_hub", allocation.quantity);
    const pointId = await releaseUnits(tx, allocation);
    const { label } = await reassignUnits(tx, ctx, {
      lotId: allocation.lotId,
      pointId,
      quantity: allocation.quantity,
      lineId: allocation.lineId,
      source: { type: "allocation", id: allocation.id },
    });

    await transition(tx, ctx, ALLOCATION, allocation, "approve", {
      ...facts,
      units,
      ...(giftId ? { giftId } : {}),
      data: { lot: label, quantity: Number(allocation.quantity) },
    });
  });
}

/**
 * Whoever proposed takes it back: a slip does not have to wait for the clock. @throws {DomainError}
 * NOT_FOUND for somebody else's, WRONG_STATE
 */
export async function withdrawAllocation(ctx: UseCaseContext, allocationId: string): Promise<void> {
  const { userId } = requireRole(ctx.actor, "operator");

  await inTransaction(ctx, async (tx) => {
    const { allocation, needId } = await lockProposal(tx, allocationId);
    if (allocation.proposedBy !== userId) throw new DomainError("NOT_FOUND");
    if (allocation.state !== "proposed")
      throw new DomainError("WRONG_STATE", { state: allocation.state, event: "withdraw" });
    await letGo(tx, ctx, allocation, { event: "withdraw", by: "operator", needId });
  });
}

/**
 * A need ended: what was proposed for it is free again. Its lines must be closed already, so that no new
 * proposal comes.
 */
export async function releaseProposals(
  tx: Transaction,
  ctx: UseCaseContext,
  needId: string,
  facts: { by: ActingRole; reason: string },
): Promise<void> {
  const proposed = await tx
    .select({ allocation: allocations })
    .from(allocations)
    .innerJoin(needLines, eq(needLines.id, allocations.lineId))
    .where(and(eq(needLines.needId, needId), eq(allocations.state, "proposed")))
    .orderBy(asc(allocations.lineId), asc(allocations.id))
    .for("update", { of: allocations });
  for (const { allocation } of proposed)
    await letGo(tx, ctx, allocation, { event: "target_gone", needId, ...facts });
}

/**
 * Clock: proposals that nobody decided within `allocationHours` end. One that is decided at this very moment
 * is left to its decision.
 */
export async function expireAllocations(ctx: UseCaseContext): Promise<number> {
  const due = and(eq(allocations.state, "proposed"), lte(allocations.expiresAt, ctx.now()));
  return eachDue(ctx, "expireAllocations", idsDue(ctx, allocations, due), async (tx, id) => {
    const { allocation, needId } = await lockProposal(tx, id);
    if (allocation.state !== "proposed") return false;
    await letGo(tx, ctx, allocation, { event: "expire", by: "system", needId });
    return true;
  });
}
