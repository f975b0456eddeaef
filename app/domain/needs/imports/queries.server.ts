import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { holds, requireRole, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { appUsers } from "~db/schema/identity";
import { importJobs, importRows } from "~db/schema/imports";
import { needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { isOpenImport } from "./states";

/** As many rows of each outcome as a page can hold. */
const MOST_ROWS = 100;
const A_LIST = 10;

const shown = {
  id: importJobs.id,
  state: importJobs.state,
  total: importJobs.total,
  made: importJobs.made,
  skipped: importJobs.skipped,
  refused: importJobs.refused,
  createdAt: importJobs.createdAt,
  town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
};

/**
 * The last imports of many wishes into the caseworker's towns, the newest first. @throws {DomainError}
 * NOT_ALLOWED
 */
export async function lastImports(ctx: UseCaseContext) {
  requireRole(ctx.actor, "caseworker");
  const rows = await ctx.db
    .select(shown)
    .from(importJobs)
    .innerJoin(towns, eq(towns.code, importJobs.townCode))
    .where(inArray(importJobs.townCode, scopeIds(ctx.actor, "caseworker")))
    .orderBy(desc(importJobs.id))
    .limit(A_LIST);
  return rows.map(withProgress);
}

/**
 * How far an import is, and what became of its rows; nothing of what they say. @throws {DomainError}
 * SIGN_IN_NEEDED; NOT_FOUND for whoever is no caseworker of its town
 */
export async function importShown(ctx: UseCaseContext, jobId: string) {
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
    .innerJoin(towns, eq(towns.code, importJobs.townCode))
    .innerJoin(appUsers, eq(appUsers.id, importJobs.ownerId))
    .where(eq(importJobs.id, jobId));
  if (!job || !holds(ctx.actor, "caseworker", { kind: "town", id: job.townCode }))
    throw new DomainError("NOT_FOUND");
  const [refused, skipped, made] = await Promise.all(
    (["refused", "skipped", "made"] as const).map((outcome) => rowsOf(ctx, jobId, outcome)),
  );
  const { townCode: _code, ...said } = job;
  return {
    ...withProgress(said),
    rows: { refused: refused ?? [], skipped: skipped ?? [], made: made ?? [] },
  };
}

const rowsOf = (ctx: UseCaseContext, jobId: string, outcome: "refused" | "skipped" | "made") =>
  ctx.db
    .select({ row: importRows.row, reason: importRows.reason, needId: needs.id, code: needs.code })
    .from(importRows)
    .leftJoin(needs, eq(needs.id, importRows.needId))
    .where(and(eq(importRows.jobId, jobId), eq(importRows.outcome, outcome)))
    // What asks for something to be done comes first.
    .orderBy(sql`${importRows.reason} is not distinct from 'changed' desc`, asc(importRows.row))
    .limit(MOST_ROWS);

type Counted = Readonly<Pick<typeof importJobs.$inferSelect, "state" | "made" | "skipped" | "refused">>;

const withProgress = <Job extends Counted>(job: Job) => ({
  ...job,
  isOpen: isOpenImport(job.state),
  turned: job.made + job.skipped + job.refused,
});
