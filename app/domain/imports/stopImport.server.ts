import { eq } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { importJobs } from "~db/schema/imports";
import { endImport, mayImport, roleFor } from "./importJob.server";
import { isOpenImport } from "./states";

/**
 * Stops an import: once this answers, nothing more of it is written; what was written stays. A batch that is
 * under way is waited for. Safe to repeat, and does nothing to one that has ended.
 * @throws {DomainError} SIGN_IN_NEEDED; NOT_FOUND for whoever may not import there: the town's caseworkers,
 *   of the lists the city's operators
 */
export async function stopImport(ctx: UseCaseContext, jobId: string): Promise<void> {
  requireUser(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    const [job] = await tx.select().from(importJobs).where(eq(importJobs.id, jobId)).for("update");
    if (!job || !mayImport(ctx.actor, job)) throw new DomainError("NOT_FOUND");
    if (isOpenImport(job.state)) await endImport(tx, ctx, job, "stop", { by: roleFor(job) });
  });
}
