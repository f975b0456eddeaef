import { and, asc, eq, sql } from "drizzle-orm";
import { type ActingRole, holds } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { ofTown } from "~/domain/kernel/moments/correct.server";
import { lots } from "~db/schema/books";
import { deliveries, deliveryItems } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { needs } from "~db/schema/needs";

/** The role in which somebody of a need's town, or of the city, puts it right. */
export async function ofTownOf(
  tx: Transaction,
  ctx: UseCaseContext,
  needId: string,
): Promise<ActingRole | undefined> {
  const [need] = await tx.select({ townCode: needs.townCode }).from(needs).where(eq(needs.id, needId));
  return ofTown(ctx, need?.townCode ?? "");
}

/** The role in which the store of a point, or the city, puts it right. */
export const ofStore = (ctx: UseCaseContext, pointId: string): ActingRole | undefined =>
  holds(ctx.actor, "storekeeper", { kind: "point", id: pointId })
    ? "storekeeper"
    : holds(ctx.actor, "operator")
      ? "operator"
      : undefined;

/** Whose it is that came of one gift. */
export const whose = ({
  giftId,
  donorId,
  needId,
}: {
  giftId: string | null;
  donorId: string;
  needId: string | null;
}) => ({
  needId,
  giftIds: giftId === null ? [] : [giftId],
  donorIds: [donorId],
});

/**
 * A delivery with its town, the gifts in it and the entries of its steps, read once in a transaction: its
 * page shows many moments of it, and whoever puts one right changes nothing of what is read here.
 */
export function deliveryWithGifts(tx: Transaction, deliveryId: string) {
  const known = DELIVERIES.get(tx) ?? new Map<string, ReturnType<typeof readDelivery>>();
  DELIVERIES.set(tx, known);
  const read = known.get(deliveryId) ?? readDelivery(tx, deliveryId);
  known.set(deliveryId, read);
  return read;
}

const DELIVERIES = new WeakMap<Transaction, Map<string, ReturnType<typeof readDelivery>>>();

async function readDelivery(tx: Transaction, deliveryId: string) {
  const [found] = await tx
    .select({ delivery: deliveries, townCode: needs.townCode })
    .from(deliveries)
    .innerJoin(needs, eq(needs.id, deliveries.needId))
    .where(eq(deliveries.id, deliveryId));
  if (!found) return undefined;
  const { delivery, townCode } = found;
  const gifts = await tx
    .select({
      giftId: sql<string | null>`coalesce(${pledges.giftId}, ${offers.giftId})`,
      donorId: sql<string | null>`coalesce(${pledges.donorId}, ${offers.donorId})`,
    })
    .from(deliveryItems)
    .innerJoin(lots, eq(lots.id, deliveryItems.lotId))
    .leftJoin(pledges, eq(pledges.id, lots.pledgeId))
    .leftJoin(offers, eq(offers.id, lots.offerId))
    .where(eq(deliveryItems.deliveryId, deliveryId))
    .orderBy(asc(deliveryItems.lineId), asc(deliveryItems.id));
  const entries = await tx
    .select({
      id: journal.id,
      event: journal.event,
      actorId: journal.actorId,
      recordedAt: journal.recordedAt,
    })
    .from(journal)
    .where(and(eq(journal.entity, "delivery"), eq(journal.entityId, deliveryId)))
    .orderBy(asc(journal.entityVersion));
  const unique = (ids: readonly (string | null)[]) => [...new Set(ids.flatMap((id) => id ?? []))];
  return {
    delivery,
    townCode,
    entries,
    its: {
      needId: delivery.needId,
      giftIds: unique(gifts.map(({ giftId }) => giftId)),
      donorIds: unique(gifts.map(({ donorId }) => donorId)),
    },
  };
}
