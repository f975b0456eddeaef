import { and, eq } from "drizzle-orm";
import {
  type ActingRole,
  type Actor,
  holds,
  requireRole,
  type Scope,
  type UserActor,
} from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { machine, transition } from "~/domain/kernel/transition.server";
import { importJobs, importRows } from "~db/schema/imports";
import type { ImportFailure } from "~db/schema/importVocabulary";
import { IMPORT_TRANSITIONS } from "./states";

export const IMPORT_JOB = machine({
  entity: "import_job",
  table: importJobs,
  transitions: IMPORT_TRANSITIONS,
});

export type ImportJob = typeof importJobs.$inferSelect;
type Whose = Readonly<Pick<ImportJob, "townCode">>;

/** Where what a row says is sealed. */
export const placeOfRow = (id: string): string => `import_row.content:${id}`;

/**
 * The role in which somebody imports: wishes as a caseworker of their town, entries of the lists as an
 * operator of the city.
 */
export const roleFor = ({ townCode }: Whose): "caseworker" | "operator" =>
  townCode === null ? "operator" : "caseworker";
const scopeFor = ({ townCode }: Whose): Scope =>
  townCode === null ? { kind: "city" } : { kind: "town", id: townCode };

/** Whether somebody may import there, and so may look at every import there and stop it. */
export const mayImport = (actor: Actor, whose: Whose): boolean =>
  holds(actor, roleFor(whose), scopeFor(whose));

/** Whoever imports there. @throws {DomainError} SIGN_IN_NEEDED, NOT_ALLOWED */
export const requireImporter = (ctx: UseCaseContext, whose: Whose): UserActor =>
  requireRole(ctx.actor, roleFor(whose), scopeFor(whose));

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
