import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { transition } from "~/domain/kernel/transition.server";
import { noteBenefits } from "~/domain/screening/benefits.server";
import { answerForAll } from "./leadJointCase.server";
import { findReferral, isJoint, lastReferralStepOf, ownersOf, REFERRAL } from "./machine.server";
import type { ActOf } from "./schemas";

/**
 * Ends a referral because the household got the help. Where asked to, the item is recorded as received in
 * the same transaction, so that it is not proposed again. A joint case waits until every department has
 * answered, unless its lead says why not.
 * @throws {DomainError} NOT_FOUND, CHANGED_MEANWHILE, WRONG_STATE, OWNERS_WAITING
 */
export async function gotHelp(ctx: UseCaseContext, input: ActOf<"help">): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const { referral, by } = await findReferral(tx, ctx, input);
    const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
      after: await lastReferralStepOf(tx, referral.id),
    });
    const waiting = isJoint(referral)
      ? (await ownersOf(tx, referral.id)).filter((owner) => owner.answer === "waiting").length
      : 0;
    if (waiting > 0 && input.without === undefined) throw new DomainError("OWNERS_WAITING", { n: waiting });
    const withoutReason = waiting > 0 ? input.without : undefined;

    await transition(tx, ctx, REFERRAL, referral, "help", {
      by,
      occurredAt,
      set: { dueAt: null, escalatedAt: null, closedAt: ctx.now(), withoutReason: withoutReason ?? null },
      ...(withoutReason === undefined ? {} : { reason: withoutReason }),
    });

    if (referral.itemCode === null) return;
    await answerForAll(tx, referral.id, { answer: "done" });
    if (input.received === undefined) return;
    await noteBenefits(tx, ctx, {
      householdId: referral.householdId,
      itemCodes: [referral.itemCode],
      since: occurredAt,
      recordedBy: userId,
    });
  });
}
