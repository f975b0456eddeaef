import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { countTry } from "~/domain/kernel/rate.server";
import { keyedHashes } from "~/domain/kernel/sealing.server";
import { appUsers } from "~db/schema/identity";
import { passkeys, recoveryCodes, secondFactors } from "~db/schema/secondStep";
import { recordAccount } from "./accountEvents.server";
import { writeLetters } from "./letters.server";
import type { ShownPasskey } from "./passkeyAnswers";
import { type ChallengePlace, takeChallenge } from "./passkeyChallenges.server";
import { challengeIn, readShownPasskey } from "./passkeyKeys.server";
import { slowDownMs } from "./passwords.server";
import type { StepProof } from "./stepCodes";
import { recoveryHashes, stepOfCode } from "./stepSecrets.server";

const HOUR_MINUTES = 60;
/** Wrong codes of one account within an hour, from wherever: of a million codes three are right at a time. */
const MOST_WRONG_AN_HOUR = 50;

/**
 * What became of it. `copied`: a passkey's signature is right, and its thing counts backwards, so there are
 * two of it.
 */
type Taken = "right" | "wrong" | "copied";

/**
 * Counts a try at the second step of an account before it is looked at, from wherever it comes: after ten
 * wrong ones within an hour each takes longer, after fifty none is looked at any more. A right one is taken
 * back.
 * @throws {DomainError} TOO_MANY_REQUESTS
 */
export async function countStepTry(
  ctx: UseCaseContext,
  userId: string,
): Promise<{ takeBack: () => Promise<void> }> {
  const tried = await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "second-step", userId),
    windowMinutes: HOUR_MINUTES,
    most: MOST_WRONG_AN_HOUR,
  });
  const waits = slowDownMs(tried.hits);
  if (waits > 0) await ctx.pause(waits);
  return tried;
}

/**
 * Nothing that was wrong says which of many things was: beside the field of a code, or above the form of a
 * passkey.
 */
export const wrongProof = ({ kind }: StepProof): DomainError =>
  kind === "passkey" ? new DomainError("PASSKEY_WRONG") : new DomainError("STEP_CODE_WRONG", {}, "stepCode");

/**
 * Whether this code or passkey is one of the account's, and takes it: nothing counts twice, whoever else
 * tries it at the same moment. A recovery code that was taken is told by letter.
 * @param place where a passkey's challenge was asked for
 */
export async function takeProof(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  proof: StepProof,
  place: ChallengePlace,
): Promise<Taken> {
  // The account before its factor, as everywhere: two at once wait in one order.
  await tx.select({ id: appUsers.id }).from(appUsers).where(eq(appUsers.id, userId)).for("update");
  if (proof.kind === "passkey") return takePasskey(tx, ctx, userId, proof.answer, place);
  return (await (proof.kind === "digits" ? takeDigits : takeRecovery)(tx, ctx, userId, proof.code))
    ? "right"
    : "wrong";
}

async function takePasskey(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  answer: ShownPasskey,
  place: ChallengePlace,
): Promise<Taken> {
  const challenge = challengeIn(answer);
  const purpose = "sessionId" in place ? ("confirm" as const) : ("sign_in" as const);
  if (challenge === undefined || !(await takeChallenge(tx, ctx, { userId, purpose, place, challenge })))
    return "wrong";
  const [known] = await tx
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.credentialId, answer.id), eq(passkeys.userId, userId)))
    .for("update");
  if (!known) return "wrong";
  const signCount = await readShownPasskey(ctx.publicUrl, answer, challenge, known);
  if (signCount === undefined) return "wrong";
  // A passkey that is kept in several things counts none of them, and says 0.
  if ((signCount > 0 || known.signCount > 0) && signCount <= known.signCount) return "copied";
  await tx.update(passkeys).set({ signCount, lastUsedAt: ctx.now() }).where(eq(passkeys.id, known.id));
  return "right";
}

async function takeDigits(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  code: string,
): Promise<boolean> {
  const [factor] = await tx
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt)))
    .for("update");
  const step = factor && stepOfCode(ctx, factor, code);
  if (step === undefined) return false;
  await tx.update(secondFactors).set({ lastUsedStep: step }).where(eq(secondFactors.userId, userId));
  return true;
}

async function takeRecovery(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  code: string,
): Promise<boolean> {
  const [used] = await tx
    .update(recoveryCodes)
    .set({ usedAt: ctx.now() })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        inArray(recoveryCodes.codeHash, recoveryHashes(ctx, userId, code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id });
  if (!used) return false;
  const journalId = await recordAccount(
    tx,
    ctx,
    userId,
    "use_recovery_code",
    ctx.actor.kind === "user" ? "donor" : "visitor",
  );
  await writeLetters(tx, ctx, journalId, [{ template: "recoveryCodeUsed", userId }]);
  return true;
}

/** A passkey of which there are two stands in the trail of use by a name of its own. */
export async function recordCopied(ctx: UseCaseContext, userId: string): Promise<void> {
  await recordUse(ctx.db, ctx, { kind: "sign_in_failed", what: "passkey.copied", accountId: userId });
}

/**
 * Asks whoever is signed in for a code or a passkey of theirs, then does `work` in the same transaction.
 * @throws {DomainError} STEP_CODE_WRONG, PASSKEY_WRONG, TOO_MANY_REQUESTS
 */
export async function withProof<T>(
  userId: string,
  ctx: UseCaseContext,
  proof: StepProof,
  sessionId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const tried = await countStepTry(ctx, userId);
  // A challenge that was brought is gone, also where it counted for nothing: so nothing is thrown before this
  // is written.
  const done = await inTransaction(ctx, async (tx) => {
    const taken = await takeProof(tx, ctx, userId, proof, { sessionId });
    return taken === "right" ? { taken, result: await work(tx) } : { taken };
  });

  if ("result" in done) {
    await tried.takeBack();
    return done.result;
  }

  if (done.taken === "copied") await recordCopied(ctx, userId);
  throw wrongProof(proof);
}
