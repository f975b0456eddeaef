import { type ActingRole, holds, requireRole, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { type Opened } from "~/domain/kernel/opened";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { transition } from "~/domain/kernel/transition.server";
import { requireNoAuthor } from "./authors.server";
import { NEED } from "./machine.server";
import { findNeed, type Need, requireCertificate, requireSeen } from "./need.server";
import { waits, WAITS_NO_MORE } from "./reviewClock.server";
import type { NeedDeclineReason } from "./schemas";
import { visitOf } from "./visitMoments.server";

/** Who reviews a need first: for a wish the town's reviewer, for an organisation's own need an operator. */
export function requireReviewer(ctx: UseCaseContext, need: Need): ActingRole {
  if (need.kind === "organisation_need") {
    requireRole(ctx.actor, "operator");
    return "operator";
  }

  requireRole(ctx.actor, "town_reviewer", { kind: "town", id: need.townCode });
  return "town_reviewer";
}

/**
 * A second person confirms that the need is real: for a wish somebody of the same town who visited, for an
 * organisation's need an operator who checked certificate and budget. Never one who filed it, or wrote on it.
 * @param seen what the page showed; see requireSeen
 * @throws {DomainError} FOUR_EYES, NOT_ALLOWED, CERTIFICATE_EXPIRED, WRONG_STATE, CHANGED_MEANWHILE
 */
export async function verifyNeed(
  ctx: UseCaseContext,
  needId: string,
  { visitedAt, seen }: { visitedAt?: Date | undefined; seen?: Opened } = {},
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    const by = requireReviewer(ctx, need);
    requireSeen(need, seen);
    const { userId } = requireUser(ctx.actor);
    await requireNoAuthor(tx, ctx, need);
    if (need.organisationId !== null) await requireCertificate(tx, ctx, need.organisationId);
    await transition(tx, ctx, NEED, need, "verify", {
      by,
      needId,
      occurredAt: await happenedAt(tx, ctx, visitedAt, {
        after: await visitOf(tx, needId),
        field: "visitedAt",
      }),
      set: { verifiedBy: userId, verifiedAt: ctx.now(), ...(await waits(tx, ctx)) },
    });
  });
}

/**
 * A third person agrees that this wish may cost more than the usual cap. The same operator may publish it:
 * six eyes are those of the filer, the reviewer and one operator.
 * @throws {DomainError} FOUR_EYES for who filed, wrote or verified it, WRONG_STATE without a reason for
 *   going over
 */
export async function approveOverCap(ctx: UseCaseContext, needId: string, seen?: Opened): Promise<void> {
  requireSteppedUp(ctx, "approveOverCap");
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    const { userId } = requireRole(ctx.actor, "operator");
    requireSeen(need, seen);
    if (userId === need.verifiedBy) throw new DomainError("FOUR_EYES");
    await requireNoAuthor(tx, ctx, need);
    if (need.overCapReason === null) throw new DomainError("WRONG_STATE");
    await transition(tx, ctx, NEED, need, "approve_over_cap", {
      by: "operator",
      needId,
      reason: need.overCapReason,
      set: { overCapApprovedBy: userId },
    });
  });
}

/** Sends a need back to its filer, or ends it, with a coded reason they can read. */
export async function declineNeed(
  ctx: UseCaseContext,
  needId: string,
  how: "return" | "reject",
  reason: NeedDeclineReason,
  seen?: Opened,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    const by =
      need.state === "verified" && holds(ctx.actor, "operator") ? "operator" : requireReviewer(ctx, need);
    requireSeen(need, seen);
    await requireNoAuthor(tx, ctx, need);
    await transition(tx, ctx, NEED, need, how, {
      by,
      needId,
      reason,
      set: {
        ...WAITS_NO_MORE,
        ...(how === "return" ? { verifiedBy: null, verifiedAt: null, overCapApprovedBy: null } : {}),
      },
    });
  });
}
