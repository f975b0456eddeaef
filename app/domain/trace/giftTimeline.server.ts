import { and, asc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { countable } from "~/domain/books/countable.server";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { toldOfStep } from "~/domain/kernel/journal/eventData";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";

/**
 * Steps of whole deliveries belong to every gift in them: what failed, what was tried again, what was said of
 * it afterwards.
 */
const DELIVERY_STEPS = ["fail", "try_again", "turn_back", "overdue", "dispute", "confirm"].map(
  (event) => `delivery.${event}`,
);

/** What happened to the recipient is theirs: a donor reads that it was not delivered, not why. */
const PRIVATE_REASONS: ReadonlySet<string> = new Set([
  "died",
  "moved",
  "died_or_moved",
  "consent_withdrawn",
  "recipient_refused",
  "refused",
]);

const steps = (db: Database, which: SQL | undefined) =>
  db
    .select({
      id: journal.id,
      event: journal.event,
      at: journal.occurredAt,
      role: journal.actorRole,
      quantity: countable,
      reason: journal.reason,
      data: journal.data,
    })
    .from(journal)
    .leftJoin(needLines, eq(needLines.id, journal.lineId))
    .where(which)
    .orderBy(asc(journal.id))
    .limit(500);

const ownSteps = builtOnce((db) =>
  steps(db, eq(journal.giftId, sql.placeholder("giftId"))).prepare("steps_of_gift"),
);

const stepsWith = (ctx: UseCaseContext, giftId: string, deliveryIds: readonly string[]) =>
  steps(
    ctx.db,
    or(
      eq(journal.giftId, giftId),
      and(
        eq(journal.entity, "delivery"),
        inArray(journal.entityId, [...deliveryIds]),
        inArray(journal.event, DELIVERY_STEPS),
      ),
    ),
  );

/**
 * The whole way of a gift, read back from the journal: each step with its time and role, never a person. A
 * delivery's own steps are shown where something of this gift is in it, never those of other deliveries for
 * the same wish.
 */
export async function giftTimeline(ctx: UseCaseContext, giftId: string, deliveryIds: readonly string[]) {
  const rows =
    deliveryIds.length === 0
      ? await ownSteps(ctx.db).execute({ giftId })
      : await stepsWith(ctx, giftId, deliveryIds);
  return rows.map(({ data, ...row }) => ({
    ...row,
    reason: row.reason !== null && PRIVATE_REASONS.has(row.reason) ? null : row.reason,
    data: toldOfStep(row.event, data),
  }));
}
