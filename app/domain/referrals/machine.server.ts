import { and, asc, desc, eq, isNull, lt, ne, sql } from "drizzle-orm";
import { type ActingRole, holds, requireUser } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { correctedTo } from "~/domain/kernel/moments/entries.server";
import { plusDays, plusWorkingDays } from "~/domain/kernel/time";
import { machine } from "~/domain/kernel/transition.server";
import { journal } from "~db/schema/journal";
import { followUps, referralOwners, referrals } from "~db/schema/referrals";
import type { ReferralState } from "~db/schema/referralVocabulary";
import { FOLLOW_UP_TRANSITIONS, REFERRAL_TRANSITIONS } from "./states";

export const REFERRAL = machine({
  entity: "referral",
  table: referrals,
  transitions: REFERRAL_TRANSITIONS,
});
export const FOLLOW_UP = machine({
  entity: "follow_up",
  table: followUps,
  transitions: FOLLOW_UP_TRANSITIONS,
});

export type Referral = typeof referrals.$inferSelect;
export type ReferralOwner = typeof referralOwners.$inferSelect;

/** A case of several departments has no item of its own. */
export const isJoint = (referral: Pick<Referral, "itemCode">): boolean => referral.itemCode === null;

/**
 * The role in which the actor writes in this referral: caseworker of its town, or operator of a joint case;
 * undefined for everybody else.
 */
export function recorderOf(
  ctx: UseCaseContext,
  referral: Pick<Referral, "townCode" | "itemCode">,
): Extract<ActingRole, "caseworker" | "operator"> | undefined {
  if (holds(ctx.actor, "caseworker", { kind: "town", id: referral.townCode })) return "caseworker";
  return isJoint(referral) && holds(ctx.actor, "operator") ? "operator" : undefined;
}

/**
 * When the state that a referral is in was reached, as told or as it was put right since; what a clock wrote
 * is no step of anybody.
 * @param before the same of the state that it was in before this version
 */
export async function lastReferralStepOf(
  tx: Transaction,
  referralId: string,
  before?: number,
): Promise<Date | undefined> {
  const [step] = await tx
    .select({ id: journal.id, at: journal.occurredAt })
    .from(journal)
    .where(
      and(
        eq(journal.entity, REFERRAL.entity),
        eq(journal.entityId, referralId),
        ne(journal.actorRole, "system"),
        sql`${journal.fromState} is distinct from ${journal.toState}`,
        before === undefined ? undefined : lt(journal.entityVersion, before),
      ),
    )
    .orderBy(desc(journal.entityVersion))
    .limit(1);
  return step && ((await correctedTo(tx, step.id)) ?? step.at);
}

/**
 * The referral as the writer saw it, locked until the transaction ends, and as whom they write.
 * @throws {DomainError} NOT_FOUND for everybody who does not look after it, CHANGED_MEANWHILE when it moved
 *   on since
 */
export async function findReferral(
  tx: Transaction,
  ctx: UseCaseContext,
  seen: Readonly<{ referralId: string; version: number }>,
): Promise<{ referral: Referral; by: ActingRole }> {
  requireUser(ctx.actor);
  const [referral] = await tx.select().from(referrals).where(eq(referrals.id, seen.referralId)).for("update");
  const by = referral && recorderOf(ctx, referral);
  if (!referral || !by) throw new DomainError("NOT_FOUND");
  if (referral.version !== seen.version) throw new DomainError("CHANGED_MEANWHILE");
  return { referral, by };
}

/** The departments that are in it now, the lead first. */
export const ownersOf = (tx: Transaction | Database, referralId: string): Promise<ReferralOwner[]> =>
  tx
    .select()
    .from(referralOwners)
    .where(and(eq(referralOwners.referralId, referralId), isNull(referralOwners.removedAt)))
    .orderBy(asc(referralOwners.addedAt), asc(referralOwners.id));

/**
 * By when the next word is due of a referral that enters this state at that moment; null when it has ended.
 */
export async function dueIn(
  tx: Transaction,
  ctx: UseCaseContext,
  state: ReferralState,
  at: Date,
): Promise<Date | null> {
  switch (state) {
    case "created":
    case "sent":
      return plusWorkingDays(at, await limit(tx, ctx, "referralAnswerDays"));
    case "needs_client_action":
      return plusDays(at, await limit(tx, ctx, "referralClientDays"));
    case "waitlisted":
      return plusDays(at, await limit(tx, ctx, "referralWaitlistDays"));
    case "accepted":
    case "eligible":
    case "in_service":
      return plusDays(at, await limit(tx, ctx, "referralServiceDays"));
    case "got_help":
    case "not_helped":
      return null;
  }
}
