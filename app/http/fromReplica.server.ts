import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { RouteArgs } from "./context.server";

/**
 * Reads from a replica, or from the database itself where none may be read, or what the replica does not
 * give. A refusal is an answer like any other. Nothing can be written through a replica.
 */
export async function readFrom<T>(
  replicaDb: Database | undefined,
  ctx: UseCaseContext,
  read: (ctx: UseCaseContext) => Promise<T>,
): Promise<T> {
  if (replicaDb === undefined) return read(ctx);
  return read({ ...ctx, db: replicaDb }).catch((error: unknown) => {
    if (error instanceof DomainError) throw error;
    return read(ctx);
  });
}

/**
 * Reads so what takes long, such as whole books: from a replica that holds all that was written until now,
 * so that nothing is missing.
 */
export const fromReplica = async <T>(
  { context: { runtime } }: RouteArgs,
  ctx: UseCaseContext,
  read: (ctx: UseCaseContext) => Promise<T>,
): Promise<T> => readFrom(await runtime.replica?.forAllUntilNow(), ctx, read);

/** The same for a file that is sent as it is read, and breaks off where its reading fails. */
export async function readingReplica(
  { context: { runtime } }: RouteArgs,
  ctx: UseCaseContext,
): Promise<UseCaseContext> {
  const db = await runtime.replica?.forAllUntilNow();
  return db === undefined ? ctx : { ...ctx, db };
}
