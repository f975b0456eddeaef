import { and, eq, isNull } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { nextState } from "~/domain/kernel/states";
import { transition } from "~/domain/kernel/transition.server";
import { consents } from "~db/schema/households";
import { answerForAll } from "./leadJointCase.server";
import { dueIn, findReferral, isJoint, lastReferralStepOf, REFERRAL } from "./machine.server";
import type { ActOf } from "./schemas";
import { REFERRAL_TRANSITIONS } from "./states";

/** Steps by which a provider takes a referral on. */
const TAKEN_ON: readonly string[] = ["accept", "ask_client", "waitlist", "find_eligible"];

/**
 * Sends a referral, or writes down what the provider answered. Each state starts its own clock anew, counted
 * from when it happened; an escalation ends with it. Of two who answer at once, one is told.
 * @throws {DomainError} NOT_FOUND, CHANGED_MEANWHILE, WRONG_STATE; SHARE_CONSENT_MISSING when sending
 *   without consent to share
 */
export async function stepReferral(ctx: UseCaseContext, input: ActOf<"step">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { referral, by } = await findReferral(tx, ctx, input);
    const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
      after: await lastReferralStepOf(tx, referral.id),
    });
    const to = nextState(REFERRAL_TRANSITIONS, referral.state, input.step);
    if (to === undefined) throw new DomainError("WRONG_STATE");
    if (to === "sent") await requireShared(tx, referral.householdId);
    await transition(tx, ctx, REFERRAL, referral, input.step, {
      by,
      occurredAt,
      set: { dueAt: await dueIn(tx, ctx, to, occurredAt), escalatedAt: null },
    });

    if (!isJoint(referral) && TAKEN_ON.includes(input.step))
      await answerForAll(tx, referral.id, { answer: "agreed" });
  });
}

/** Keeps the consent until the referral is out: whoever withdraws it meanwhile waits. */
async function requireShared(tx: Transaction, householdId: string): Promise<void> {
  const [consent] = await tx
    .select({ id: consents.id })
    .from(consents)
    .where(
      and(eq(consents.householdId, householdId), eq(consents.scope, "share"), isNull(consents.withdrawnAt)),
    )
    .for("share");
  if (!consent) throw new DomainError("SHARE_CONSENT_MISSING");
}

/** Writes down that somebody tried to reach the household and could not; its clock goes on. */
export async function recordTry(ctx: UseCaseContext, input: ActOf<"try">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { referral, by } = await findReferral(tx, ctx, input);
    const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
      after: await lastReferralStepOf(tx, referral.id),
    });
    const tries = referral.tries + 1;
    await transition(tx, ctx, REFERRAL, referral, "try", { by, occurredAt, set: { tries }, data: { tries } });
  });
}
