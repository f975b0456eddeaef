import { and, asc, eq, ne } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { ofTown, type StandingMoment } from "~/domain/kernel/moments/correct.server";
import { firstAfter } from "~/domain/kernel/moments/entries.server";
import { feedbacks, handovers } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { needs } from "~db/schema/needs";
import { deliveryWithGifts } from "./momentParts.server";
import { EVENT_OF_OUTCOME } from "./states";

const FAILED: ReadonlySet<string> = new Set(
  Object.values(EVENT_OF_OUTCOME).map((event) => `delivery.${event}`),
);

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
  const { delivery, townCode, its } = found;
  const all = await tx
    .select()
    .from(handovers)
    .where(eq(handovers.deliveryId, delivery.id))
    .orderBy(asc(handovers.createdAt), asc(handovers.id));
  const failed = all.filter(({ outcome }) => outcome !== "handed_over");
  // Each attempt wrote one entry, in this order.
  const entries = found.entries.filter(({ event }) => FAILED.has(event));
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
    by: ofTown(ctx, townCode),
    write,
  };
}

/** When a recipient was heard: after the handover, before somebody decided what becomes of the words. */
export async function ofFeedback(
  tx: Transaction,
  ctx: UseCaseContext,
  feedbackId: string,
): Promise<StandingMoment | undefined> {
  const [feedback] = await tx
    .select({
      at: feedbacks.occurredAt,
      handedOverAt: handovers.occurredAt,
      needId: feedbacks.needId,
      townCode: needs.townCode,
      entry: { id: journal.id, actorId: journal.actorId, recordedAt: journal.recordedAt },
    })
    .from(feedbacks)
    .innerJoin(
      journal,
      and(
        eq(journal.entity, "feedback"),
        eq(journal.entityId, feedbacks.id),
        eq(journal.event, "feedback.hear"),
      ),
    )
    .innerJoin(needs, eq(needs.id, feedbacks.needId))
    .innerJoin(
      handovers,
      and(eq(handovers.deliveryId, feedbacks.deliveryId), eq(handovers.outcome, "handed_over")),
    )
    .where(eq(feedbacks.id, feedbackId));
  if (!feedback) return undefined;
  const { entry } = feedback;
  const bounds = async () => ({
    after: feedback.handedOverAt,
    before: await firstAfter(tx, "feedback", feedbackId, entry.id),
  });
  const write = (at: Date) =>
    tx.update(feedbacks).set({ occurredAt: at }).where(eq(feedbacks.id, feedbackId));
  // Words are the recipient's: no gift's way tells when they were heard.
  return {
    at: feedback.at,
    bounds,
    entry,
    needId: feedback.needId,
    giftIds: [],
    donorIds: [],
    by: ofTown(ctx, feedback.townCode),
    write,
  };
}
