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

/**
 * A body that is made while it is sent, part by part as it is taken. What fails breaks it off and is told to
 * the port of faults, so that nobody takes a part for the whole; whoever goes away ends the making, and that
 * of its `source`.
 */
export function bodyOfParts(
  ctx: UseCaseContext,
  fileName: string,
  parts: AsyncGenerator<string, void>,
  source?: AsyncGenerator<unknown, void>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const part = await parts.next();
        if (part.done) controller.close();
        else controller.enqueue(Buffer.from(part.value));
      } catch (error) {
        ctx.ports.faults.rowsFailed("export", [{ id: fileName, error }]);
        // Not the error itself, which may hold what a statement was asked with: the server prints it.
        throw new Error(`${fileName} broke off`);
      }
    },
    async cancel() {
      await parts.return(undefined);
      await source?.return(undefined);
    },
  });
}
