import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { loadActor } from "~/domain/identity/queries.server";
import type { UserActor } from "~/domain/kernel/actor";
import {
  actingAs,
  insideOf,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { unseal } from "~/domain/kernel/sealing.server";
import { plusMinutes } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { DeadlineError, isDatabaseAway, sqlState } from "~db/client";
import { appUsers } from "~db/schema/identity";
import { importJobs, importRows } from "~db/schema/imports";
import { endImport, IMPORT_JOB, type ImportJob, mayImport, placeOfRow } from "./importJob.server";
import type { RowWriter, Turn, Writers } from "./rows";

/**
 * A batch ends after so long, whatever is left of it: whoever wants to stop the import waits no longer than
 * that.
 */
const MOST_MS = 2_000;
/**
 * After so many batches in a row that came to nothing, with growing pauses between them, an import is given
 * up.
 */
const MOST_FAILURES = 10;

/**
 * Does the next batch of the import that waits longest: each batch is a transaction of its own that holds its
 * job locked. So two workers never have the same batch, and what a worker did not finish when it died is
 * undone, free at once, and done by whoever comes next: each row once. A row that is refused is written down
 * with the reason and keeps none behind it. Whoever began it is asked for anew before each batch: once they
 * may not import there any more, it ends.
 * @param writers who writes what of each kind
 * @param mostRows no more rows than this, however many its kind takes
 * @returns how many rows had their turn
 */
export async function workImports(
  ctx: UseCaseContext,
  writers: Writers,
  mostRows = Infinity,
): Promise<number> {
  let taken: string | undefined;

  try {
    return await inTransaction(ctx, async (tx) => {
      const job = await takeDue(tx, ctx);
      taken = job?.id;
      return job ? doBatch(tx, ctx, job, writers, mostRows) : 0;
    });
  } catch (error) {
    if (taken === undefined || isDatabaseAway(error)) throw error;
    ctx.ports.faults.rowsFailed("imports", [{ id: taken, error }]);
    await putOff(ctx, taken);
    return 0;
  }
}

async function takeDue(tx: Transaction, ctx: UseCaseContext): Promise<ImportJob | undefined> {
  const [job] = await tx
    .select()
    .from(importJobs)
    .where(and(inArray(importJobs.state, ["waiting", "running"]), lte(importJobs.runAt, ctx.now())))
    .orderBy(asc(importJobs.runAt), asc(importJobs.id))
    .limit(1)
    .for("update", { skipLocked: true });
  return job;
}

/** Tried again later, and given up in the end; what was written before stays. */
async function putOff(ctx: UseCaseContext, jobId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [job] = await tx
      .select()
      .from(importJobs)
      .where(and(eq(importJobs.id, jobId), inArray(importJobs.state, ["waiting", "running"])))
      .for("update");
    if (!job) return;
    const failures = job.failures + 1;

    await tx
      .update(importJobs)
      .set({ failures, runAt: plusMinutes(ctx.now(), failures) })
      .where(eq(importJobs.id, jobId));

    if (failures >= MOST_FAILURES)
      await endImport(tx, ctx, job, "fail", { by: "system", failure: "unexpected" });
  });
}

