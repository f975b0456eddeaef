import { and, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { plusMinutes } from "~/domain/kernel/time";
import { journal, outbox } from "~db/schema/journal";
import { HANDLERS } from "./handlers.server";
import { HANDLER_NAMES, type HandlerName } from "./handlersOfEvent";

const LEASE_MINUTES = 2;
const MAX_ATTEMPTS = 8;

type Work = typeof outbox.$inferSelect;

const isHandlerName = (name: string): name is HandlerName => HANDLER_NAMES.some((known) => known === name);

/**
 * Takes up to `batch` pieces of due work and does them, each at least once. Several workers may drain at the same time:
 * SKIP LOCKED and a lease give each piece to one of them; when a worker dies, its lease runs out and another takes over.
 * A failing piece is tried again later (1, 2, 4 … minutes) and after eight tries is set aside as dead, so the queue goes on. What fell due first is done first.
 * @returns how many pieces were done
 */
export async function drainOutbox(ctx: UseCaseContext, batch = 20): Promise<number> {
  const now = ctx.now();
  const leased = await inTransaction(ctx, async (tx) => {
    const due = tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.state, "waiting"), lte(outbox.runAt, now), or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now))))
      .orderBy(outbox.runAt, outbox.id)
      .limit(batch)
      .for("update", { skipLocked: true });
    return tx
      .update(outbox)
      .set({ leasedUntil: plusMinutes(now, LEASE_MINUTES), attempts: sql`${outbox.attempts} + 1` })
      .where(inArray(outbox.id, due))
      .returning();
  });

  let done = 0;
  // UPDATE answers in any order; whoever gets two letters gets the earlier one first.
  for (const work of leased.toSorted(inTurn)) {
    const failure = await attempt(ctx, work);
    if (failure === undefined) done += 1;
    await settle(ctx, work, failure);
  }
  return done;
}

const inTurn = (one: Work, other: Work): number => one.runAt.getTime() - other.runAt.getTime() || (one.id < other.id ? -1 : 1);

async function attempt(ctx: UseCaseContext, work: Work): Promise<string | undefined> {
  if (!isHandlerName(work.handler)) return `unknown handler ${work.handler}`;
  const [event] = await ctx.db.select().from(journal).where(eq(journal.id, work.journalId));
  if (!event) return "the event is gone";
  try {
    await HANDLERS[work.handler](ctx, event);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : "failed";
  }
}

async function settle(ctx: UseCaseContext, work: Work, failure: string | undefined): Promise<void> {
  const now = ctx.now();
  const next =
    failure === undefined
      ? { state: "done" as const, lastError: null }
      : { state: work.attempts >= MAX_ATTEMPTS ? ("dead" as const) : ("waiting" as const), lastError: failure, runAt: plusMinutes(now, 2 ** (work.attempts - 1)) };
  await ctx.db
    .update(outbox)
    .set({ ...next, leasedUntil: null })
    .where(eq(outbox.id, work.id));
}
