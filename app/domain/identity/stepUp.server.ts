import { and, eq, isNull } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { appUsers, sessions } from "~db/schema/identity";
import type { RequestOptions } from "./passkeyKeys.server";
import { askForPasskey } from "./passkeys.server";
import type { StepProof } from "./stepCodes";
import { countStepTry, recordCopied, takeProof, wrongProof } from "./stepProofs.server";

const MOST_WRONG = 5;
const WHAT = "/step-up";

/**
 * What a browser needs to show a passkey of whoever is signed in, in this session. @throws {DomainError}
 * SIGN_IN_NEEDED, NOT_FOUND where they have none
 */
export const askPasskeyOfSession = async (ctx: UseCaseContext, sessionId: string): Promise<RequestOptions> =>
  askForPasskey(ctx, requireUser(ctx.actor).userId, { sessionId });

/**
 * Whoever is signed in shows their second step once more, before something grave. A code or passkey counts
 * once, as at signing in; the fifth wrong one since the last right one ends the session, however many are
 * sent at once: then the password is asked again. Each try stands in the trail of use.
 * @param sessionId the session of this request, by its id in the table
 * @throws {DomainError} STEP_CODE_WRONG, PASSKEY_WRONG; STEP_ENDED once the session is over;
 *   TOO_MANY_REQUESTS
 */
export async function passStepUp(ctx: UseCaseContext, sessionId: string, proof: StepProof): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const tried = await countStepTry(ctx, userId);
  const { passed, copied } = await inTransaction(ctx, async (tx) => {
    // The account before its sessions, as wherever sessions are ended.
    await tx.select({ id: appUsers.id }).from(appUsers).where(eq(appUsers.id, userId)).for("update");
    const open = and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.endedAt));
    const [session] = await tx
      .select({ wrongCodes: sessions.wrongCodes })
      .from(sessions)
      .where(open)
      .for("update");
    if (!session) return { passed: "ended", copied: false };
    const taken = await takeProof(tx, ctx, userId, proof, { sessionId });
    const copied = taken === "copied";
    if (taken === "right") return { passed: "right", copied };
    const wrongCodes = session.wrongCodes + 1;
    const isLast = wrongCodes >= MOST_WRONG;

    await tx
      .update(sessions)
      .set({ wrongCodes, ...(isLast ? { endedAt: ctx.now(), endedWhy: "signed_out" as const } : {}) })
      .where(open);

    return { passed: isLast ? "ended" : "wrong", copied };
  });
  await recordUse(ctx.db, ctx, { kind: passed === "right" ? "sign_in" : "sign_in_failed", what: WHAT });
  if (copied) await recordCopied(ctx, userId);
  if (passed === "ended") throw new DomainError("STEP_ENDED");
  if (passed === "wrong") throw wrongProof(proof);
  await tried.takeBack();
}
