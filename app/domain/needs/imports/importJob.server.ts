import { and, eq, sql } from "drizzle-orm";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { transition, machine } from "~/domain/kernel/transition.server";
import { importJobs, importRows } from "~db/schema/imports";
import type { ImportFailure } from "~db/schema/importWords";
import { IMPORT_TRANSITIONS } from "./states";

export const IMPORT_JOB = machine({
  entity: "import_job",
  table: importJobs,
  transitions: IMPORT_TRANSITIONS,
});

export type ImportJob = typeof importJobs.$inferSelect;

/** Where what a row says is sealed. */
export const placeOfRow = (id: string): string => `import_row.content:${id}`;

/**
 * Of two that write into one town at once the later one finds what the first one wrote. Held to the end of
 * the transaction.
 */
export const oneImportAtATime = async (tx: Transaction, townCode: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`import.wishes:${townCode}`}))`);
};

/**
 * Ends an import: what is written stays, and of the rows whose turn did not come what they said is gone. Call
 * it with the job locked.
 */
export async function endImport(
  tx: Transaction,
  ctx: UseCaseContext,
  job: Pick<ImportJob, "id" | "state" | "version">,
  event: "finish" | "stop" | "fail",
  { by, failure = null }: Readonly<{ by: ActingRole; failure?: ImportFailure | null }>,
): Promise<void> {
  await tx
    .update(importRows)
    .set({ outcome: "left", contentSealed: null })
    .where(and(eq(importRows.jobId, job.id), eq(importRows.outcome, "waiting")));

  await transition(tx, ctx, IMPORT_JOB, job, event, {
    by,
    set: { endedAt: ctx.now(), failure },
    ...(failure === null ? {} : { reason: failure }),
  });
}
