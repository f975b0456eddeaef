import type { UseCaseContext } from "~/domain/kernel/context.server";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";

/**
 * A code of a gift or a need: which one it was stands in the journal of whoever may read it, not in the name
 * that the trail keeps.
 */
const CODE = /^[A-Z0-9-]{6,}(?=\.)/;

/**
 * Writes down that somebody known takes a file along, before they get it. What is open to everybody is taken
 * by nobody in particular.
 */
export async function recordExport(ctx: UseCaseContext, fileName: string): Promise<void> {
  if (ctx.actor.kind === "user")
    await recordUse(ctx.db, ctx, { kind: "export", what: fileName.replace(CODE, ":code") });
}
