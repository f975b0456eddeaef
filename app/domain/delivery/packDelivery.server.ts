import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { holds, requireRole, requireUser, type ActingRole } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { plusDays, shanghaiDay } from "~/domain/kernel/time";
import { limit } from "~/domain/kernel/limits.server";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { moveGoods, placeCode } from "~/domain/books/moveGoods.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { lots, lotStock } from "~db/schema/books";
import { deliveries, deliveryItems } from "~db/schema/delivery";
import { roleGrants } from "~db/schema/identity";
import { needLines, needs } from "~db/schema/needs";
import { DELIVERY, type Delivery } from "./machine.server";

/**
 * Packs everything that stands at the point for one need and is in no other live delivery. Locks those lots, so that no unit
 * is in two deliveries (I18). Expired goods cannot be packed (I19).
 *
 * @throws {DomainError} NOT_ENOUGH_LEFT when nothing is there, GOODS_EXPIRED, NOT_ALLOWED unless storekeeper of that point
 */
export async function packDelivery(ctx: UseCaseContext, input: { needId: string; pointId: string; requestKey: string }): Promise<{ deliveryId: string; code: string }> {
  const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: input.pointId });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "packDelivery", input, async () => {
      const [need] = await tx.select().from(needs).where(eq(needs.id, input.needId));
      if (!need) throw new DomainError("NOT_FOUND");
      const ready = await readyLots(tx, input);
      if (ready.length === 0) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });
      if (ready.some((lot) => lot.bestBefore !== null && lot.bestBefore < shanghaiDay(ctx.now()))) throw new DomainError("GOODS_EXPIRED");
      const deliveryId = ctx.newId();
      const code = makeCode("D", ctx.randomBytes(6));
      const delivery = { id: deliveryId, state: "packed" as const };
      await tx.insert(deliveries).values({ ...delivery, code, needId: need.id, householdId: need.householdId, pointId: input.pointId, packedBy: userId, createdAt: ctx.now() });
      await recordBirth(tx, ctx, DELIVERY, delivery, "pack", { by: "storekeeper", needId: need.id });
      for (const lot of ready) {
        const itemId = ctx.newId();
        await tx.insert(deliveryItems).values({ id: itemId, deliveryId, lotId: lot.id, lineId: lot.lineId, quantity: lot.free });
        await recordEvent(tx, ctx, { entity: "delivery_item", entityId: itemId, entityVersion: 1, event: "delivery_item.pack", fromState: null, toState: null, by: "storekeeper", needId: need.id, data: { lot: lot.label, quantity: Number(lot.free) } });
      }
      return { deliveryId, code };
    }),
  );
}

type ReadyLot = Readonly<{ id: string; label: string; lineId: string; free: bigint; bestBefore: string | null }>;

/** Lots of the need at the point with the units that no live delivery has packed yet; locked against a second packer. */
async function readyLots(tx: Transaction, { needId, pointId }: { needId: string; pointId: string }): Promise<ReadyLot[]> {
  const rows = await tx
    .select({ id: lots.id, label: lots.label, lineId: needLines.id, bestBefore: lots.bestBefore, stock: lotStock.quantity })
    .from(lotStock)
    .innerJoin(lots, eq(lots.id, lotStock.lotId))
    .innerJoin(needLines, eq(needLines.id, lots.lineId))
    .where(and(eq(needLines.needId, needId), eq(lotStock.place, placeCode({ kind: "point", id: pointId })), gt(lotStock.quantity, 0n)))
    .orderBy(asc(lots.id))
    .for("update", { of: lotStock });
  const packed = rows.length === 0 ? [] : await packedUnits(tx, rows.map((row) => row.id));
  return rows.flatMap((row) => {
    const free = row.stock - (packed.find((other) => other.lotId === row.id)?.quantity ?? 0n);
    return free > 0n ? [{ id: row.id, label: row.label, lineId: row.lineId, bestBefore: row.bestBefore, free }] : [];
  });
}

