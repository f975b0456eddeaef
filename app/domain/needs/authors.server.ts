import { and, eq, inArray, or } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { journal } from "~db/schema/journal";
import { needs } from "~db/schema/needs";

type Written = Readonly<Pick<typeof needs.$inferSelect, "id" | "filedBy">>;

/**
 * Whether somebody filed one of these needs, or wrote on it: a colleague of the filer who changed or sent it
 * has a hand in it too.
 */
export async function hasWrittenNeed(
  db: Database | Transaction,
  written: readonly Written[],
  userId: string,
): Promise<boolean> {
  if (written.some(({ filedBy }) => filedBy === userId)) return true;
  const ids = written.map(({ id }) => id);
  const steps = and(
    eq(journal.entity, "need"),
    inArray(journal.event, ["need.draft", "need.edit", "need.submit"]),
  );
  const [entry] = await db
    .select({ id: journal.id })
    .from(journal)
    .where(
      and(
        inArray(journal.entityId, ids),
        eq(journal.actorId, userId),
        or(steps, eq(journal.entity, "need_draft")),
      ),
    )
    .limit(1);
  return entry !== undefined;
}

/** The same of needs that are only known by their ids. */
export async function hasWrittenOn(
  db: Database | Transaction,
  needIds: readonly string[],
  userId: string,
): Promise<boolean> {
  const written = await db
    .select({ id: needs.id, filedBy: needs.filedBy })
    .from(needs)
    .where(inArray(needs.id, [...needIds]));
  return hasWrittenNeed(db, written, userId);
}

/** Nobody decides on words that they had a hand in. @throws {DomainError} SIGN_IN_NEEDED, FOUR_EYES */
export async function requireNoAuthor(
  tx: Transaction,
  ctx: UseCaseContext,
  ...written: readonly Written[]
): Promise<void> {
  if (await hasWrittenNeed(tx, written, requireUser(ctx.actor).userId)) throw new DomainError("FOUR_EYES");
}
