import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import { placeCode } from "~/domain/books/moveGoods.server";
import { requireRole } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import {
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { once } from "~/domain/kernel/once.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { lots, lotStock } from "~db/schema/books";
import { deliveries, deliveryItems } from "~db/schema/delivery";
import { needLines, needs } from "~db/schema/needs";
import { DELIVERY, findDelivery } from "./machine.server";
import type { PackInput } from "./schemas";

/**
 * Packs units that stand at the point for one need, for its one household or group. Locks those lots, so that
 * no unit is ever in two live deliveries, with any number of packers at once. Without `lots`,
 * everything that is there and still good.
 *
 * Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ENOUGH_LEFT with what is free, GOODS_EXPIRED, WRONG_STATE when the need
 *   does not run, NOT_FOUND for a lot of another need, NOT_ALLOWED unless storekeeper of that point
 */
export async function packDelivery(
  ctx: UseCaseContext,
  input: PackInput,
): Promise<{ deliveryId: string; code: string }> {
  const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: input.pointId });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "packDelivery", input, async () => {
      // Shared: packers do not wait for each other here, but a withdrawal waits for them and they for it.
      const [need] = await tx.select().from(needs).where(eq(needs.id, input.needId)).for("share");
      if (!need) throw new DomainError("NOT_FOUND");
      if (need.state !== "published") throw new DomainError("WRONG_STATE");
      const chosen = choose(await readyLots(tx, input, { lock: true }), input, shanghaiDay(ctx.now()));

      const deliveryId = ctx.newId();
      const code = makeCode("D", ctx.randomBytes);
      const delivery = { id: deliveryId, state: "packed" as const };

      await tx.insert(deliveries).values({
        ...delivery,
        code,
        needId: need.id,
        householdId: need.householdId,
        pointId: input.pointId,
        packedBy: userId,
        createdAt: ctx.now(),
      });

      await recordBirth(tx, ctx, DELIVERY, delivery, "pack", {
        by: "storekeeper",
        needId: need.id,
        data: { pointId: input.pointId },
      });

      for (const { lot, quantity } of chosen) {
        const itemId = ctx.newId();
        const { giftId } = await giftOfLot(tx, lot.id);

        await tx
          .insert(deliveryItems)
          .values({ id: itemId, deliveryId, lotId: lot.id, lineId: lot.lineId, quantity });

        await recordEvent(tx, ctx, {
          entity: "delivery_item",
          entityId: itemId,
          entityVersion: 1,
          event: "delivery_item.pack",
          fromState: null,
          toState: null,
          by: "storekeeper",
          needId: need.id,
          ...(giftId ? { giftId } : {}),
          data: { delivery: code, lot: lot.label, quantity: Number(quantity) },
        });
      }

      return { deliveryId, code };
    }),
  );
}

export type ReadyLot = Readonly<{
  id: string;
  label: string;
  lineId: string;
  free: bigint;
  bestBefore: string | null;
}>;

/** What goes in: as asked, else everything still good. */
function choose(
  ready: readonly ReadyLot[],
  input: PackInput,
  today: string,
): { lot: ReadyLot; quantity: bigint }[] {
  const isExpired = (lot: ReadyLot) => lot.bestBefore !== null && lot.bestBefore < today;
  const chosen =
    input.lots === undefined
      ? ready.filter((lot) => !isExpired(lot)).map((lot) => ({ lot, quantity: lot.free }))
      : input.lots
          .filter(({ quantity }) => quantity > 0n)
          .map(({ lotId, quantity }) => ({ lot: ready.find((known) => known.id === lotId), quantity }));
  const sure = chosen.flatMap(({ lot, quantity }) => (lot ? [{ lot, quantity }] : []));
  if (sure.length < chosen.length) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });
  if (sure.length === 0 && ready.some(isExpired)) throw new DomainError("GOODS_EXPIRED");
  if (sure.length === 0) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });
  if (new Set(sure.map(({ lot }) => lot.id)).size < sure.length) throw new DomainError("NOT_FOUND");
  for (const { lot, quantity } of sure) {
    if (isExpired(lot)) throw new DomainError("GOODS_EXPIRED");
    if (quantity > lot.free) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(lot.free) });
  }

  return sure;
}

/**
 * Lots of a need at a point with the units that no packed delivery holds; with `lock`, kept from a second
 * packer.
 */
export async function readyLots(
  tx: Transaction | Database,
  { needId, pointId }: { needId: string; pointId: string },
  { lock }: { lock: boolean },
): Promise<ReadyLot[]> {
  const query = tx
    .select({
      id: lots.id,
      label: lots.label,
      lineId: needLines.id,
      bestBefore: lots.bestBefore,
      stock: lotStock.quantity,
    })
    .from(lotStock)
    .innerJoin(lots, eq(lots.id, lotStock.lotId))
    .innerJoin(needLines, eq(needLines.id, lots.lineId))
    .where(
      and(
        eq(needLines.needId, needId),
        eq(lotStock.place, placeCode({ kind: "point", id: pointId })),
        gt(lotStock.quantity, 0n),
      ),
    )
    .orderBy(asc(needLines.position), asc(lots.id));
  const rows = lock ? await query.for("update", { of: lotStock }) : await query;
  const packed = await packedUnits(
    tx,
    rows.map((row) => row.id),
    pointId,
  );
  return rows.flatMap(({ stock, ...lot }) => {
    const free = stock - (packed.get(lot.id) ?? 0n);
    return free > 0n ? [{ ...lot, free }] : [];
  });
}

/** Units of these lots that stand at the point inside packed deliveries. */
async function packedUnits(
  tx: Transaction | Database,
  lotIds: string[],
  pointId: string,
): Promise<ReadonlyMap<string, bigint>> {
  if (lotIds.length === 0) return new Map();
  const rows = await tx
    .select({ lotId: deliveryItems.lotId, quantity: sql<string>`sum(${deliveryItems.quantity})` })
    .from(deliveryItems)
    .innerJoin(deliveries, eq(deliveries.id, deliveryItems.deliveryId))
    .where(
      and(
        inArray(deliveryItems.lotId, lotIds),
        eq(deliveries.pointId, pointId),
        eq(deliveries.state, "packed"),
      ),
    )
    .groupBy(deliveryItems.lotId);
  return new Map(rows.map((row) => [row.lotId, BigInt(row.quantity)]));
}

/** Unpacks a delivery that never left: its units are free again. */
export async function cancelDelivery(ctx: UseCaseContext, deliveryId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    requireRole(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId });
    await transition(tx, ctx, DELIVERY, delivery, "cancel", { by: "storekeeper", needId: delivery.needId });
  });
}