async function packedUnits(tx: Transaction, lotIds: string[]): Promise<{ lotId: string; quantity: bigint }[]> {
  const rows = await tx
    .select({ lotId: deliveryItems.lotId, quantity: sql<string>`sum(${deliveryItems.quantity})` })
    .from(deliveryItems)
    .innerJoin(deliveries, eq(deliveries.id, deliveryItems.deliveryId))
    .where(and(inArray(deliveryItems.lotId, lotIds), eq(deliveries.state, "packed")))
    .groupBy(deliveryItems.lotId);
  return rows.map((row) => ({ lotId: row.lotId, quantity: BigInt(row.quantity) }));
}

export const itemsOf = (tx: Transaction, deliveryId: string) => tx.select().from(deliveryItems).where(eq(deliveryItems.deliveryId, deliveryId)).orderBy(asc(deliveryItems.id));

/** The delivery, locked; to people without a part in it, it does not exist. */
export async function findDelivery(tx: Transaction, deliveryId: string): Promise<Delivery> {
  const [delivery] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for("update");
  if (!delivery) throw new DomainError("NOT_FOUND");
  return delivery;
}

/**
 * Sends a packed delivery (or one that failed before) on its way with a named deliverer: goods move from the point to them.
 * Whoever showed or printed the recipient's secret cannot be the deliverer.
 */
export async function dispatchDelivery(ctx: UseCaseContext, deliveryId: string, courierId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    requireRole(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId });
    const [mayCarry] = await tx
      .select({ id: roleGrants.id })
      .from(roleGrants)
      .where(and(eq(roleGrants.userId, courierId), inArray(roleGrants.role, ["courier", "caseworker"]), sql`${roleGrants.revokedAt} is null`))
      .limit(1);
    if (!mayCarry) throw new DomainError("NOT_FOUND");
    if (delivery.secretShownBy === courierId) throw new DomainError("FOUR_EYES");
    const moved = await transition(tx, ctx, DELIVERY, delivery, "dispatch", { by: "storekeeper", needId: delivery.needId, set: { courierId, dispatchedAt: ctx.now() } });
    for (const item of await itemsOf(tx, deliveryId)) {
      await moveGoods(tx, ctx, { lotId: item.lotId, from: { kind: "point", id: delivery.pointId }, to: { kind: "courier", id: deliveryId }, quantity: remaining(item), source: { type: "dispatch", id: moved.journalId } });
    }
  });
}

/** Units of an item that are neither delivered nor back nor lost. */
export const remaining = (item: { quantity: bigint; deliveredQuantity: bigint; returnedQuantity: bigint; lostQuantity: bigint }): bigint => item.quantity - item.deliveredQuantity - item.returnedQuantity - item.lostQuantity;

/** Unpacks a delivery that never left: its lots are free again. */
export async function cancelDelivery(ctx: UseCaseContext, deliveryId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    requireRole(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId });
    await transition(tx, ctx, DELIVERY, delivery, "cancel", { by: "storekeeper", needId: delivery.needId });
  });
}

/** The recipient or a caseworker for them says that it came: within seven days, and never said by a clock. */
export async function acknowledgeDelivery(ctx: UseCaseContext, deliveryId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const by = await townRoleFor(tx, ctx, delivery);
    if (requireUser(ctx.actor).userId === delivery.courierId) throw new DomainError("FOUR_EYES");
    await transition(tx, ctx, DELIVERY, delivery, "confirm", { by, needId: delivery.needId });
  });
}

/** Caseworker or reviewer of the need's town, or an operator. */
export async function townRoleFor(tx: Transaction, ctx: UseCaseContext, delivery: Delivery): Promise<ActingRole> {
  const [need] = await tx.select({ townCode: needs.townCode }).from(needs).where(eq(needs.id, delivery.needId));
  const town = { kind: "town", id: need?.townCode ?? "" } as const;
  for (const role of ["caseworker", "town_reviewer"] as const) if (holds(ctx.actor, role, town)) return role;
  if (holds(ctx.actor, "operator")) return "operator";
  throw new DomainError("NOT_FOUND");
}

/** Until when a handed-over delivery should be acknowledged. */
export const acknowledgeBy = async (tx: Transaction, ctx: UseCaseContext): Promise<Date> => plusDays(ctx.now(), await limit(tx, ctx, "confirmDeliveryDays"));
