import { sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { seal } from "~/domain/kernel/sealing.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { importJobs, importNotes, importRows } from "~db/schema/imports";
import type { ImportKind } from "~db/schema/importVocabulary";
import { IMPORT_JOB, placeOfRow, requireImporter, roleFor } from "./importJob.server";

/** Rows, or notes, written in one statement. */
const AT_ONCE = 500;

/** A row as its file has it: what is to be written of it, or the entry that says the same already. */
export type RowBegun = Readonly<{ file?: string | undefined; row: number }> &
  Readonly<{ content: unknown } | { sameAs: string }>;

type Input = Readonly<{
  kind: ImportKind;
  /** Said of wishes alone. */
  townCode: string | null;
  rows: readonly RowBegun[];
  withoutAge?: number;
  /** What was said of its rows when the file was read. */
  notes?: readonly unknown[];
  /** What the form sent, by which one that is sent twice is the same. */
  sent: Readonly<Record<string, unknown>>;
  requestKey: string;
}>;

/**
 * Begins an import that takes longer than anybody waits for an answer: its rows are kept, sealed, until the
 * worker has had each of them. Safe to repeat by request key.
 * @returns the import's id
 * @throws {DomainError} NOT_ALLOWED for whoever may not import there; IMPORT_OPEN, LISTS_IMPORT_OPEN while
 *   another one is under way there; REQUEST_KEY_REUSED
 */
export async function startImport(
  ctx: UseCaseContext,
  { kind, townCode, rows, withoutAge = 0, notes = [], sent, requestKey }: Input,
): Promise<string> {
  const { userId } = requireImporter(ctx, { townCode });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "startImport", { ...sent, requestKey }, async () => {
      const job = { id: ctx.newId(), state: "waiting" as const };
      const skipped = rows.filter((row) => "sameAs" in row).length;
      const begun = await tx
        .insert(importJobs)
        .values({
          ...job,
          kind,
          townCode,
          ownerId: userId,
          total: rows.length,
          skipped,
          withoutAge,
          runAt: ctx.now(),
          createdAt: ctx.now(),
        })
        .onConflictDoNothing()
        .returning({ id: importJobs.id });
      if (begun.length === 0) throw new DomainError(townCode === null ? "LISTS_IMPORT_OPEN" : "IMPORT_OPEN");
      await keepRows(tx, ctx, job.id, rows);
      for (const [part, some] of inParts(notes).entries())
        await tx.insert(importNotes).values({ jobId: job.id, part, notes: some });
      await recordBirth(tx, ctx, IMPORT_JOB, job, "start", { by: roleFor({ townCode }) });
      return job.id;
    }),
  );
}

/**
 * Each part travels as one parameter: as one for each cell, tens of thousands of rows would not go in within
 * a transaction's time.
 */
async function keepRows(
  tx: Transaction,
  ctx: UseCaseContext,
  jobId: string,
  rows: readonly RowBegun[],
): Promise<void> {
  for (const some of inParts(rows)) {
    const kept = some.map(({ file = "", row, ...said }) => {
      const id = ctx.newId();
      if ("sameAs" in said)
        return { id, file, row, outcome: "skipped", reason: "already", item_code: said.sameAs };
      return {
        id,
        file,
        row,
        outcome: "waiting",
        content_sealed: seal(ctx.keys, placeOfRow(id), JSON.stringify(said.content)),
      };
    });

    await tx.execute(sql`
      insert into ${importRows} (id, job_id, file, "row", outcome, reason, item_code, content_sealed)
      select id, ${jobId}, file, "row", outcome, reason, item_code, content_sealed
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as kept (id uuid, file text, "row" int, outcome text, reason text, item_code text, content_sealed text)`);
  }
}

const inParts = <Thing>(things: readonly Thing[]): Thing[][] =>
  Array.from({ length: Math.ceil(things.length / AT_ONCE) }, (_part, index) =>
    things.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
