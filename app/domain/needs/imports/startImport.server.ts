import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { seal } from "~/domain/kernel/sealing.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { importJobs, importRows } from "~db/schema/imports";
import type { ReadWish } from "../readWishes.server";
import { IMPORT_JOB, placeOfRow } from "./importJob.server";
import type { KnownBy } from "./knownRows.server";

/** So many rows go in one statement. */
const ROWS_AT_ONCE = 500;

type Input = Readonly<{
  townCode: string;
  source: string;
  rows: readonly (KnownBy & Readonly<{ wish: ReadWish }>)[];
  withoutAge: number;
  requestKey: string;
}>;

/**
 * Begins an import that takes longer than anybody waits for an answer: its rows are kept, sealed, until the
 * worker has had each of them. Safe to repeat by request key.
 * @returns the import's id
 * @throws {DomainError} NOT_ALLOWED outside the caseworker's town, IMPORT_OPEN while another one of the
 *   town is under way, REQUEST_KEY_REUSED
 */
export async function startImport(
  ctx: UseCaseContext,
  { townCode, source, rows, withoutAge, requestKey }: Input,
): Promise<string> {
  const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
  const contents = rows.map(({ key, meaning }) => [key, meaning]);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "startImport", { townCode, source, contents, requestKey }, async () => {
      const job = { id: ctx.newId(), state: "waiting" as const };
      const begun = await tx
        .insert(importJobs)
        .values({
          ...job,
          townCode,
          ownerId: userId,
          total: rows.length,
          withoutAge,
          runAt: ctx.now(),
          createdAt: ctx.now(),
        })
        .onConflictDoNothing()
        .returning({ id: importJobs.id });
      if (begun.length === 0) throw new DomainError("IMPORT_OPEN");
      await keepRows(tx, ctx, job.id, { source, rows });
      await recordBirth(tx, ctx, IMPORT_JOB, job, "start", { by: "caseworker" });
      return job.id;
    }),
  );
}

async function keepRows(
  tx: Transaction,
  ctx: UseCaseContext,
  jobId: string,
  { source, rows }: Pick<Input, "source" | "rows">,
): Promise<void> {
  const kept = rows.map(({ wish: { row, typed }, key, nth }) => {
    const id = ctx.newId();
    return {
      id,
      jobId,
      row,
      outcome: "waiting" as const,
      contentSealed: seal(ctx.keys, placeOfRow(id), JSON.stringify({ typed, source, key, nth })),
    };
  });
  for (let at = 0; at < kept.length; at += ROWS_AT_ONCE)
    await tx.insert(importRows).values(kept.slice(at, at + ROWS_AT_ONCE));
}
