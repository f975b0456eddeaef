import { createHash } from "node:crypto";
import { and, desc, eq, exists, inArray, isNull, lte, or, type SQL } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { plusMinutes } from "~/domain/kernel/time";
import { sessions } from "~db/schema/identity";
import { type ChallengeUse, passkeyChallenges } from "~db/schema/secondStep";
import { CHALLENGE_MINUTES } from "./passkeyKeys.server";

/**
 * Where a challenge counts, and nowhere else: the session in which it was asked for, or the sign-in that
 * waits.
 */
export type ChallengePlace = Readonly<{ sessionId: string } | { signInStepId: string }>;

const CHALLENGE_BYTES = 32;
/** Windows of one session that may ask at once; the oldest one's question ends. */
const MOST_OPEN = 10;

/** 32 random bytes need no key to be kept as a hash. */
const hashed = (challenge: string): string => createHash("sha256").update(challenge).digest("hex");

const isAt = (place: ChallengePlace): SQL =>
  "sessionId" in place
    ? eq(passkeyChallenges.sessionId, place.sessionId)
    : eq(passkeyChallenges.signInStepId, place.signInStepId);

/** A new challenge for the passkeys of an account, which holds for `CHALLENGE_MINUTES` and counts once. */
export async function makeChallenge(
  ctx: UseCaseContext,
  userId: string,
  purpose: ChallengeUse,
  place: ChallengePlace,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = Uint8Array.from(ctx.randomBytes(CHALLENGE_BYTES));
  const older = ctx.db
    .select({ id: passkeyChallenges.id })
    .from(passkeyChallenges)
    .where(isAt(place))
    .orderBy(desc(passkeyChallenges.id))
    .offset(MOST_OPEN - 1);

  await ctx.db
    .delete(passkeyChallenges)
    .where(
      and(isAt(place), or(lte(passkeyChallenges.expiresAt, ctx.now()), inArray(passkeyChallenges.id, older))),
    );

  await ctx.db.insert(passkeyChallenges).values({
    id: ctx.newId(),
    userId,
    purpose,
    challengeHash: hashed(Buffer.from(challenge).toString("base64url")),
    ...place,
    createdAt: ctx.now(),
    expiresAt: plusMinutes(ctx.now(), CHALLENGE_MINUTES),
  });

  return challenge;
}

/**
 * Whether this challenge was made for the account, the purpose and the place, and holds; it is gone in any
 * case. Of two who bring it at the same moment one has it.
 */
export async function takeChallenge(
  tx: Transaction | Database,
  ctx: UseCaseContext,
  {
    userId,
    purpose,
    place,
    challenge,
  }: { userId: string; purpose: ChallengeUse; place: ChallengePlace; challenge: string },
): Promise<boolean> {
  const open =
    "sessionId" in place
      ? exists(
          tx
            .select({ id: sessions.id })
            .from(sessions)
            .where(and(eq(sessions.id, place.sessionId), isNull(sessions.endedAt))),
        )
      : undefined;
  const [taken] = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challengeHash, hashed(challenge)),
        eq(passkeyChallenges.userId, userId),
        eq(passkeyChallenges.purpose, purpose),
        isAt(place),
        open,
      ),
    )
    .returning({ expiresAt: passkeyChallenges.expiresAt });
  return taken !== undefined && taken.expiresAt > ctx.now();
}
