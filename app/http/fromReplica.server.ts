import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { RouteArgs } from "./context.server";

/**
 * The same context for reads that take long, such as whole books: they go to the replica where there is one
 * that holds all that was written until now, so that nothing is missing. Nothing can be written through it.
 */
export async function readingReplica(
  { context: { runtime } }: RouteArgs,
  ctx: UseCaseContext,
): Promise<UseCaseContext> {
  const db = await runtime.replica?.forAllUntilNow();
  return db === undefined ? ctx : { ...ctx, db };
}

/** Reads so; what the replica does not give is read again from the database itself. */
export async function fromReplica<T>(
  args: RouteArgs,
  ctx: UseCaseContext,
  read: (ctx: UseCaseContext) => Promise<T>,
): Promise<T> {
  const reading = await readingReplica(args, ctx);
  return read(reading).catch((error: unknown) => {
    if (reading === ctx || error instanceof DomainError) throw error;
    return read(ctx);
  });
}
