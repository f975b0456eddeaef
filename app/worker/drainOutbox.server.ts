import { and, eq, getTableColumns, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { HANDLER_NAMES, type HandlerName } from "~/domain/kernel/journal/owed";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { plusMinutes } from "~/domain/kernel/time";
import { DeadlineError, isDatabaseAway } from "~db/client";
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

const DONE = { state: "done", lastError: null, leasedUntil: null } as const;
/** As written, not as a parameter: only so the planner always sees that the index of what is due holds it. */
const IS_WAITING = sql`${outbox.state} = 'waiting'`;

const isHandlerName = (name: string): name is HandlerName => HANDLER_NAMES.some((known) => known === name);

/** Leased at once; what is not begun in time, or when the worker ends, is given back. */
const BATCH = 1_000;

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
 * (`retrySetAside`). Whatever one piece does, the others have their turn. Of what nobody has tried yet, what
 * fell due first is done first, and before what was tried: that may be what ended a worker, and must cost no
 * other its tries.
 * @returns how many pieces were done
 * @throws what the database says where nothing can be leased; then nothing was begun
 */
export async function drainDue(ctx: UseCaseContext, batch = BATCH, signal?: AbortSignal): Promise<number> {
  // UPDATE answers in any order; whoever gets two letters gets the earlier one first.
  const inTurn = (await lease(ctx, batch)).toSorted(byTurn);
  let done = await takeTogether(ctx, inTurn.filter(isBegun), signal);
  const alone = inTurn.filter((piece) => !isBegun(piece));

  for (const [index, piece] of alone.entries()) {
    if (signal?.aborted) {
      await giveBack(ctx, alone.slice(index));
      break;
    }

    if (await takeTurn(ctx, piece)) done += 1;
  }

  return done;
}

/** A piece under this worker's lease, with the event that owes it and the tries that were counted before. */
type Leased = Readonly<{ work: Work; event: JournalRow; triedBefore: number }>;

/** What nobody has tried is begun by being leased; what was tried goes on by itself, when its turn comes. */
const TRIED_ONCE = sql`greatest(${outbox.attempts}, 1)`;
const isBegun = ({ work, triedBefore }: Leased): boolean => work.attempts > triedBefore;

/** Due pieces of which no other worker has a lease, those that nobody has tried begun where they can be. */
async function lease(ctx: UseCaseContext, batch: number): Promise<Leased[]> {
  try {
    return await leaseDue(ctx, batch, TRIED_ONCE);
  } catch (error) {
    // They may be leased all the same: whoever runs the worker is told, and the lease runs out.
    if (error instanceof DeadlineError || isDatabaseAway(error)) throw error;
    // One piece whose try cannot be counted keeps none of the others from being leased.
    return leaseDue(ctx, batch, outbox.attempts);
  }
}

/** One statement, so that no piece is begun without its event. */
function leaseDue(ctx: UseCaseContext, batch: number, attempts: SQL | PgColumn): Promise<Leased[]> {
  const now = ctx.now();
  return inTransaction(ctx, (tx) => {
    const due = tx.$with("due").as(
      tx
        .select({ id: outbox.id, journalId: outbox.journalId, triedBefore: outbox.attempts })
        .from(outbox)
        .where(
          and(
            IS_WAITING,
            lte(outbox.runAt, now),
            or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now)),
          ),
        )
        .orderBy(outbox.runAt, outbox.id)
        .limit(batch)
        .for("update", { skipLocked: true }),
    );
    return (
      tx
        .with(due)
        .update(outbox)
        .set({ leasedUntil: plusMinutes(now, LEASE_MINUTES), attempts })
        .from(due)
        .innerJoin(journal, eq(journal.id, due.journalId))
        // The ids as one value, so that they are looked up however the planner guesses their number.
        .where(and(sql`${outbox.id} = any(array(select ${due.id} from ${due}))`, eq(outbox.id, due.id)))
        .returning({
          work: getTableColumns(outbox),
          event: getTableColumns(journal),
          triedBefore: due.triedBefore,
        })
    );
  });
}

const byTurn = ({ work: one }: Leased, { work: other }: Leased): number =>
  one.runAt.getTime() - other.runAt.getTime() || (one.id < other.id ? -1 : 1);

/** The pieces of one lease that still have it. */
const oursAmong = (pieces: readonly Leased[]) =>
  and(
    // As one value: a placeholder for each of hundreds costs more than what is asked.
    sql`${outbox.id} = any(${`{${pieces.map(({ work }) => work.id).join()}}`}::uuid[])`,
    IS_WAITING,
    eq(outbox.leasedUntil, pieces[0]?.work.leasedUntil ?? new Date(0)),
  );

/**
 * Does pieces one after the other and writes down those that went well together. Each begins with half of
 * the lease left at least; those for which there is no time, or after `signal`, are given back untried.
 */
async function takeTogether(
  ctx: UseCaseContext,
  pieces: readonly Leased[],
  signal?: AbortSignal,
): Promise<number> {
  const latest = plusMinutes(pieces[0]?.work.leasedUntil ?? ctx.now(), -LEASE_MINUTES / 2);
  const well: Leased[] = [];
  const inTime = () => signal?.aborted !== true && ctx.now() <= latest;
  let next = 0;

  for (; next < pieces.length && inTime(); next += 1) {
    const piece = pieces[next];
    if (piece && (await wentWell(ctx, piece))) well.push(piece);
  }

  const done = await closeWell(ctx, well);
  await giveBack(ctx, pieces.slice(next), 1);
  return done;
}

/** Whether it went well; where it did not, that is kept and told. Never throws. */
async function wentWell(ctx: UseCaseContext, { work, event }: Leased): Promise<boolean> {
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
async function closeWell(ctx: UseCaseContext, well: readonly Leased[]): Promise<number> {
  if (well.length === 0) return 0;
  try {
    await ctx.db.update(outbox).set(DONE).where(oursAmong(well));
    return well.length;
  } catch {
    let closed = 0;

    for (const { work } of well)
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
async function giveBack(ctx: UseCaseContext, pieces: readonly Leased[], counted = 0): Promise<void> {
  if (pieces.length === 0) return;
  await ctx.db
    .update(outbox)
    .set({ leasedUntil: null, attempts: sql`${outbox.attempts} - ${counted}::int` })
    .where(oursAmong(pieces));
}

/** Does one piece of work and writes down how it went. Never throws. */
async function takeTurn(ctx: UseCaseContext, { work: leased, event }: Leased): Promise<boolean> {
  try {
    const work = await begin(ctx, leased);
    if (!work) return false;
    try {
      await handle(ctx, work, event);
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

async function handle(ctx: UseCaseContext, work: Work, event: JournalRow): Promise<void> {
  if (!isHandlerName(work.handler)) throw new UnknownHandler();
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
