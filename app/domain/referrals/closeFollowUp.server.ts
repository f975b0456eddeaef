import { eq } from "drizzle-orm";
import { holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { transition } from "~/domain/kernel/transition.server";
import { followUps } from "~db/schema/referrals";
import { FOLLOW_UP } from "./machine.server";
import type { ActOf } from "./schemas";

/**
 * A caseworker of the town says what was done for a household that a referral did not help. @throws
 * {DomainError} NOT_FOUND, CHANGED_MEANWHILE, WRONG_STATE
 */
export async function closeFollowUp(
  ctx: UseCaseContext,
  { followUpId, version, outcome, ...input }: ActOf<"follow_up">,
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const [followUp] = await tx.select().from(followUps).where(eq(followUps.id, followUpId)).for("update");
    if (!followUp || !holds(ctx.actor, "caseworker", { kind: "town", id: followUp.townCode }))
      throw new DomainError("NOT_FOUND");
    if (followUp.version !== version) throw new DomainError("CHANGED_MEANWHILE");
    const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: followUp.createdAt });

    await transition(tx, ctx, FOLLOW_UP, followUp, "close", {
      by: "caseworker",
      reason: outcome,
      occurredAt,
      set: { outcome, doneBy: userId, doneAt: ctx.now() },
    });
  });
}
