import { and, asc, eq } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import {
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { appUsers } from "~db/schema/identity";
import { passkeys } from "~db/schema/secondStep";
import { recordAccount } from "./accountEvents.server";
import { writeLetters } from "./letters.server";
import type { NewPasskey } from "./passkeyAnswers";
import { type ChallengePlace, makeChallenge, takeChallenge } from "./passkeyChallenges.server";
import {
  challengeIn,
  type CreationOptions,
  creationOptions,
  readNewPasskey,
  type RequestOptions,
  requestOptions,
} from "./passkeyKeys.server";
import { askBeforeFirst, type FirstStep, makeCodes } from "./secondStep.server";
import { hasSecondStep } from "./secondStepOn.server";

/** The most passkeys of one account. */
export const MOST_PASSKEYS = 10;

const passkeysOf = (db: Database | Transaction, userId: string) =>
  db
    .select({ credentialId: passkeys.credentialId, transports: passkeys.transports })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.id))
    .limit(MOST_PASSKEYS);

/**
 * The passkeys of whoever asks, the oldest first: as they call them, since when, and when each was last used.
 */
export async function myPasskeys(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  return ctx.db
    .select({
      id: passkeys.id,
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.id))
    .limit(MOST_PASSKEYS);
}

/** Whether an account has a passkey to show. */
export const hasPasskey = async (db: Database | Transaction, userId: string): Promise<boolean> =>
  (await passkeysOf(db, userId)).length > 0;

/**
 * What a browser needs to make a passkey for whoever asks, in this session, within `CHALLENGE_MINUTES`.
 * @param sessionId the session of this request, by its id in the table
 * @throws {DomainError} PASSKEYS_ENOUGH; PASSWORD_WRONG, TOO_MANY_REQUESTS where it is the account's first
 *   second step
 */
export async function beginPasskey(
  ctx: UseCaseContext,
  sessionId: string,
  first: FirstStep,
): Promise<CreationOptions> {
  requireSteppedUp(ctx, "beginPasskey");
  const { userId, displayName } = requireUser(ctx.actor);
  await askBeforeFirst(ctx, userId, first);
  const known = await passkeysOf(ctx.db, userId);
  if (known.length >= MOST_PASSKEYS) throw new DomainError("PASSKEYS_ENOUGH", { n: MOST_PASSKEYS });
  const [user] = await ctx.db.select({ email: appUsers.email }).from(appUsers).where(eq(appUsers.id, userId));
  const challenge = await makeChallenge(ctx, userId, "add", { sessionId });
  return creationOptions(ctx.publicUrl, { userId, email: user?.email ?? "", displayName, challenge, known });
}

/**
 * Keeps a passkey that was made for a challenge of this session: from now on it is a second step of the
 * account.
 * @param input.name as its person calls it
 * @returns the recovery codes, which are shown now and never again, where it is the account's first second
 *   step
 * @throws {DomainError} PASSKEY_WRONG for whatever is not right about it; PASSKEY_KNOWN where it is an
 *   account's already; PASSKEYS_ENOUGH
 */
export async function addPasskey(
  ctx: UseCaseContext,
  { sessionId, name, answer }: { sessionId: string; name: string; answer: NewPasskey },
): Promise<string[] | undefined> {
  requireSteppedUp(ctx, "addPasskey");
  const { userId } = requireUser(ctx.actor);
  const challenge = challengeIn(answer);
  // Gone whatever comes of it: the password that was asked before it was made counts for one passkey alone.
  if (
    challenge === undefined ||
    !(await takeChallenge(ctx.db, ctx, { userId, purpose: "add", place: { sessionId }, challenge }))
  )
    throw new DomainError("PASSKEY_WRONG");
  const made = await readNewPasskey(ctx.publicUrl, answer, challenge);
  if (made === undefined) throw new DomainError("PASSKEY_WRONG");
  return inTransaction(ctx, async (tx) => {
    // The entry locks the account, so that of several at once none goes over the most.
    const journalId = await recordAccount(tx, ctx, userId, "add_passkey", "donor");
    const isFirst = !(await hasSecondStep(tx, userId));
    if ((await passkeysOf(tx, userId)).length >= MOST_PASSKEYS)
      throw new DomainError("PASSKEYS_ENOUGH", { n: MOST_PASSKEYS });
    const kept = await tx
      .insert(passkeys)
      .values({
        id: ctx.newId(),
        userId,
        ...made,
        transports: answer.response.transports,
        name,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: passkeys.credentialId })
      .returning({ id: passkeys.id });
    if (kept.length === 0) throw new DomainError("PASSKEY_KNOWN");
    await writeLetters(tx, ctx, journalId, [{ template: "passkeyAdded", userId }]);
    return isFirst ? makeCodes(tx, ctx, userId) : undefined;
  });
}

/**
 * Takes a passkey of one's own away; it opens nothing any more. @throws {DomainError} NOT_FOUND also for
 * somebody else's, LAST_SECOND_STEP where nothing else would be left
 */
export async function removePasskey(ctx: UseCaseContext, passkeyId: string): Promise<void> {
  requireSteppedUp(ctx, "removePasskey");
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const journalId = await recordAccount(tx, ctx, userId, "remove_passkey", "donor");
    const gone = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, passkeyId), eq(passkeys.userId, userId)))
      .returning({ id: passkeys.id });
    if (gone.length === 0) throw new DomainError("NOT_FOUND");
    if (!(await hasSecondStep(tx, userId))) throw new DomainError("LAST_SECOND_STEP");
    await writeLetters(tx, ctx, journalId, [{ template: "passkeyRemoved", userId }]);
  });
}

/**
 * What a browser needs to show a passkey of this account at this place, within `CHALLENGE_MINUTES`.
 * @throws {DomainError} NOT_FOUND where the account has none
 */
export async function askForPasskey(
  ctx: UseCaseContext,
  userId: string,
  place: ChallengePlace,
): Promise<RequestOptions> {
  const known = await passkeysOf(ctx.db, userId);
  if (known.length === 0) throw new DomainError("NOT_FOUND");
  const challenge = await makeChallenge(ctx, userId, "sessionId" in place ? "confirm" : "sign_in", place);
  return requestOptions(ctx.publicUrl, { challenge, known });
}
