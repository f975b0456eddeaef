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
  return (await entriesOn(db, ids, userId).limit(1)).length > 0;
}

/** What somebody wrote on these needs, by the journal. */
function entriesOn(db: Database | Transaction, needIds: readonly string[], userId: string) {
  const steps = and(
    eq(journal.entity, "need"),
    inArray(journal.event, ["need.draft", "need.edit", "need.submit"]),
  );
  return db
    .select({ id: journal.entityId })
    .from(journal)
    .where(
      and(
        inArray(journal.entityId, [...needIds]),
        eq(journal.actorId, userId),
        or(steps, eq(journal.entity, "need_draft")),
      ),
    );
}

/** The same of needs that are only known by their ids. */
export async function hasWrittenOn(
  db: Database | Transaction,
  needIds: readonly string[],
  userId: string,
): Promise<boolean> {
  const filed = db
    .select({ id: needs.id })
    .from(needs)
    .where(and(inArray(needs.id, [...needIds]), eq(needs.filedBy, userId)));
  return (await filed.unionAll(entriesOn(db, needIds, userId)).limit(1)).length > 0;
}

/** Nobody decides on words that they had a hand in. @throws {DomainError} SIGN_IN_NEEDED, FOUR_EYES */
export async function requireNoAuthor(
  tx: Transaction,
  ctx: UseCaseContext,
  ...written: readonly Written[]
): Promise<void> {
  if (await hasWrittenNeed(tx, written, requireUser(ctx.actor).userId)) throw new DomainError("FOUR_EYES");
}
