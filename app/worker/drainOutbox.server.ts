import { and, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { HANDLER_NAMES, type HandlerName } from "~/domain/kernel/journal/owed";
import { plusMinutes } from "~/domain/kernel/time";
import { journal, outbox } from "~db/schema/journal";
import { HANDLERS } from "./handlers.server";
import { heldSince } from "./held.server";

const LEASE_MINUTES = 2;
/**
 * Minutes until the next try after the first failure, the second …: ten tries in some five days, for a mail
 * server may be away over a weekend.
 */
const PAUSES_MINUTES = [1, 5, 30, 120, 360, 720, 1_440, 1_440, 2_880];

type Work = typeof outbox.$inferSelect;

class UnknownHandler extends Error {
  override name = "UnknownHandler";
}
class EventGone extends Error {
  override name = "EventGone";
}

const isHandlerName = (name: string): name is HandlerName => HANDLER_NAMES.some((known) => known === name);

/**
 * Takes up to `batch` pieces of due work and does them, unless a backup was brought back and is held.
 * @returns how many were done
 */
export const drainOutbox = async (ctx: UseCaseContext, batch = 20): Promise<number> =>
  (await heldSince(ctx.db)) === null ? drainDue(ctx, batch) : 0;

/**
 * Takes up to `batch` pieces of due work and does them, each at least once. Several workers may drain at the
 * same time: SKIP LOCKED and a lease give each piece to one of them; when a worker dies, its lease runs out
 * and another takes over. Held or not. A failing piece is told to the port of faults and tried again later,
 * after the pauses of `PAUSES_MINUTES`; after the last of them it is set aside, until somebody puts it back
 * (`retrySetAside`). Whatever one piece does, the others have their turn. What fell due first is done first.
 * @returns how many pieces were done
 */
export async function drainDue(ctx: UseCaseContext, batch = 20): Promise<number> {
  const now = ctx.now();
  const leased = await inTransaction(ctx, async (tx) => {
    const due = tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.state, "waiting"),
          lte(outbox.runAt, now),
          or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now)),
        ),
      )
      .orderBy(outbox.runAt, outbox.id)
      .limit(batch)
      .for("update", { skipLocked: true });
    return tx
      .update(outbox)
      .set({ leasedUntil: plusMinutes(now, LEASE_MINUTES) })
      .where(inArray(outbox.id, due))
      .returning();
  });

  let done = 0;
  // UPDATE answers in any order; whoever gets two letters gets the earlier one first.
  for (const work of leased.toSorted(inTurn)) if (await takeTurn(ctx, work)) done += 1;
  return done;
}

const inTurn = (one: Work, other: Work): number =>
  one.runAt.getTime() - other.runAt.getTime() || (one.id < other.id ? -1 : 1);

/** Does one piece of work and writes down how it went. Never throws. */
async function takeTurn(ctx: UseCaseContext, leased: Work): Promise<boolean> {
  try {
    const work = await begin(ctx, leased);
    if (!work) return false;
    try {
      await attempt(ctx, work);
    } catch (error) {
      await closeWork(ctx, work, error instanceof Error ? error.name : "failed");
      throw error;
    }

    await closeWork(ctx, work, undefined);
    return true;
  } catch (error) {
    ctx.ports.faults.rowsFailed(`outbox.${leased.handler}`, [{ id: leased.id, error }]);
    return false;
  }
}

/**
 * The piece with its lease renewed and its try counted; nothing where those before it took so long that
 * another worker has it by now.
 */
async function begin(ctx: UseCaseContext, leased: Work): Promise<Work | undefined> {
  const [begun] = await ctx.db
    .update(outbox)
    .set({ leasedUntil: plusMinutes(ctx.now(), LEASE_MINUTES), attempts: sql`${outbox.attempts} + 1` })
    .where(stillOurs(leased))
    .returning();
  return begun;
}

const stillOurs = ({ id, leasedUntil }: Work) =>
  and(eq(outbox.id, id), eq(outbox.state, "waiting"), eq(outbox.leasedUntil, leasedUntil ?? new Date(0)));

async function attempt(ctx: UseCaseContext, work: Work): Promise<void> {
  if (!isHandlerName(work.handler)) throw new UnknownHandler();
  const [event] = await ctx.db.select().from(journal).where(eq(journal.id, work.journalId));
  if (!event) throw new EventGone();
  await HANDLERS[work.handler](ctx, event);
}

async function closeWork(ctx: UseCaseContext, work: Work, failure: string | undefined): Promise<void> {
  const pause = PAUSES_MINUTES[work.attempts - 1];
  const next =
    failure === undefined
      ? { state: "done" as const, lastError: null }
      : pause === undefined
        ? { state: "dead" as const, lastError: failure }
        : { lastError: failure, runAt: plusMinutes(ctx.now(), pause) };

  await ctx.db
    .update(outbox)
    .set({ ...next, leasedUntil: null })
    .where(stillOurs(work));
}