async function doBatch(
  tx: Transaction,
  ctx: UseCaseContext,
  due: ImportJob,
  writers: Writers,
  mostRows: number,
): Promise<number> {
  const owner = await importer(tx, ctx, due);

  if (!owner) {
    await endImport(tx, ctx, due, "fail", { by: "system", failure: "role_ended" });
    return 1;
  }

  const job =
    due.state === "waiting"
      ? { ...due, ...(await transition(tx, ctx, IMPORT_JOB, due, "begin", { by: "system" })) }
      : due;
  const writer = writers[job.kind];
  await writer.hold(tx, job);
  const rows = await tx
    .select({ id: importRows.id, contentSealed: importRows.contentSealed })
    .from(importRows)
    .where(and(eq(importRows.jobId, job.id), eq(importRows.outcome, "waiting")))
    .orderBy(asc(importRows.file), asc(importRows.row))
    .limit(Math.min(mostRows, writer.aBatch));
  const counts = { made: 0, skipped: 0, refused: 0 };
  const startedAt = ctx.now().getTime();

  for (let at = 0; at < rows.length; at += writer.together) {
    if (ctx.now().getTime() - startedAt > MOST_MS) break;
    const some = rows.slice(at, at + writer.together);
    const turns = await turnsOf(tx, actingAs(ctx, owner), writer, job, some);
    await Promise.all(some.map(({ id }, index) => writeDown(tx, id, turns[index])));
    for (const { outcome } of turns) counts[outcome] += 1;
  }

  const done = counts.made + counts.skipped + counts.refused;
  const [now] = await tx
    .update(importJobs)
    .set({
      made: sql`${importJobs.made} + ${counts.made}`,
      skipped: sql`${importJobs.skipped} + ${counts.skipped}`,
      refused: sql`${importJobs.refused} + ${counts.refused}`,
      failures: 0,
      runAt: ctx.now(),
    })
    .where(eq(importJobs.id, job.id))
    .returning({ done: sql<number>`${importJobs.made} + ${importJobs.skipped} + ${importJobs.refused}` });
  if (now?.done === job.total) await endImport(tx, ctx, job, "finish", { by: "system" });
  return done;
}

/** Whoever began it, with the roles that they hold now; undefined once they may not import there any more. */
async function importer(
  tx: Transaction,
  ctx: UseCaseContext,
  job: ImportJob,
): Promise<UserActor | undefined> {
  const [open] = await tx
    .select({ id: appUsers.id })
    .from(appUsers)
    .where(and(eq(appUsers.id, job.ownerId), isNull(appUsers.disabledAt), isNull(appUsers.leftAt)));
  const actor = await loadActor(insideOf(tx, ctx).db, job.ownerId);
  return open && actor.kind === "user" && mayImport(actor, job) ? actor : undefined;
}

type Kept = Readonly<{ id: string; contentSealed: string | null }>;

/**
 * What each of these rows becomes: together in one savepoint, or, where that is undone, each in its own, so
 * that none takes another with it.
 */
async function turnsOf(
  tx: Transaction,
  ctx: UseCaseContext,
  writer: RowWriter,
  job: ImportJob,
  kept: readonly Kept[],
): Promise<readonly Turn[]> {
  try {
    return await inTransaction(insideOf(tx, ctx), (savepoint) =>
      writer.write(
        savepoint,
        ctx,
        job,
        kept.map(({ id, contentSealed }) => ({
          id,
          content: JSON.parse(unseal(ctx.keys, placeOfRow(id), contentSealed ?? "")) as unknown,
        })),
      ),
    );
  } catch (error) {
    if (passes(error)) throw error;
    if (kept.length > 1) {
      const turns: (readonly Turn[])[] = [];
      for (const row of kept) turns.push(await turnsOf(tx, ctx, writer, job, [row]));
      return turns.flat();
    }

    const reason = writer.refusalOf(error);
    if (reason === undefined)
      ctx.ports.faults.rowsFailed("imports.rows", [{ id: kept[0]?.id ?? job.id, error }]);
    return [{ outcome: "refused", reason: reason ?? "unexpected" }];
  }
}

/** What is no fault of a row: the database is away, or had no time. The whole batch is tried again. */
const passes = (error: unknown): boolean =>
  error instanceof DeadlineError || isDatabaseAway(error) || /^(?:40|53|55|57)/.test(sqlState(error) ?? "");

async function writeDown(tx: Transaction, id: string, turn: Turn | undefined): Promise<void> {
  if (turn === undefined) throw new Error("a row had its turn and became nothing");
  await tx
    .update(importRows)
    .set({ ...turn, contentSealed: null })
    .where(eq(importRows.id, id));
}
