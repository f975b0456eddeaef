import { asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type ActingRole, requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { appUsers } from "~db/schema/identity";
import { stepResets } from "~db/schema/secondStep";
import type { StepResetReason } from "~db/schema/stepVocabulary";
import { recordAccount } from "./accountEvents.server";
import { confirmedAccount } from "./accounts.server";
import { endSessions } from "./endSessions.server";
import { writeLetters } from "./letters.server";
import { lockAdmins } from "./lockAdmins.server";
import { forgetSecondStep } from "./secondStep.server";
import { hasSecondStep } from "./secondStepOn.server";

export const STEP_RESET = machine({
  entity: "step_reset",
  table: stepResets,
  transitions: {
    waiting: { approve: "approved", reject: "rejected", withdraw: "withdrawn" },
    approved: {},
    rejected: {},
    withdrawn: {},
  },
});

const MOST_WAITING = 200;

/**
 * An admin asks that the second step of somebody who lost everything be reset; another admin decides. Until
 * then nothing changes. Whoever it is about is told at once, for they may know nothing of it.
 * @throws {DomainError} NOT_ALLOWED unless admin, FOUR_EYES for one's own, NOT_FOUND where there is none,
 *   RESET_WAITS while it waits already
 */
export async function proposeStepReset(
  ctx: UseCaseContext,
  userId: string,
  reason: StepResetReason,
): Promise<void> {
  requireSteppedUp(ctx, "proposeStepReset");
  const admin = requireRole(ctx.actor, "admin");
  if (admin.userId === userId) throw new DomainError("FOUR_EYES");
  await inTransaction(ctx, async (tx) => {
    if (!(await hasSecondStep(tx, userId))) throw new DomainError("NOT_FOUND");
    const row = { id: ctx.newId(), state: "waiting" as const };

    await tx
      .insert(stepResets)
      .values({ ...row, userId, reason, proposedBy: admin.userId, createdAt: ctx.now() });

    const journalId = await recordBirth(tx, ctx, STEP_RESET, row, "propose", { by: "admin", reason });
    await writeLetters(tx, ctx, journalId, [{ template: "secondStepResetAsked", userId }]);
  });
}

/**
 * A second admin agrees: app and codes open nothing any more, the sessions end, a letter says so; or does
 * not, and nothing changes. Whoever asked for it may only take it back; whose step it is decides nothing. Of
 * two at once one decides. The password stays, so that a reset alone lets nobody in.
 * @throws {DomainError} NOT_ALLOWED unless admin, FOUR_EYES, NOT_FOUND, WRONG_STATE once it was decided,
 *   CHANGED_MEANWHILE where the one who asked is no admin any more, or there is no second step left to reset
 */
export async function decideStepReset(
  ctx: UseCaseContext,
  resetId: string,
  decision: "approve" | "reject" | "withdraw",
): Promise<void> {
  requireSteppedUp(ctx, "decideStepReset");
  const { userId } = requireRole(ctx.actor, "admin");

  await inTransaction(ctx, async (tx) => {
    const admins = await lockAdmins(tx);
    if (!admins.some((admin) => admin.userId === userId)) throw new DomainError("NOT_ALLOWED");
    const [asked] = await tx.select().from(stepResets).where(eq(stepResets.id, resetId)).for("update");
    if (!asked) throw new DomainError("NOT_FOUND");
    if (asked.userId === userId || (asked.proposedBy === userId) !== (decision === "withdraw"))
      throw new DomainError("FOUR_EYES");
    if (asked.state !== "waiting")
      throw new DomainError("WRONG_STATE", { state: asked.state, event: decision });
    await transition(tx, ctx, STEP_RESET, asked, decision, {
      by: "admin",
      reason: asked.reason,
      ...(decision === "withdraw" ? {} : { set: { decidedBy: userId } }),
    });

    if (decision !== "approve") return;
    if (!admins.some((admin) => admin.userId === asked.proposedBy))
      throw new DomainError("CHANGED_MEANWHILE");
    if (!(await reset(tx, ctx, asked.userId, "admin", asked.reason)))
      throw new DomainError("CHANGED_MEANWHILE");
  });
}

/** @returns whether there was one to reset */
async function reset(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  by: ActingRole,
  reason: StepResetReason,
): Promise<boolean> {
  // The entry locks the account, so that nobody switches a step on or off meanwhile; without a step to reset
  // the callers undo it.
  const journalId = await recordAccount(tx, ctx, userId, "reset_second_step", by, reason);
  if (!(await hasSecondStep(tx, userId))) return false;
  await forgetSecondStep(tx, userId);
  await endSessions(tx, ctx, userId, "disabled");
  await writeLetters(tx, ctx, journalId, [{ template: "secondStepReset", userId }]);
  return true;
}

/**
 * Where a town has one admin only, whoever runs the server stands in for the second: the same, from the
 * server's own command, on record as the portal's. @throws {DomainError} NO_SUCH_ACCOUNT, NOT_FOUND where
 * there is no second step
 */
export async function resetStepByHand(ctx: UseCaseContext, email: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const userId = await confirmedAccount(tx, email.toLowerCase());
    if (userId === undefined) throw new DomainError("NO_SUCH_ACCOUNT");
    if (!(await reset(tx, ctx, userId, "system", "other"))) throw new DomainError("NOT_FOUND");
  });
}

/** Resets that wait for a second admin, oldest first. @throws {DomainError} NOT_ALLOWED unless admin */
export async function waitingStepResets(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "admin");
  const proposers = alias(appUsers, "proposer");
  const rows = await ctx.db
    .select({
      id: stepResets.id,
      reason: stepResets.reason,
      at: stepResets.createdAt,
      displayName: appUsers.displayName,
      email: appUsers.email,
      proposer: proposers.displayName,
      isMine: sql<boolean>`${stepResets.proposedBy} = ${userId}`,
      isOwn: sql<boolean>`${stepResets.userId} = ${userId}`,
    })
    .from(stepResets)
    .innerJoin(appUsers, eq(appUsers.id, stepResets.userId))
    .innerJoin(proposers, eq(proposers.id, stepResets.proposedBy))
    .where(eq(stepResets.state, "waiting"))
    .orderBy(asc(stepResets.id))
    .limit(MOST_WAITING);
  return rows.map(({ isMine, isOwn, ...row }) => ({
    ...row,
    may: isMine ? ("withdraw" as const) : isOwn ? ("nothing" as const) : ("decide" as const),
  }));
}
