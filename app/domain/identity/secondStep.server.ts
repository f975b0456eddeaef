import { and, eq, isNull } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { isUnderStandingKey } from "~/domain/kernel/hashKeys.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { plusMinutes } from "~/domain/kernel/time";
import { appUsers } from "~db/schema/identity";
import {
  passkeyChallenges,
  passkeys,
  recoveryCodes,
  secondFactors,
  signInSteps,
} from "~db/schema/secondStep";
import { recordAccount } from "./accountEvents.server";
import { writeLetters } from "./letters.server";
import { askPassword } from "./passwords.server";
import { hasSecondStep } from "./secondStepOn.server";
import type { StepCode, StepProof } from "./stepCodes";
import { countStepTry, withProof } from "./stepProofs.server";
import {
  inGroups,
  newRecoveryCodes,
  newSecret,
  recoveryHash,
  secretToShow,
  stepOfCode,
} from "./stepSecrets.server";

/**
 * A secret that was begun is shown, and can be confirmed, for so long: later whoever sits at the same screen
 * begins anew, with the password.
 */
const SET_UP_MINUTES = 15;

const isBegun = (
  ctx: UseCaseContext,
  { confirmedAt, createdAt }: { confirmedAt: Date | null; createdAt: Date },
): boolean => confirmedAt === null && plusMinutes(createdAt, SET_UP_MINUTES) > ctx.now();

/** The password of whoever switches their first second step on; `clientAddress` is from where it is tried. */
export type FirstStep = Readonly<{ password?: string | undefined; clientAddress: string }>;

/**
 * Asked of whoever switches their first second step on: or else somebody who stole a session would, and lock
 * them out. Whoever has one shows that instead (`requireSteppedUp`).
 * @throws {DomainError} PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function askBeforeFirst(
  ctx: UseCaseContext,
  userId: string,
  { password, clientAddress }: FirstStep,
): Promise<void> {
  if (!(await hasSecondStep(ctx.db, userId)))
    await askPassword(ctx, userId, { password: password ?? "", clientAddress });
}

/** How many recovery codes of theirs whoever asks has not used yet. */
export async function recoveryCodesLeft(ctx: UseCaseContext): Promise<number> {
  const { userId } = requireUser(ctx.actor);
  return ctx.db.$count(
    recoveryCodes,
    and(
      eq(recoveryCodes.userId, userId),
      isNull(recoveryCodes.usedAt),
      isUnderStandingKey(ctx.keys, recoveryCodes.codeHash),
    ),
  );
}

/**
 * What somebody's own page shows of their app: whether its codes are asked for, and since when; or the secret
 * while it is being set up.
 */
export async function mySecondStep(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  const [factor] = await ctx.db.select().from(secondFactors).where(eq(secondFactors.userId, userId));
  if (factor && factor.confirmedAt !== null) return { state: "on" as const, since: factor.confirmedAt };
  if (!factor || !isBegun(ctx, factor)) return { state: "off" as const };
  const [user] = await ctx.db.select({ email: appUsers.email }).from(appUsers).where(eq(appUsers.id, userId));
  return { state: "begun" as const, ...secretToShow(ctx, factor, user?.email ?? userId) };
}

/**
 * Begins to set an app up: a secret for it, which asks for nothing until it is confirmed, within a quarter of
 * an hour. Beginning again makes another.
 * @throws {DomainError} WRONG_STATE where there is one; PASSWORD_WRONG, TOO_MANY_REQUESTS where it is the
 *   account's first second step
 */
export async function beginSecondStep(ctx: UseCaseContext, first: FirstStep): Promise<void> {
  requireSteppedUp(ctx, "beginSecondStep");
  const { userId } = requireUser(ctx.actor);
  await askBeforeFirst(ctx, userId, first);
  const row = { secretSealed: newSecret(ctx, userId), createdAt: ctx.now() };
  const begun = await ctx.db
    .insert(secondFactors)
    .values({ userId, ...row })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: row,
      setWhere: isNull(secondFactors.confirmedAt),
    })
    .returning({ userId: secondFactors.userId });
  if (begun.length === 0) throw new DomainError("WRONG_STATE");
}

