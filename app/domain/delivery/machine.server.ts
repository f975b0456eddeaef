import { and, asc, desc, eq, lte } from "drizzle-orm";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent, type UnitMove } from "~/domain/kernel/journal/recordEvent.server";
import { machine } from "~/domain/kernel/transition.server";
import { deliveries, deliveryItems, handovers } from "~db/schema/delivery";
import { DELIVERY_TRANSITIONS } from "./states";

export const DELIVERY = machine({
  entity: "delivery",
  table: deliveries,
  transitions: DELIVERY_TRANSITIONS,
});

export type Delivery = typeof deliveries.$inferSelect;
export type DeliveryItem = typeof deliveryItems.$inferSelect;

/**
 * The delivery, locked until the transaction ends. Whether the actor has a part in it is the caller's
 * question.
 */
export async function findDelivery(tx: Transaction, deliveryId: string): Promise<Delivery> {
  const [delivery] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for("update");
  if (!delivery) throw new DomainError("NOT_FOUND");
  return delivery;
}

/** The items of a delivery, in the order in which their lines may be locked. */
export const itemsOf = (tx: Transaction, deliveryId: string): Promise<DeliveryItem[]> =>
  tx
    .select()
    .from(deliveryItems)
    .where(eq(deliveryItems.deliveryId, deliveryId))
    .orderBy(asc(deliveryItems.lineId), asc(deliveryItems.id));

/**
 * When the last of its steps in the world happened that somebody told (`by` then): it was sent on its way, or
 * somebody stood at the door.
 */
export async function lastDeliveryStepOf(tx: Transaction, delivery: Delivery, by?: Date): Promise<Date> {
  const told = and(eq(handovers.deliveryId, delivery.id), by && lte(handovers.createdAt, by));
  const [attempt] = await tx
    .select({ at: handovers.occurredAt })
    .from(handovers)
    .where(told)
    .orderBy(desc(handovers.occurredAt))
    .limit(1);
  const sent = delivery.dispatchedAt ?? delivery.createdAt;
  return attempt && attempt.at > sent ? attempt.at : sent;
}

type ItemStep = Readonly<{
  delivery: Delivery;
  item: DeliveryItem;
  event: "dispatch" | "hand_over" | "bring_back" | "dispose" | "lose";
  quantity: bigint;
  by: ActingRole;
  units?: UnitMove;
  occurredAt?: Date;
  reason?: string;
  set?: Partial<
    Pick<DeliveryItem, "deliveredQuantity" | "returnedQuantity" | "lostQuantity" | "disposedQuantity">
  >;
}>;

/**
 * Writes an item's counts and its one journal row, compare-and-set on its version.
 * @returns the item as it stands now
 */
export async function stepItem(
  tx: Transaction,
  ctx: UseCaseContext,
  { delivery, item, event, quantity, by, units, occurredAt, reason, set = {} }: ItemStep,
): Promise<DeliveryItem> {
  const version = item.version + 1;
  const [moved] = await tx
    .update(deliveryItems)
    .set({ ...set, version })
    .where(and(eq(deliveryItems.id, item.id), eq(deliveryItems.version, item.version)))
    .returning();
  if (!moved) throw new DomainError("CHANGED_MEANWHILE");
  const { giftId } = await giftOfLot(tx, item.lotId);

  await recordEvent(tx, ctx, {
    entity: "delivery_item",
    entityId: item.id,
    entityVersion: version,
    event: `delivery_item.${event}`,
    fromState: null,
    toState: null,
    by,
    needId: delivery.needId,
    data: { delivery: delivery.code, quantity: Number(quantity) },
    ...(giftId ? { giftId } : {}),
    ...(units ? { units } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    ...(reason ? { reason } : {}),
  });

  return moved;
}
