import { and, desc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { lots } from "~db/schema/books";
import { deliveryItems, feedbacks } from "~db/schema/delivery";
import { pledges, type PledgeState } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";

const ARRIVED_STATES = ["confirmed", "paid"] as const satisfies readonly PledgeState[];

/**
 * Whether something of a promise arrived: what a recipient says of their wish as a whole is said to its
 * donor.
 */
export const hasArrived = (pledge: Readonly<{ state: PledgeState; settled: bigint }>): boolean =>
  ARRIVED_STATES.some((state) => state === pledge.state) && pledge.settled > 0n;

/**
 * What recipients said, as a second person passed it on, the newest first: of these deliveries, and of these
 * wishes as a whole where no delivery is named, as of a service.
 */
export async function passedWordsOf(
  ctx: UseCaseContext,
  { deliveryIds, needIds }: Readonly<{ deliveryIds: readonly string[]; needIds: readonly string[] }>,
) {
  if (deliveryIds.length + needIds.length === 0) return [];
  const ofNeed = and(isNull(feedbacks.deliveryId), inArray(feedbacks.needId, [...needIds]));
  return ctx.db
    .select({ id: feedbacks.id, words: feedbacks.publicWords, at: feedbacks.occurredAt })
    .from(feedbacks)
    .where(and(eq(feedbacks.state, "passed"), or(inArray(feedbacks.deliveryId, [...deliveryIds]), ofNeed)))
    .orderBy(desc(feedbacks.id));
}

/**
 * The gifts whose donors are told of a word: those of which something was handed over on its delivery, or
 * arrived for its wish where it names none.
 */
export async function giftsToldOf(ctx: UseCaseContext, feedbackId: string): Promise<string[]> {
  const [feedback] = await ctx.db
    .select({ needId: feedbacks.needId, deliveryId: feedbacks.deliveryId })
    .from(feedbacks)
    .where(eq(feedbacks.id, feedbackId));
  if (!feedback) return [];
  const giftIds =
    feedback.deliveryId === null
      ? await giftsArrivedFor(ctx, feedback.needId)
      : await giftsHandedOverOn(ctx, feedback.deliveryId);
  return [...new Set(giftIds)];
}

async function giftsArrivedFor(ctx: UseCaseContext, needId: string): Promise<string[]> {
  const lines = ctx.db.select({ id: needLines.id }).from(needLines).where(eq(needLines.needId, needId));
  const rows = await ctx.db
    .select({ giftId: pledges.giftId })
    .from(pledges)
    .where(
      and(
        inArray(pledges.lineId, lines),
        inArray(pledges.state, [...ARRIVED_STATES]),
        gt(pledges.settled, 0n),
      ),
    );
  return rows.map((row) => row.giftId);
}

async function giftsHandedOverOn(ctx: UseCaseContext, deliveryId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ pledged: pledges.giftId, offered: offers.giftId })
    .from(deliveryItems)
    .innerJoin(lots, eq(lots.id, deliveryItems.lotId))
    .leftJoin(pledges, eq(pledges.id, lots.pledgeId))
    .leftJoin(offers, eq(offers.id, lots.offerId))
    .where(and(eq(deliveryItems.deliveryId, deliveryId), gt(deliveryItems.deliveredQuantity, 0n)));
  return rows.flatMap(({ pledged, offered }) => pledged ?? offered ?? []);
}
