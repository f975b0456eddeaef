import type { ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { followUps } from "~db/schema/referrals";
import { CONTACT_TRIES, type NotHelpedReason } from "~db/schema/referralVocabulary";
import { answerForAll } from "./leadJointCase.server";
import {
  findReferral,
  FOLLOW_UP,
  isJoint,
  lastReferralStepOf,
  REFERRAL,
  type Referral,
} from "./machine.server";
import type { ActOf } from "./schemas";

/**
 * Ends a referral that brought no help, with its reason. A follow-up for the town's caseworkers is made in
 * the same transaction.
 * @throws {DomainError} NOT_FOUND, CHANGED_MEANWHILE, WRONG_STATE, TRIES_MISSING
 */
export async function closeReferral(ctx: UseCaseContext, input: ActOf<"close">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { referral, by } = await findReferral(tx, ctx, input);
    const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
      after: await lastReferralStepOf(tx, referral.id),
    });
    await endUnhelped(tx, ctx, referral, { reason: input.reason, by, occurredAt });
  });
}

type Ending = Readonly<{
  reason: NotHelpedReason;
  by: ActingRole;
  occurredAt?: Date;
  nextReferralId?: string;
}>;

/** The same within a transaction that already checked who may. */
export async function endUnhelped(
  tx: Transaction,
  ctx: UseCaseContext,
  referral: Referral,
  { reason, by, occurredAt = ctx.now(), nextReferralId }: Ending,
): Promise<void> {
  if (reason === "could_not_contact" && referral.tries < CONTACT_TRIES)
    throw new DomainError("TRIES_MISSING", { needed: CONTACT_TRIES, tries: referral.tries });
  const set = {
    dueAt: null,
    escalatedAt: null,
    closedReason: reason,
    closedAt: ctx.now(),
    nextReferralId: nextReferralId ?? null,
  };

  await transition(tx, ctx, REFERRAL, referral, "close", {
    by,
    reason,
    occurredAt,
    set,
    data: { nextReferralId: nextReferralId ?? null },
  });

  if (!isJoint(referral) && (reason === "not_eligible" || reason === "no_capacity"))
    await answerForAll(tx, referral.id, { answer: "cannot", cannotReason: reason });
  const followUp = { id: ctx.newId(), state: "open" as const };

  await tx.insert(followUps).values({
    ...followUp,
    referralId: referral.id,
    householdId: referral.householdId,
    townCode: referral.townCode,
    dueAt: plusDays(ctx.now(), await limit(tx, ctx, "followUpDays")),
    reason,
    createdAt: ctx.now(),
  });

  await recordBirth(tx, ctx, FOLLOW_UP, followUp, "open", { by, reason, data: { referralId: referral.id } });
}
