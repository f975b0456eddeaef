import { asc, count, eq, sql } from "drizzle-orm";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { journal, outbox } from "~db/schema/journal";
import { heldSince } from "./held.server";

/** How the outbox stands, for those who run the portal. */
export type OutboxStanding = Readonly<{
  /** When the event happened whose work waits longest, tried or not; null while nothing waits. */
  oldestWaiting: Date | null;
  setAside: number;
  /** The moment of a backup that was brought back and not yet let go: nothing is sent. */
  heldSince: Date | null;
}>;

/** Short reads of indexes that know only what is not done. */
export async function outboxStanding(db: Database): Promise<OutboxStanding> {
  const [oldest] = await db
    .select({ at: journal.recordedAt })
    .from(outbox)
    .innerJoin(journal, eq(journal.id, outbox.journalId))
    // As written, not as a parameter: only so the planner sees that the index holds it. Ids are made in the
    // order of time.
    .where(sql`${outbox.state} = 'waiting'`)
    .orderBy(asc(outbox.id))
    .limit(1);
  const [aside] = await db
    .select({ count: count() })
    .from(outbox)
    .where(sql`${outbox.state} = 'dead'`);
  return { oldestWaiting: oldest?.at ?? null, setAside: aside?.count ?? 0, heldSince: await heldSince(db) };
}

/**
 * Puts everything back that was set aside, as if it had never been tried: it is due now. Safe to repeat.
 * @returns how many
 */
export async function retrySetAside(ctx: UseCaseContext): Promise<number> {
  const back = await ctx.db
    .update(outbox)
    .set({ state: "waiting", attempts: 0, runAt: ctx.now(), leasedUntil: null })
    .where(sql`${outbox.state} = 'dead'`)
    .returning({ id: outbox.id });
  return back.length;
}
