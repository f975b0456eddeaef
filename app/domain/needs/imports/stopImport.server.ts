import { eq } from "drizzle-orm";
import { holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { importJobs } from "~db/schema/imports";
import { endImport } from "./importJob.server";
import { isOpenImport } from "./states";

/**
 * Stops an import of the caseworker's town: once this answers, nothing more of it is written; what was
 * written stays. A batch that is under way is waited for. Safe to repeat, and does nothing to one that has
 * ended.
 * @throws {DomainError} SIGN_IN_NEEDED; NOT_FOUND for whoever is no caseworker of its town
 */
export async function stopImport(ctx: UseCaseContext, jobId: string): Promise<void> {
  requireUser(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    const [job] = await tx.select().from(importJobs).where(eq(importJobs.id, jobId)).for("update");
    if (!job || !holds(ctx.actor, "caseworker", { kind: "town", id: job.townCode }))
      throw new DomainError("NOT_FOUND");
    if (isOpenImport(job.state)) await endImport(tx, ctx, job, "stop", { by: "caseworker" });
  });
}
