import { eq } from "drizzle-orm";
import { type ActingRole, holds } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import {
  correctable,
  type CorrectableMoment,
  type MomentKeeper,
  OF_NO_GIFT,
  type StandingMoment,
} from "~/domain/kernel/moments/correct.server";
import {
  correctedTo,
  entryOf,
  firstAfter,
  type MomentCorrection,
  toldBy,
} from "~/domain/kernel/moments/entries.server";
import { journal } from "~db/schema/journal";
import { followUps, referrals } from "~db/schema/referrals";
import { FOLLOW_UP, lastReferralStepOf, recorderOf, REFERRAL, type Referral } from "./machine.server";
import { PLAIN_STEPS } from "./states";

/** The steps whose moment somebody tells; who leads and who is in it is true from when it is written. */
const TOLD = [...PLAIN_STEPS, "try", "help", "close", "hear_owner"].map((step) => `referral.${step}`);

/** The role in which somebody puts it right: a colleague who looks after it, or the city. */
const keeperOf = (
  ctx: UseCaseContext,
  referral: Pick<Referral, "townCode" | "itemCode">,
): ActingRole | undefined =>
  recorderOf(ctx, referral) ?? (holds(ctx.actor, "operator") ? "operator" : undefined);

async function lockReferral(tx: Transaction, entryId: string): Promise<void> {
  const [entry] = await tx
    .select({ referralId: journal.entityId })
    .from(journal)
    .where(eq(journal.id, entryId));
  if (entry)
    await tx
      .select({ id: referrals.id })
      .from(referrals)
      .where(eq(referrals.id, entry.referralId))
      .for("update");
}

async function ofStep(
  tx: Transaction,
  ctx: UseCaseContext,
  entryId: string,
): Promise<StandingMoment | undefined> {
  const entry = await toldBy(tx, entryId, REFERRAL.entity, TOLD);
  const [referral] = entry ? await tx.select().from(referrals).where(eq(referrals.id, entry.entityId)) : [];
  if (!entry || !referral) return undefined;
  return {
    ...OF_NO_GIFT,
    at: entry.standsAt,
    bounds: async () => ({
      after: await lastReferralStepOf(tx, referral.id, entry.entityVersion),
      before: await firstAfter(tx, REFERRAL.entity, referral.id, entry.id),
    }),
    entry,
    needId: null,
    by: keeperOf(ctx, referral),
  };
}

const lockFollowUp = (tx: Transaction, followUpId: string) =>
  tx.select({ id: followUps.id }).from(followUps).where(eq(followUps.id, followUpId)).for("update");

async function ofFollowUp(
  tx: Transaction,
  ctx: UseCaseContext,
  followUpId: string,
): Promise<StandingMoment | undefined> {
  const [row] = await tx
    .select({ createdAt: followUps.createdAt, referral: referrals })
    .from(followUps)
    .innerJoin(referrals, eq(referrals.id, followUps.referralId))
    .where(eq(followUps.id, followUpId));
  const entry = await entryOf(tx, FOLLOW_UP.entity, followUpId, "follow_up.close");
  if (!row || !entry) return undefined;
  const at = (await correctedTo(tx, entry.id)) ?? entry.occurredAt;
  return {
    ...OF_NO_GIFT,
    at,
    bounds: () => Promise.resolve({ after: row.createdAt, before: undefined }),
    entry,
    needId: null,
    by: keeperOf(ctx, row.referral),
  };
}

/**
 * The moments of a referral stand in its way alone; the day on which the next word is due stays as it was
 * given. A step goes by its item, a follow-up by its own id.
 */
export const REFERRAL_MOMENTS = {
  referral_step: { lock: lockReferral, standing: ofStep },
  followed_up: { lock: lockFollowUp, standing: ofFollowUp },
} as const satisfies Record<string, MomentKeeper>;

type ToldStep = Readonly<{ id: string; event: string; at: Date; actorId: string | null }>;

/** Those steps of a referral whose moment the reader may put right, each with its last word. */
export function momentsOfReferral(
  ctx: UseCaseContext,
  referral: Pick<Referral, "townCode" | "itemCode">,
  steps: readonly ToldStep[],
  corrections: readonly MomentCorrection[],
): CorrectableMoment[] {
  const { actor } = ctx;
  if (actor.kind !== "user" || keeperOf(ctx, referral) === undefined) return [];
  const stands = ({ id, at }: ToldStep): Date =>
    corrections.findLast(({ entryId }) => entryId === id)?.shall ?? at;
  return steps
    .filter(({ event }) => TOLD.includes(event))
    .map((step) => ({
      step: "referral_step",
      id: step.id,
      at: stands(step),
      mine: step.actorId === actor.userId,
    }));
}

/** The moment of a follow-up that was closed, where the reader may put it right. */
export const momentOfFollowUp = (ctx: UseCaseContext, followUpId: string): Promise<CorrectableMoment[]> =>
  correctable(ctx, REFERRAL_MOMENTS, [{ step: "followed_up", id: followUpId }]);