/** Ten new codes in place of all others; @returns them as they are written down, once */
export async function makeCodes(tx: Transaction, ctx: UseCaseContext, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes(ctx);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(
    codes.map((code) => ({
      id: ctx.newId(),
      userId,
      codeHash: recoveryHash(ctx, userId, code),
      createdAt: ctx.now(),
    })),
  );

  return codes.map(inGroups);
}

/**
 * The code of the new app is right: from now on signing in asks for it.
 * @returns the recovery codes, which are shown now and never again; none where there was a second step of
 *   another kind, whose codes go on
 * @throws {DomainError} STEP_CODE_WRONG, WRONG_STATE where nothing was begun or it is on already,
 *   TOO_MANY_REQUESTS
 */
export async function confirmSecondStep(
  ctx: UseCaseContext,
  { kind, code }: StepCode,
): Promise<string[] | undefined> {
  requireSteppedUp(ctx, "confirmSecondStep");
  const { userId } = requireUser(ctx.actor);
  const tried = await countStepTry(ctx, userId);
  const codes = await inTransaction(ctx, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "add_second_step", "donor");
    const [factor] = await tx
      .select()
      .from(secondFactors)
      .where(eq(secondFactors.userId, userId))
      .for("update");
    if (!factor || !isBegun(ctx, factor)) throw new DomainError("WRONG_STATE");
    const step = kind === "digits" ? stepOfCode(ctx, factor, code) : undefined;
    if (step === undefined) throw new DomainError("STEP_CODE_WRONG", {}, "stepCode");
    const isFirst = !(await hasSecondStep(tx, userId));

    await tx
      .update(secondFactors)
      .set({ confirmedAt: ctx.now(), lastUsedStep: step })
      .where(eq(secondFactors.userId, userId));

    await writeLetters(tx, ctx, journalId, [
      { template: isFirst ? "secondStepAdded" : "stepAppAdded", userId },
    ]);

    return isFirst ? makeCodes(tx, ctx, userId) : undefined;
  });
  await tried.takeBack();
  return codes;
}

/**
 * New recovery codes for a code, one of the old ones or a passkey; all old ones end. @throws {DomainError}
 * STEP_CODE_WRONG, PASSKEY_WRONG, TOO_MANY_REQUESTS
 */
export async function renewRecoveryCodes(
  ctx: UseCaseContext,
  proof: StepProof,
  sessionId: string,
): Promise<string[]> {
  const { userId } = requireUser(ctx.actor);
  return withProof(userId, ctx, proof, sessionId, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "renew_recovery_codes", "donor");
    await writeLetters(tx, ctx, journalId, [{ template: "recoveryCodesRenewed", userId }]);
    return makeCodes(tx, ctx, userId);
  });
}

/**
 * Switches one's own second step off, app, passkeys and codes, for a code or a passkey. @throws {DomainError}
 * STEP_CODE_WRONG, PASSKEY_WRONG, TOO_MANY_REQUESTS
 */
export async function removeSecondStep(
  ctx: UseCaseContext,
  proof: StepProof,
  sessionId: string,
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await withProof(userId, ctx, proof, sessionId, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "remove_second_step", "donor");
    await forgetSecondStep(tx, userId);
    await writeLetters(tx, ctx, journalId, [{ template: "secondStepRemoved", userId }]);
  });
}

/**
 * Takes the app away where a passkey stays; its secret is gone. @throws {DomainError} NOT_FOUND,
 * LAST_SECOND_STEP where nothing else would be left
 */
export async function removeApp(ctx: UseCaseContext): Promise<void> {
  requireSteppedUp(ctx, "removeApp");
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "remove_app", "donor");
    const gone = await tx
      .delete(secondFactors)
      .where(eq(secondFactors.userId, userId))
      .returning({ confirmedAt: secondFactors.confirmedAt });
    if (!gone[0]?.confirmedAt) throw new DomainError("NOT_FOUND");
    if (!(await hasSecondStep(tx, userId))) throw new DomainError("LAST_SECOND_STEP");
    await writeLetters(tx, ctx, journalId, [{ template: "stepAppRemoved", userId }]);
  });
}

/**
 * Nothing of somebody's second step is kept: their codes and passkeys open nothing, and no step of theirs
 * goes on.
 */
export async function forgetSecondStep(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(passkeyChallenges).where(eq(passkeyChallenges.userId, userId));
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(passkeys).where(eq(passkeys.userId, userId));
  await tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
}
