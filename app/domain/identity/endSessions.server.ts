import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { type SessionEnd, sessions } from "~db/schema/identity";
import { signInSteps } from "~db/schema/secondStep";
import { sessionIsOver } from "./sessionDays";

/**
 * Ends every session of somebody, in the transaction of what makes that needful: from the next request on
 * they are signed out.
 * @param but the session that stays, by its id in the table
 */
export async function endSessions(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  why: SessionEnd,
  but?: string,
): Promise<void> {
  // Nor does anybody come in by a password that was right until now.
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
  await tx
    .update(sessions)
    .set({ endedAt: ctx.now(), endedWhy: why })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        but === undefined ? undefined : ne(sessions.id, but),
      ),
    );
}

/**
 * Ends all sessions of whoever asks, on every device. Safe to repeat. @throws {DomainError} SIGN_IN_NEEDED
 */
export async function endMySessions(ctx: UseCaseContext): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  await inTransaction(ctx, (tx) => endSessions(tx, ctx, userId, "everywhere"));
}

const MOST_SHOWN = 50;

/**
 * Where whoever asks is signed in now, the last used first. Of a device the portal knows nothing but when it
 * came and was last here.
 * @param sessionId the session of this request, by its id in the table
 */
export async function mySessions(ctx: UseCaseContext, sessionId: string | undefined) {
  const { userId, grants } = requireUser(ctx.actor);
  const isStaff = grants.some(({ role }) => role !== "donor");
  const rows = await ctx.db
    .select({ id: sessions.id, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(MOST_SHOWN);
  const open = rows.filter((row) => !sessionIsOver(row, { isStaff }, ctx.now()));
  return open.map(({ id, createdAt, lastSeenAt }) => ({
    id,
    createdAt,
    lastSeenAt,
    isThis: id === sessionId,
  }));
}

/**
 * Signs one's own other device out. Doing it again changes nothing. @throws {DomainError} NOT_FOUND for a
 * session of somebody else, or none
 */
export async function endMySession(ctx: UseCaseContext, sessionId: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const mine = and(eq(sessions.id, sessionId), eq(sessions.userId, userId));

  await inTransaction(ctx, async (tx) => {
    const [known] = await tx.select({ id: sessions.id }).from(sessions).where(mine);
    if (!known) throw new DomainError("NOT_FOUND");
    await tx
      .update(sessions)
      .set({ endedAt: ctx.now(), endedWhy: "everywhere" })
      .where(and(mine, isNull(sessions.endedAt)));
  });
}
