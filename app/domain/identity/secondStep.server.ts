import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Database, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { isUnderStandingKey } from "~/domain/kernel/hashKeys.server";
import { countTry } from "~/domain/kernel/rate.server";
import { keyedHashes } from "~/domain/kernel/sealing.server";
import { appUsers } from "~db/schema/identity";
import { recoveryCodes, secondFactors, signInSteps } from "~db/schema/secondStep";
import { recordAccount } from "./accountEvents.server";
import { writeLetters } from "./letters.server";
import { slowDownMs } from "./passwords.server";
import type { StepCode } from "./stepCodes";
import { inGroups, newRecoveryCodes, newSecret, recoveryHash, recoveryHashes, secretToShow, stepOfCode } from "./stepSecrets.server";

const HOUR_MINUTES = 60;
/** Wrong codes of one account within an hour, from wherever: of a million codes three are right at a time. */
const MOST_WRONG_AN_HOUR = 50;

/** Whether signing in to this account asks for a second step. */
export async function hasSecondStep(db: Database | Transaction, userId: string): Promise<boolean> {
  const [factor] = await db
    .select({ userId: secondFactors.userId })
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt)));
  return factor !== undefined;
}

/**
 * Counts a try at the codes of an account before it is looked at, from wherever it comes: after ten wrong ones within an hour each takes
 * longer, after fifty none is looked at any more. A right one is taken back.
 * @throws {DomainError} TOO_MANY_REQUESTS
 */
export async function countStepTry(ctx: UseCaseContext, userId: string): Promise<{ takeBack: () => Promise<void> }> {
  const tried = await countTry(ctx, { keys: keyedHashes(ctx.keys, "second-step", userId), windowMinutes: HOUR_MINUTES, most: MOST_WRONG_AN_HOUR });
  const waits = slowDownMs(tried.hits);
  if (waits > 0) await ctx.pause(waits);
  return tried;
}

/**
 * Whether this code is one of the account's, and takes it: no code works twice, whoever else tries it at the same moment. A recovery code
 * that was taken is told by letter.
 */
export async function takeCode(tx: Transaction, ctx: UseCaseContext, userId: string, { kind, code }: StepCode): Promise<boolean> {
  // The account before its factor, as everywhere: two at once wait in one order.
  await tx.select({ id: appUsers.id }).from(appUsers).where(eq(appUsers.id, userId)).for("update");
  const [factor] = await tx
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt)))
    .for("update");
  if (!factor) return false;
  if (kind === "digits") {
    const step = stepOfCode(ctx, factor, code);
    if (step === undefined) return false;
    await tx.update(secondFactors).set({ lastUsedStep: step }).where(eq(secondFactors.userId, userId));
    return true;
  }
  const [used] = await tx
    .update(recoveryCodes)
    .set({ usedAt: ctx.now() })
    .where(and(eq(recoveryCodes.userId, userId), inArray(recoveryCodes.codeHash, recoveryHashes(ctx, userId, code)), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  if (!used) return false;
  const journalId = await recordAccount(tx, ctx, userId, "use_recovery_code", ctx.actor.kind === "user" ? "donor" : "visitor");
  await writeLetters(tx, ctx, journalId, [{ template: "recoveryCodeUsed", userId }]);
  return true;
}

/** Asks whoever is signed in for a code of theirs, then does `work` in the same transaction. @throws {DomainError} STEP_CODE_WRONG, TOO_MANY_REQUESTS */
async function withCode<T>(ctx: UseCaseContext, userId: string, code: StepCode, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tried = await countStepTry(ctx, userId);
  const done = await inTransaction(ctx, async (tx) => {
    if (!(await takeCode(tx, ctx, userId, code))) throw new DomainError("STEP_CODE_WRONG", {}, "stepCode");
    return work(tx);
  });
  await tried.takeBack();
  return done;
}

/** What somebody's own page shows: whether the second step is on, since when, and how many recovery codes are left; or the secret while it is being set up. */
export async function mySecondStep(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  const [factor] = await ctx.db.select().from(secondFactors).where(eq(secondFactors.userId, userId));
  if (!factor) return { state: "off" as const };
  if (factor.confirmedAt === null) {
    const [user] = await ctx.db.select({ email: appUsers.email }).from(appUsers).where(eq(appUsers.id, userId));
    return { state: "begun" as const, ...secretToShow(ctx, factor, user?.email ?? userId) };
  }
  const left = await ctx.db.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt), isUnderStandingKey(ctx.keys, recoveryCodes.codeHash)));
  return { state: "on" as const, since: factor.confirmedAt, left };
}

