import { and, eq, lte } from "drizzle-orm";
import { refreshOpenness } from "~/domain/books/moveUnits.server";
import { type ActingRole, holds, requireRole, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDue, idsDue } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { NEED } from "./machine.server";
import { findNeed, lockNeed, type Need } from "./need.server";
import { publicPagesChanged } from "./publicVersion.server";
import { closeLines, unpublish } from "./publishNeed.server";
import { waits, WAITS_NO_MORE } from "./reviewClock.server";
import type { SuspendReason, WithdrawReason } from "./schemas";

/** The role in which somebody ends a need of that town. @throws {DomainError} NOT_ALLOWED */
export const townRole = (ctx: UseCaseContext, need: Need): ActingRole => {
  const town = { kind: "town", id: need.townCode } as const;
  if (holds(ctx.actor, "caseworker", town)) return "caseworker";
  if (holds(ctx.actor, "town_reviewer", town)) return "town_reviewer";
  requireRole(ctx.actor, "operator");
  return "operator";
};

/**
 * Pauses a listing while a question is looked into: promises stay, no new ones come. Hidden from the public
 * meanwhile.
 */
export async function suspendNeed(ctx: UseCaseContext, needId: string, reason: SuspendReason): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    requireRole(ctx.actor, "operator");
    await closeLines(tx, needId);
    await tx.update(publicNeeds).set({ isOpen: false }).where(eq(publicNeeds.needId, needId));
    await transition(tx, ctx, NEED, need, "suspend", {
      by: "operator",
      needId,
      reason,
      set: await waits(tx, ctx),
    });

    await publicPagesChanged(tx);
  });
}

/** Lists it again. */
export async function resumeNeed(ctx: UseCaseContext, needId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    requireRole(ctx.actor, "operator");
    await tx.update(needLines).set({ accepts: true }).where(eq(needLines.needId, needId));
    await transition(tx, ctx, NEED, need, "resume", { by: "operator", needId, set: WAITS_NO_MORE });
    await refreshOpenness(tx, [needId]);
    await publicPagesChanged(tx);
  });
}

/**
 * Takes the page of a need that was fulfilled off the public tables, because the one it was for no longer
 * wants it there. Safe to repeat.
 */
export async function takeDown(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Need,
  reason: WithdrawReason | "erased",
  by: ActingRole,
): Promise<void> {
  const [shown] = await tx
    .select({ code: publicNeeds.code })
    .from(publicNeeds)
    .where(eq(publicNeeds.needId, need.id));
  if (!shown) return;
  await unpublish(tx, need.id);
  await transition(tx, ctx, NEED, need, "take_down", { by, needId: need.id, reason });
}

/** Clock: listings whose time is over end when nobody promised anything, else run on a little longer. */
export async function expireNeeds(ctx: UseCaseContext): Promise<number> {
  const due = and(eq(needs.state, "published"), lte(needs.expiresAt, ctx.now()));
  return eachDue(ctx, "expireNeeds", idsDue(ctx, needs, due), async (tx, id) => {
    // Lines before the need, as everybody else touches both; whoever moved it meanwhile is waited for and not
    // tripped over.
    const lines = await tx.select().from(needLines).where(eq(needLines.needId, id)).for("update");
    const need = await lockNeed(tx, id);
    if (need.state !== "published" || need.expiresAt === null || need.expiresAt > ctx.now()) return false;
    const isClaimed = lines.some((line) => line.held + line.pledged + line.inHub + line.delivered > 0n);

    if (isClaimed) {
      const expiresAt = plusDays(ctx.now(), await limit(tx, ctx, "extendListingDays"));
      await transition(tx, ctx, NEED, need, "extend", { by: "system", needId: id, set: { expiresAt } });
      await tx.update(publicNeeds).set({ expiresAt }).where(eq(publicNeeds.needId, id));
    } else {
      await unpublish(tx, id);
      await transition(tx, ctx, NEED, need, "expire", { by: "system", needId: id });
    }

    return true;
  });
}

/**
 * Ends a need whose units all arrived, once its story is told. @throws {DomainError} WRONG_STATE while units
 * are outstanding
 */
export async function closeNeed(ctx: UseCaseContext, needId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    const by = townRole(ctx, need);
    requireUser(ctx.actor);
    const lines = await tx.select().from(needLines).where(eq(needLines.needId, needId));
    if (!lines.every((line) => line.delivered + line.waived === line.requested))
      throw new DomainError("WRONG_STATE");
    await transition(tx, ctx, NEED, need, "close", { by, needId });
    await closeLines(tx, needId);
  });
}
