import { and, eq, isNull, ne } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { sessions, type SessionEnd } from "~db/schema/identity";

/**
 * Ends every session of somebody, in the transaction of what makes that needful: from the next request on they are signed out.
 * @param but the session that stays, by its id in the table
 */
export async function endSessions(tx: Transaction, ctx: UseCaseContext, userId: string, why: SessionEnd, but?: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: ctx.now(), endedWhy: why })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), but === undefined ? undefined : ne(sessions.id, but)));
}

/** Ends all sessions of whoever asks, on every device. Safe to repeat. @throws {DomainError} SIGN_IN_NEEDED */
export async function endMySessions(ctx: UseCaseContext): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  await inTransaction(ctx, (tx) => endSessions(tx, ctx, userId, "everywhere"));
}
