import { and, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { HANDLER_NAMES, type HandlerName } from "~/domain/kernel/journal/owed";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
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

const DONE = { state: "done", lastError: null, leasedUntil: null } as const;
/** As written, not as a parameter: only so the planner always sees that the index of what is due holds it. */
const IS_WAITING = sql`${outbox.state} = 'waiting'`;

const isHandlerName = (name: string): name is HandlerName => HANDLER_NAMES.some((known) => known === name);

/** Leased at once; what is not begun in time, or when the worker ends, is given back. */
const BATCH = 500;

/**
 * Takes up to `batch` pieces of due work and does them, unless a backup was brought back and is held. Begins
 * none any more once `signal` says that the worker ends.
 * @returns how many were done
 */
export const drainOutbox = async (
  ctx: UseCaseContext,
  batch = BATCH,
  signal?: AbortSignal,
): Promise<number> => ((await heldSince(ctx.db)) === null ? drainDue(ctx, batch, signal) : 0);

/**
 * Takes up to `batch` pieces of due work and does them, each at least once. Several workers may drain at the
 * same time: SKIP LOCKED and a lease give each piece to one of them; when a worker dies, its lease runs out
 * and another takes over. Held or not. A failing piece is told to the port of faults and tried again later,
 * after the pauses of `PAUSES_MINUTES`; after the last of them it is set aside, until somebody puts it back
 * (`retrySetAside`). Whatever one piece does, the others have their turn. What fell due first is done first.
 * @returns how many pieces were done
 */
export async function drainDue(ctx: UseCaseContext, batch = BATCH, signal?: AbortSignal): Promise<number> {
  const turns = inTurns(await leaseDue(ctx, batch));
  let done = 0;

  for (const [index, turn] of turns.entries()) {
    if (signal?.aborted) {
      await giveBack(ctx, turns.slice(index).flat());
      break;
    }

    done += await takeTurns(ctx, turn, signal);
  }

  return done;
}

function leaseDue(ctx: UseCaseContext, batch: number): Promise<Work[]> {
  const now = ctx.now();
  return inTransaction(ctx, async (tx) => {
    const due = tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(IS_WAITING, lte(outbox.runAt, now), or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now))),
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
}

/**
 * What is done together: pieces that nobody has tried, as they follow each other. One that was tried goes by
 * itself: it may be what ended a worker, and must cost no other its tries.
 */
function inTurns(leased: readonly Work[]): Work[][] {
  const turns: Work[][] = [];

  // UPDATE answers in any order; whoever gets two letters gets the earlier one first.
  for (const work of leased.toSorted(byTurn)) {
    const last = turns.at(-1);
    if (last?.[0]?.attempts === 0 && work.attempts === 0) last.push(work);
    else turns.push([work]);
  }

  return turns;
}

const byTurn = (one: Work, other: Work): number =>
  one.runAt.getTime() - other.runAt.getTime() || (one.id < other.id ? -1 : 1);

/** Does pieces together, or where that cannot even begin, one by one. @returns how many were done */
async function takeTurns(ctx: UseCaseContext, turn: readonly Work[], signal?: AbortSignal): Promise<number> {
  const begun = turn.length > 1 ? await beginTogether(ctx, turn).catch(() => undefined) : undefined;
  if (begun) return takeTogether(ctx, begun, signal);
  let done = 0;
  for (const work of turn) if (await takeTurn(ctx, work)) done += 1;
  return done;
}

type Begun = Readonly<{
  works: readonly Work[];
  events: ReadonlyMap<string, JournalRow>;
  leasedUntil: Date;
}>;

/** The pieces that are still this worker's, with their tries counted, and the events that owe them. */
async function beginTogether(ctx: UseCaseContext, turn: readonly Work[]): Promise<Begun> {
  const leasedUntil = plusMinutes(ctx.now(), LEASE_MINUTES);
  const works = await ctx.db
    .update(outbox)
    .set({ leasedUntil, attempts: sql`${outbox.attempts} + 1` })
    .where(oursAmong(turn))
    .returning();
  const events = await ctx.db
    .select()
    .from(journal)
    .where(
      inArray(
        journal.id,
        works.map(({ journalId }) => journalId),
      ),
    );
  return {
    works: works.toSorted(byTurn),
    events: new Map(events.map((event) => [event.id, event])),
    leasedUntil,
  };
}

/** The pieces of one lease that still have it. */
const oursAmong = (works: readonly Work[]) =>
  and(
    inArray(
      outbox.id,
      works.map(({ id }) => id),
    ),
    IS_WAITING,
    eq(outbox.leasedUntil, works[0]?.leasedUntil ?? new Date(0)),
  );

/**
 * Does pieces one after the other and writes down those that went well together. Each begins with half of
 * the lease left at least; those for which there is no time, or after `signal`, are given back untried.
 */
async function takeTogether(
  ctx: UseCaseContext,
  { works, events, leasedUntil }: Begun,
  signal?: AbortSignal,
): Promise<number> {
  const latest = plusMinutes(leasedUntil, -LEASE_MINUTES / 2);
  const well: Work[] = [];
  const inTime = () => signal?.aborted !== true && ctx.now() <= latest;
  let next = 0;

  for (; next < works.length && inTime(); next += 1) {
    const work = works[next];
    if (work && (await wentWell(ctx, work, events.get(work.journalId)))) well.push(work);
  }

  await giveBack(ctx, works.slice(next), 1);
  return closeWell(ctx, well);
}

/** Whether it went well; where it did not, that is kept and told. Never throws. */
async function wentWell(ctx: UseCaseContext, work: Work, event: JournalRow | undefined): Promise<boolean> {
  try {
    try {
      await handle(ctx, work, event);
    } catch (error) {
      await closeWork(ctx, work, error instanceof Error ? error.name : "failed");
      throw error;
    }

    return true;
  } catch (error) {
    ctx.ports.faults.rowsFailed(`outbox.${work.handler}`, [{ id: work.id, error }]);
    return false;
  }
}

/** Writes down together what went well, or where that fails, one by one. @returns how many it could */
async function closeWell(ctx: UseCaseContext, well: readonly Work[]): Promise<number> {
  if (well.length === 0) return 0;
  try {
    await ctx.db.update(outbox).set(DONE).where(oursAmong(well));
    return well.length;
  } catch {
    let closed = 0;

    for (const work of well)
      try {
        await closeWork(ctx, work, undefined);
        closed += 1;
      } catch (error) {
        ctx.ports.faults.rowsFailed(`outbox.${work.handler}`, [{ id: work.id, error }]);
      }

    return closed;
  }
}

/**
 * Lets pieces go that were leased together and not tried, for whoever comes next; `counted` are their tries
 * that were none.
 */
async function giveBack(ctx: UseCaseContext, works: readonly Work[], counted = 0): Promise<void> {
  if (works.length === 0) return;
  await ctx.db
    .update(outbox)
    .set({ leasedUntil: null, attempts: sql`${outbox.attempts} - ${counted}::int` })
    .where(oursAmong(works));
}

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
  const [event] = await ctx.db.select().from(journal).where(eq(journal.id, work.journalId));
  await handle(ctx, work, event);
}

async function handle(ctx: UseCaseContext, work: Work, event: JournalRow | undefined): Promise<void> {
  if (!isHandlerName(work.handler)) throw new UnknownHandler();
  if (!event) throw new EventGone();
  await HANDLERS[work.handler](ctx, event);
}

async function closeWork(ctx: UseCaseContext, work: Work, failure: string | undefined): Promise<void> {
  const pause = PAUSES_MINUTES[work.attempts - 1];
  const next =
    failure === undefined
      ? DONE
      : pause === undefined
        ? { state: "dead" as const, lastError: failure }
        : { lastError: failure, runAt: plusMinutes(ctx.now(), pause) };

  await ctx.db
    .update(outbox)
    .set({ leasedUntil: null, ...next })
    .where(stillOurs(work));
}
