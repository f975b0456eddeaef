import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { DeadlineError, isDatabaseAway, sqlState } from "~db/client";
import { appUsers } from "~db/schema/identity";
import { importJobs, importRows } from "~db/schema/imports";
import type { RefuseReason, SkipReason } from "~db/schema/importWords";
import { loadActor } from "~/domain/identity/queries.server";
import { holds, type UserActor } from "~/domain/kernel/actor";
import {
  actingAs,
  insideOf,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { unseal } from "~/domain/kernel/sealing.server";
import { plusMinutes } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { draftWish } from "../draftWish.server";
import { meaningOf } from "../readWishes.server";
import { WishInput } from "../schemas";
import { endImport, IMPORT_JOB, oneImportAtATime, placeOfRow, type ImportJob } from "./importJob.server";
import { knownBy, planRows, renewMarks, saidIn, type KnownBy } from "./knownRows.server";

/**
 * So many rows a batch, or as many as are done in so long: whoever wants to stop it waits no longer than
 * that.
 */
const MOST_ROWS = 25;
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
 * @returns how many rows had their turn
 */
export async function workImports(ctx: UseCaseContext, mostRows = MOST_ROWS): Promise<number> {
  let taken: string | undefined;

  try {
    return await inTransaction(ctx, async (tx) => {
      const job = await takeDue(tx, ctx);
      taken = job?.id;
      return job ? doBatch(tx, ctx, job, mostRows) : 0;
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
  await oneImportAtATime(tx, job.townCode);
  const rows = await tx
    .select({ id: importRows.id, contentSealed: importRows.contentSealed })
    .from(importRows)
    .where(and(eq(importRows.jobId, job.id), eq(importRows.outcome, "waiting")))
    .orderBy(asc(importRows.row))
    .limit(mostRows);
  const counts = { made: 0, skipped: 0, refused: 0 };
  const startedAt = ctx.now().getTime();

  for (const row of rows) {
    if (ctx.now().getTime() - startedAt > MOST_MS) break;
    const { outcome, ...said } = await rowsTurn(tx, actingAs(ctx, owner), job, row);

    await tx
      .update(importRows)
      .set({ outcome, ...said, contentSealed: null })
      .where(eq(importRows.id, row.id));

    counts[outcome] += 1;
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
  { ownerId, townCode }: ImportJob,
): Promise<UserActor | undefined> {
  const [open] = await tx
    .select({ id: appUsers.id })
    .from(appUsers)
    .where(and(eq(appUsers.id, ownerId), isNull(appUsers.disabledAt), isNull(appUsers.leftAt)));
  const actor = await loadActor(insideOf(tx, ctx).db, ownerId);
  return open && actor.kind === "user" && holds(actor, "caseworker", { kind: "town", id: townCode })
    ? actor
    : undefined;
}

type Turn = Readonly<
  | { outcome: "made"; needId: string }
  | { outcome: "skipped"; reason: SkipReason; needId?: string | undefined }
  | { outcome: "refused"; reason: RefuseReason }
>;

/** A savepoint of the batch: what one row began and could not end is undone, and the batch goes on. */
async function rowsTurn(
  tx: Transaction,
  ctx: UseCaseContext,
  job: ImportJob,
  { id, contentSealed }: Readonly<{ id: string; contentSealed: string | null }>,
): Promise<Turn> {
  try {
    const row = readRow(ctx, job, id, contentSealed ?? "");
    const planned = await planRows(tx, [row]);
    await renewMarks(tx, planned);
    const [known] = planned.skipped;

    if (known) {
      const isTwice = known.reason === "already" && (await isOfThisFile(tx, job, known.need?.id));
      return { outcome: "skipped", reason: isTwice ? "twice" : known.reason, needId: known.need?.id };
    }

    const [{ importKey, content }] = row.marks;
    const { needId } = await draftWish(insideOf(tx, ctx), row.input, { key: importKey, content });
    return { outcome: "made", needId };
  } catch (error) {
    if (passes(error)) throw error;
    if (error instanceof DomainError && error.code === "KIND_REFUSED")
      return { outcome: "refused", reason: "kind_refused" };
    ctx.ports.faults.rowsFailed("imports.rows", [{ id, error }]);
    return { outcome: "refused", reason: "unexpected" };
  }
}

/** What is no fault of the row: the database is away, or had no time. The whole batch is tried again. */
const passes = (error: unknown): boolean =>
  error instanceof DeadlineError || isDatabaseAway(error) || /^(?:40|53|55|57)/.test(sqlState(error) ?? "");

const Content = z.object({ typed: z.unknown(), source: z.string(), key: z.string(), nth: z.number() });

function readRow(
  ctx: UseCaseContext,
  { townCode }: ImportJob,
  id: string,
  contentSealed: string,
): KnownBy & Readonly<{ input: WishInput }> {
  const { typed, ...origin } = Content.parse(JSON.parse(unseal(ctx.keys, placeOfRow(id), contentSealed)));
  const input = WishInput.parse(typed);
  return { input, ...knownBy(ctx, saidIn(townCode, meaningOf(input)), { townCode, ...origin }) };
}

async function isOfThisFile(tx: Transaction, job: ImportJob, needId: string | undefined): Promise<boolean> {
  if (needId === undefined) return false;
  const mine = and(
    eq(importRows.jobId, job.id),
    eq(importRows.needId, needId),
    eq(importRows.outcome, "made"),
  );
  return (await tx.select({ id: importRows.id }).from(importRows).where(mine)).length > 0;
}
