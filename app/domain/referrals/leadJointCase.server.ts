import { and, eq, isNull } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { transition } from "~/domain/kernel/transition.server";
import { referralOwners } from "~db/schema/referrals";
import type { CannotReason, OwnerAnswer } from "~db/schema/referralVocabulary";
import {
  findReferral,
  isJoint,
  lastReferralStepOf,
  ownersOf,
  REFERRAL,
  type Referral,
  type ReferralOwner,
} from "./machine.server";
import type { ActOf } from "./schemas";

type Seen = Readonly<{ referralId: string; version: number }>;

/** The joint case, locked, for the operator who leads it. */
async function findJoint(tx: Transaction, ctx: UseCaseContext, seen: Seen): Promise<Referral> {
  const { referral } = await findReferral(tx, ctx, seen);
  requireRole(ctx.actor, "operator");
  if (!isJoint(referral)) throw new DomainError("WRONG_STATE");
  return referral;
}

async function ownerIn(tx: Transaction, referral: Referral, ownerId: string): Promise<ReferralOwner> {
  const owner = (await ownersOf(tx, referral.id)).find((one) => one.id === ownerId);
  if (!owner) throw new DomainError("NOT_FOUND");
  return owner;
}

/**
 * Brings one more department in. @throws {DomainError} NOT_FOUND, NOT_ALLOWED unless operator,
 * CHANGED_MEANWHILE when it is in already
 */
export async function addOwner(ctx: UseCaseContext, input: ActOf<"add_owner">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const referral = await findJoint(tx, ctx, input);
    const owner = {
      id: ctx.newId(),
      referralId: referral.id,
      department: input.department,
      isLead: false,
      addedAt: ctx.now(),
    };
    const added = await tx
      .insert(referralOwners)
      .values(owner)
      .onConflictDoNothing()
      .returning({ id: referralOwners.id });
    if (added.length === 0) throw new DomainError("CHANGED_MEANWHILE");
    await transition(tx, ctx, REFERRAL, referral, "add_owner", {
      by: "operator",
      data: { ownerId: owner.id },
    });
  });
}

/** Takes a department out; its row stays with its day. @throws {DomainError} LEAD_STAYS for the lead */
export async function removeOwner(ctx: UseCaseContext, input: ActOf<"remove_owner">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const referral = await findJoint(tx, ctx, input);
    const owner = await ownerIn(tx, referral, input.ownerId);
    if (owner.isLead) throw new DomainError("LEAD_STAYS");
    await tx.update(referralOwners).set({ removedAt: ctx.now() }).where(eq(referralOwners.id, owner.id));
    await transition(tx, ctx, REFERRAL, referral, "remove_owner", {
      by: "operator",
      data: { ownerId: owner.id },
    });
  });
}

/** Makes another department the lead; there is one at every moment that anybody can see. */
export async function nameLead(ctx: UseCaseContext, input: ActOf<"name_lead">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const referral = await findJoint(tx, ctx, input);
    const owner = await ownerIn(tx, referral, input.ownerId);

    await tx
      .update(referralOwners)
      .set({ isLead: false })
      .where(and(eq(referralOwners.referralId, referral.id), eq(referralOwners.isLead, true)));

    await tx.update(referralOwners).set({ isLead: true }).where(eq(referralOwners.id, owner.id));
    await transition(tx, ctx, REFERRAL, referral, "name_lead", {
      by: "operator",
      data: { ownerId: owner.id },
    });
  });
}

/** Writes down what one department of a joint case answered. The case's own clock goes on. */
export async function hearOwner(ctx: UseCaseContext, input: ActOf<"hear_owner">): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { referral, by } = await findReferral(tx, ctx, input);
    const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
      after: await lastReferralStepOf(tx, referral.id),
    });
    if (!isJoint(referral) || referral.state === "created") throw new DomainError("WRONG_STATE");
    const owner = await ownerIn(tx, referral, input.ownerId);
    const cannotReason = input.answer === "cannot" ? (input.cannotReason ?? null) : null;

    await tx
      .update(referralOwners)
      .set({ answer: input.answer, cannotReason })
      .where(eq(referralOwners.id, owner.id));

    const data = { ownerId: owner.id, answer: input.answer };

    await transition(tx, ctx, REFERRAL, referral, "hear_owner", {
      by,
      occurredAt,
      data,
      ...(cannotReason === null ? {} : { reason: cannotReason }),
    });
  });
}

/** Writes what the provider of a single referral said by its steps. The step's own journal row tells it. */
export async function answerForAll(
  tx: Transaction,
  referralId: string,
  said: { answer: OwnerAnswer; cannotReason?: CannotReason },
): Promise<void> {
  await tx
    .update(referralOwners)
    .set({ answer: said.answer, cannotReason: said.cannotReason ?? null })
    .where(and(eq(referralOwners.referralId, referralId), isNull(referralOwners.removedAt)));
}
