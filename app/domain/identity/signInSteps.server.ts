import { eq, inArray, sql } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { keyedHash, keyedHashes } from "~/domain/kernel/sealing.server";
import { plusMinutes } from "~/domain/kernel/time";
import { signInSteps } from "~db/schema/secondStep";
import { newToken } from "./oneTimeLinks.server";
import type { RequestOptions } from "./passkeyKeys.server";
import { askForPasskey, hasPasskey } from "./passkeys.server";
import type { StepProof } from "./stepCodes";
import { countStepTry, recordCopied, takeProof, wrongProof } from "./stepProofs.server";

export const STEP_MINUTES = 10;
const MOST_WRONG = 5;

const PURPOSE = "sign_in_step";
const ofToken = (ctx: UseCaseContext, token: string) =>
  inArray(signInSteps.tokenHash, keyedHashes(ctx.keys, PURPOSE, token));

/**
 * The password was right: the token of a step that waits for the code, for the browser that asked. @returns
 * what stands in its cookie and nowhere else
 */
export async function beginSignInStep(ctx: UseCaseContext, userId: string): Promise<string> {
  const token = newToken(ctx);

  await ctx.db.insert(signInSteps).values({
    id: ctx.newId(),
    userId,
    tokenHash: keyedHash(ctx.keys, PURPOSE, token),
    createdAt: ctx.now(),
    expiresAt: plusMinutes(ctx.now(), STEP_MINUTES),
  });

  return token;
}

const isOpen = (
  ctx: UseCaseContext,
  step: typeof signInSteps.$inferSelect | undefined,
): step is typeof signInSteps.$inferSelect => step?.closedAt === null && step.expiresAt > ctx.now();

async function openStep(ctx: UseCaseContext, token: string) {
  const [step] = await ctx.db.select().from(signInSteps).where(ofToken(ctx, token));
  return isOpen(ctx, step) ? step : undefined;
}

/** Whether this browser's step still waits, and whether a passkey can be shown for it. */
export async function signInStepWaits(
  ctx: UseCaseContext,
  token: string,
): Promise<{ waits: boolean; passkey: boolean }> {
  const step = await openStep(ctx, token);
  return {
    waits: step !== undefined,
    passkey: step !== undefined && (await hasPasskey(ctx.db, step.userId)),
  };
}

/**
 * What this browser needs to show a passkey of whoever signs in. @throws {DomainError} STEP_ENDED, NOT_FOUND
 * where the account has none
 */
export async function askPasskeyOfStep(ctx: UseCaseContext, token: string): Promise<RequestOptions> {
  const step = await openStep(ctx, token);
  if (!step) throw new DomainError("STEP_ENDED");
  return askForPasskey(ctx, step.userId, { signInStepId: step.id });
}

/**
 * The second step of signing in: the code or passkey is one of the account's, and the step is over. Five
 * wrong ones end it, however many are sent at once; then the password is asked again. What failed stands in
 * the trail of use.
 * @returns whose account it is
 * @throws {DomainError} STEP_ENDED for a step that ran out, was used, is another browser's or none;
 *   STEP_CODE_WRONG, PASSKEY_WRONG; TOO_MANY_REQUESTS
 */
export async function passSignInStep(
  ctx: UseCaseContext,
  token: string,
  proof: StepProof,
): Promise<{ userId: string }> {
  const waiting = await openStep(ctx, token);
  if (!waiting) throw new DomainError("STEP_ENDED");
  const tried = await countStepTry(ctx, waiting.userId);
  const { passed, copied } = await inTransaction(ctx, async (tx) => {
    const [step] = await tx.select().from(signInSteps).where(eq(signInSteps.id, waiting.id)).for("update");
    if (!isOpen(ctx, step)) return { passed: "ended", copied: false };
    const taken = await takeProof(tx, ctx, step.userId, proof, { signInStepId: step.id });
    const copied = taken === "copied";

    if (taken === "right") {
      await tx.update(signInSteps).set({ closedAt: ctx.now() }).where(eq(signInSteps.id, step.id));
      return { passed: "right", copied };
    }

    const isLast = step.wrongCodes + 1 >= MOST_WRONG;

    await tx
      .update(signInSteps)
      .set({ wrongCodes: sql`${signInSteps.wrongCodes} + 1`, ...(isLast ? { closedAt: ctx.now() } : {}) })
      .where(eq(signInSteps.id, step.id));

    return { passed: isLast ? "ended" : "wrong", copied };
  });
  if (passed !== "right")
    await recordUse(ctx.db, ctx, { kind: "sign_in_failed", what: "/second-step", accountId: waiting.userId });
  if (copied) await recordCopied(ctx, waiting.userId);
  if (passed === "ended") throw new DomainError("STEP_ENDED");
  if (passed === "wrong") throw wrongProof(proof);
  await tried.takeBack();
  return { userId: waiting.userId };
}