/** Begins to switch the second step on: a secret for the app, which asks for nothing until it is confirmed. Beginning again makes another. @throws {DomainError} WRONG_STATE where it is on */
export async function beginSecondStep(ctx: UseCaseContext): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const row = { secretSealed: newSecret(ctx, userId), createdAt: ctx.now() };
  const begun = await ctx.db
    .insert(secondFactors)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: secondFactors.userId, set: row, setWhere: isNull(secondFactors.confirmedAt) })
    .returning({ userId: secondFactors.userId });
  if (begun.length === 0) throw new DomainError("WRONG_STATE");
}

/** Ten new codes in place of all others; @returns them as they are written down, once */
async function makeCodes(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes(ctx);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ id: ctx.newId(), userId, codeHash: recoveryHash(ctx, userId, code), createdAt: ctx.now() })));
  return codes.map(inGroups);
}

/**
 * The code of the new app is right: from now on signing in asks for it.
 * @returns the recovery codes, which are shown now and never again
 * @throws {DomainError} STEP_CODE_WRONG, WRONG_STATE where nothing was begun or it is on already, TOO_MANY_REQUESTS
 */
export async function confirmSecondStep(ctx: UseCaseContext, { kind, code }: StepCode): Promise<string[]> {
  const { userId } = requireUser(ctx.actor);
  const tried = await countStepTry(ctx, userId);
  const codes = await inTransaction(ctx, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "add_second_step", "donor");
    const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for("update");
    if (factor?.confirmedAt !== null) throw new DomainError("WRONG_STATE");
    const step = kind === "digits" ? stepOfCode(ctx, factor, code) : undefined;
    if (step === undefined) throw new DomainError("STEP_CODE_WRONG", {}, "stepCode");
    await tx.update(secondFactors).set({ confirmedAt: ctx.now(), lastUsedStep: step }).where(eq(secondFactors.userId, userId));
    await writeLetters(tx, ctx, journalId, [{ template: "secondStepAdded", userId }]);
    return makeCodes(tx, ctx, userId);
  });
  await tried.takeBack();
  return codes;
}

/** New recovery codes for a code of the app, or one of the old ones; all old ones end. @throws {DomainError} STEP_CODE_WRONG, TOO_MANY_REQUESTS */
export async function renewRecoveryCodes(ctx: UseCaseContext, code: StepCode): Promise<string[]> {
  const { userId } = requireUser(ctx.actor);
  return withCode(ctx, userId, code, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "renew_recovery_codes", "donor");
    await writeLetters(tx, ctx, journalId, [{ template: "recoveryCodesRenewed", userId }]);
    return makeCodes(tx, ctx, userId);
  });
}

/** Switches one's own second step off, for a code. @throws {DomainError} STEP_CODE_WRONG, TOO_MANY_REQUESTS */
export async function removeSecondStep(ctx: UseCaseContext, code: StepCode): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  await withCode(ctx, userId, code, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "remove_second_step", "donor");
    await forgetSecondStep(tx, userId);
    await writeLetters(tx, ctx, journalId, [{ template: "secondStepRemoved", userId }]);
  });
}

/** Nothing of somebody's second step is kept: their codes open nothing, and no step of theirs goes on. */
export async function forgetSecondStep(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
}
