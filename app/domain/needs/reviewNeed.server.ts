import { eq } from "drizzle-orm";
import { holds, requireRole, requireUser, type ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { openedOn, requireUnchanged, type Opened } from "~/domain/kernel/opened";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { transition } from "~/domain/kernel/transition.server";
import { organisationAt } from "~/domain/register/register.server";
import { needs } from "~db/schema/needs";
import { requireNoAuthor } from "./authors.server";
import { NEED } from "./machine.server";
import { WAITS_NO_MORE, waits } from "./reviewClock.server";
import type { DeclineReason } from "./schemas";
import { visitOf } from "./visitMoments.server";

export type Need = typeof needs.$inferSelect;

/** The need, or NOT_FOUND. */
export async function findNeed(tx: Transaction, needId: string): Promise<Need> {
  const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
  if (!need) throw new DomainError("NOT_FOUND");
  return need;
}

/** The same, kept from changing until this transaction ends; who pledges on its lines does not wait. */
export async function lockNeed(tx: Transaction, needId: string): Promise<Need> {
  const [need] = await tx.select().from(needs).where(eq(needs.id, needId)).for("no key update");
  if (!need) throw new DomainError("NOT_FOUND");
  return need;
}

/**
 * What somebody has before them who decides on a need: its state, and until when it waits for this word. Both
 * are new whenever it was changed in between, for it cannot be changed without going back to its filer.
 */
export const seenNeed = ({ state, reviewDueAt }: Pick<Need, "state" | "reviewDueAt">): Opened =>
  openedOn(state, reviewDueAt?.getTime() ?? 0);

/**
 * Refuses a word on something else than what was read, where the page says what it showed. @throws
 * {DomainError} CHANGED_MEANWHILE
 */
export function requireSeen(need: Need, seen: Opened | undefined): void {
  if (seen !== undefined) requireUnchanged(seen, seenNeed(need));
}

/** Who reviews a need first: for a wish the town's reviewer, for an organisation's own need an operator. */
export function requireReviewer(ctx: UseCaseContext, need: Need): ActingRole {
  if (need.kind === "project") {
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

/** An organisation posts only while its certificate is valid on that day. */
export async function requireCertificate(
  tx: Transaction,
  ctx: UseCaseContext,
  organisationId: string,
): Promise<void> {
  const organisation = await organisationAt(tx, ctx.now(), organisationId);
  if (!organisation?.certified) throw new DomainError("CERTIFICATE_EXPIRED");
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
  reason: DeclineReason,
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
