import { and, isNotNull, isNull, lt, ne, or } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { invitations, oneTimeLinks, rateCounters, sessions } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { ABSOLUTE_DAYS } from "./sessionDays";

/**
 * Forgets what nobody needs any more: sessions so many days after their end, links and counted tries a day after theirs, and of
 * invitations and letters the addresses and links once these hold no more. Safe to repeat.
 * @returns how many rows it touched
 */
export async function forgetEnded(ctx: UseCaseContext): Promise<number> {
  const now = ctx.now();
  const yesterday = plusDays(now, -1);
  const sessionsUntil = plusDays(now, -(await limit(ctx.db, ctx, "endedSessionDays")));
  return inTransaction(ctx, async (tx) => {
    const gone = [
      await tx
        .delete(sessions)
        .where(or(lt(sessions.expiresAt, sessionsUntil), lt(sessions.endedAt, sessionsUntil), lt(sessions.createdAt, plusDays(sessionsUntil, -ABSOLUTE_DAYS))))
        .returning({ id: sessions.id }),
      await tx.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, yesterday)).returning({ id: oneTimeLinks.id }),
      await tx
        .update(invitations)
        .set({ closedAt: now, closedWhy: "expired", mailSealed: null, mailHash: null })
        .where(and(isNull(invitations.closedAt), lt(invitations.expiresAt, now)))
        .returning({ id: invitations.id }),
      await tx
        .delete(invitations)
        .where(and(isNotNull(invitations.closedAt), ne(invitations.closedWhy, "accepted"), lt(invitations.expiresAt, sessionsUntil)))
        .returning({ id: invitations.id }),
      await tx
        .update(messages)
        .set({ toSealed: null, linkSealed: null })
        .where(and(lt(messages.createdAt, yesterday), or(isNotNull(messages.toSealed), isNotNull(messages.linkSealed))))
        .returning({ id: messages.id }),
      await tx.delete(rateCounters).where(lt(rateCounters.windowStart, yesterday)).returning({ id: rateCounters.key }),
    ];
    return gone.flat().length;
  });
}
