import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { requireRole, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { listItems } from "~db/schema/directory";
import { appUsers } from "~db/schema/identity";
import { importJobs, importNotes, importRows } from "~db/schema/imports";
import type { ImportKind } from "~db/schema/importVocabulary";
import { needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { mayImport, requireImporter } from "./importJob.server";
import { isOpenImport } from "./states";

/** Rows of each outcome that a page can hold. */
const MOST_ROWS = 100;
const A_LIST = 10;

/** What is imported where: wishes into towns, entries into the city's lists. Each has pages of its own. */
const KINDS = { towns: ["wishes"], lists: ["list_file", "hsds"] } as const satisfies Record<
  string,
  readonly ImportKind[]
>;
type Where = keyof typeof KINDS;

const shown = {
  id: importJobs.id,
  kind: importJobs.kind,
  state: importJobs.state,
  total: importJobs.total,
  made: importJobs.made,
  skipped: importJobs.skipped,
  refused: importJobs.refused,
  createdAt: importJobs.createdAt,
  town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
};

/**
 * The last imports of many wishes into the caseworker's towns, or of many entries into the lists, the newest
 * first. @throws {DomainError} NOT_ALLOWED
 */
export async function lastImports(ctx: UseCaseContext, where: Where) {
  if (where === "towns") requireRole(ctx.actor, "caseworker");
  else requireImporter(ctx, { townCode: null });
  const rows = await ctx.db
    .select(shown)
    .from(importJobs)
    .leftJoin(towns, eq(towns.code, importJobs.townCode))
    .where(
      and(
        inArray(importJobs.kind, KINDS[where]),
        where === "towns" ? inArray(importJobs.townCode, scopeIds(ctx.actor, "caseworker")) : undefined,
      ),
    )
    .orderBy(desc(importJobs.id))
    .limit(A_LIST);
  return rows.map(withProgress);
}

/**
 * How far an import is, and what became of its rows; nothing of what they say. @throws {DomainError}
 * SIGN_IN_NEEDED; NOT_FOUND for whoever may not import there
 */
export async function importShown(ctx: UseCaseContext, jobId: string, where: Where) {
  requireUser(ctx.actor);
  const [job] = await ctx.db
    .select({
      ...shown,
      townCode: importJobs.townCode,
      withoutAge: importJobs.withoutAge,
      failure: importJobs.failure,
      endedAt: importJobs.endedAt,
      by: appUsers.displayName,
    })
    .from(importJobs)
    .leftJoin(towns, eq(towns.code, importJobs.townCode))
    .innerJoin(appUsers, eq(appUsers.id, importJobs.ownerId))
    .where(and(eq(importJobs.id, jobId), inArray(importJobs.kind, KINDS[where])));
  if (!job || !mayImport(ctx.actor, job)) throw new DomainError("NOT_FOUND");
  const [refused, skipped, made] = await Promise.all(
    (["refused", "skipped", "made"] as const).map((outcome) => rowsOf(ctx, jobId, outcome)),
  );
  const [notes] = await ctx.db
    .select({ parts: count() })
    .from(importNotes)
    .where(eq(importNotes.jobId, jobId));
  const { townCode: _code, ...said } = job;
  return {
    ...withProgress(said),
    hasNotes: (notes?.parts ?? 0) > 0,
    rows: { refused: refused ?? [], skipped: skipped ?? [], made: made ?? [] },
  };
}

const rowsOf = (ctx: UseCaseContext, jobId: string, outcome: "refused" | "skipped" | "made") =>
  ctx.db
    .select({
      file: importRows.file,
      row: importRows.row,
      reason: importRows.reason,
      needId: needs.id,
      code: needs.code,
      itemCode: importRows.itemCode,
      itemName: listItems.name,
    })
    .from(importRows)
    .leftJoin(needs, eq(needs.id, importRows.needId))
    .leftJoin(listItems, eq(listItems.code, importRows.itemCode))
    .where(and(eq(importRows.jobId, jobId), eq(importRows.outcome, outcome)))
    // What asks for something to be done comes first.
    .orderBy(
      sql`${importRows.reason} is not distinct from 'changed' desc`,
      asc(importRows.file),
      asc(importRows.row),
    )
    .limit(MOST_ROWS);

/**
 * What was said of the rows of a package when it was read, part by part as it is kept. @throws {DomainError}
 * SIGN_IN_NEEDED; NOT_FOUND for whoever may not import there
 */
export async function* notesOf(ctx: UseCaseContext, jobId: string): AsyncGenerator {
  requireUser(ctx.actor);
  const [job] = await ctx.db
    .select({ townCode: importJobs.townCode })
    .from(importJobs)
    .where(eq(importJobs.id, jobId));
  if (!job || !mayImport(ctx.actor, job)) throw new DomainError("NOT_FOUND");
  for (let part = 0; ; part += 1) {
    const [kept] = await ctx.db
      .select({ notes: importNotes.notes })
      .from(importNotes)
      .where(and(eq(importNotes.jobId, jobId), eq(importNotes.part, part)));
    if (!kept) return;
    yield kept.notes;
  }
}

type Counted = Readonly<Pick<typeof importJobs.$inferSelect, "state" | "made" | "skipped" | "refused">>;

const withProgress = <Job extends Counted>(job: Job) => ({
  ...job,
  isOpen: isOpenImport(job.state),
  turned: job.made + job.skipped + job.refused,
});
