import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { StandingMoment } from "~/domain/kernel/moments/correct.server";
import { entryOf, firstAfter } from "~/domain/kernel/moments/entries.server";
import { feedbacks, handovers } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { deliveryWithGifts, ofTownOf } from "./momentParts.server";
import { EVENT_OF_OUTCOME } from "./states";

const FAILED = [...new Set(Object.values(EVENT_OF_OUTCOME).map((event) => `delivery.${event}`))];

/**
 * An attempt in vain: after dispatch and the attempt before it, before the next attempt and whatever was done
 * next.
 */
export async function ofAttempt(
  tx: Transaction,
  ctx: UseCaseContext,
  handoverId: string,
): Promise<StandingMoment | undefined> {
  const [handover] = await tx
    .select()
    .from(handovers)
    .where(and(eq(handovers.id, handoverId), ne(handovers.outcome, "handed_over")));
  const found = handover && (await deliveryWithGifts(tx, handover.deliveryId));
  if (!handover || !found) return undefined;
  const { delivery, ...its } = found;
  const all = await tx
    .select()
    .from(handovers)
    .where(eq(handovers.deliveryId, delivery.id))
    .orderBy(asc(handovers.createdAt), asc(handovers.id));
  const failed = all.filter(({ outcome }) => outcome !== "handed_over");
  // Each attempt wrote one entry, in this order.
  const entries = await tx
    .select({ id: journal.id, actorId: journal.actorId, recordedAt: journal.recordedAt })
    .from(journal)
    .where(
      and(eq(journal.entity, "delivery"), eq(journal.entityId, delivery.id), inArray(journal.event, FAILED)),
    )
    .orderBy(asc(journal.entityVersion));
  const entry = entries[failed.findIndex(({ id }) => id === handoverId)];
  if (!entry) return undefined;
  const bounds = async () => {
    const place = all.findIndex(({ id }) => id === handoverId);
    const sent = delivery.dispatchedAt ?? delivery.createdAt;
    const tried = all[place - 1]?.occurredAt;
    const next = all[place + 1]?.occurredAt;
    const done = await firstAfter(tx, "delivery", delivery.id, entry.id);
    return { after: tried && tried > sent ? tried : sent, before: next ?? done };
  };

  const write = (at: Date) =>
    tx.update(handovers).set({ occurredAt: at }).where(eq(handovers.id, handoverId));
  return {
    at: handover.occurredAt,
    bounds,
    entry,
    ...its,
    by: await ofTownOf(tx, ctx, delivery.needId),
    write,
  };
}

/** When a recipient was heard: after the handover, before somebody decided what becomes of the words. */
export async function ofFeedback(
  tx: Transaction,
  ctx: UseCaseContext,
  feedbackId: string,
): Promise<StandingMoment | undefined> {
  const [feedback] = await tx.select().from(feedbacks).where(eq(feedbacks.id, feedbackId));
  const entry = await entryOf(tx, "feedback", feedbackId, "feedback.hear");
  if (!feedback?.deliveryId || !entry) return undefined;
  const [handover] = await tx
    .select({ at: handovers.occurredAt })
    .from(handovers)
    .where(and(eq(handovers.deliveryId, feedback.deliveryId), eq(handovers.outcome, "handed_over")));
  if (!handover) return undefined;
  const bounds = async () => ({
    after: handover.at,
    before: await firstAfter(tx, "feedback", feedbackId, entry.id),
  });
  const write = (at: Date) =>
    tx.update(feedbacks).set({ occurredAt: at }).where(eq(feedbacks.id, feedbackId));
  // Words are the recipient's: no gift's way tells when they were heard.
  return {
    at: feedback.occurredAt,
    bounds,
    entry,
    needId: feedback.needId,
    giftIds: [],
    donorIds: [],
    by: await ofTownOf(tx, ctx, feedback.needId),
    write,
  };
}
