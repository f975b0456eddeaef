import { z } from "zod";
import { notesOf } from "~/domain/imports/queries.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { type Note, REFUSALS, WARNINGS } from "./notes";

/** A bound above what one part of notes holds. */
const MOST_NOTES = 1_000;

const Notes = z
  .array(
    z.strictObject({
      file: z.string(),
      row: z.number(),
      outcome: z.enum(["warning", "refused"]),
      code: z.enum([...REFUSALS, ...WARNINGS]),
      detail: z.string(),
    }),
  )
  .max(MOST_NOTES);

/**
 * Everything that was said of a package's rows when its import began, part by part. @throws {DomainError}
 * SIGN_IN_NEEDED, NOT_FOUND as `notesOf`
 */
export async function* keptNotes(ctx: UseCaseContext, jobId: string): AsyncGenerator<readonly Note[]> {
  for await (const part of notesOf(ctx, jobId)) yield Notes.parse(part);
}
