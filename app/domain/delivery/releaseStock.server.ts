import { and, asc, eq, gt, like } from "drizzle-orm";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { reassignUnits } from "~/domain/books/reassignUnits.server";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { transition } from "~/domain/kernel/transition.server";
import { lots, lotStock } from "~db/schema/books";
import { deliveries } from "~db/schema/delivery";
import { needLines } from "~db/schema/needs";
import { DELIVERY } from "./machine.server";

/**
 * A need ended: what stands at service points for it becomes free stock, to be matched with others; its
 * donors are told. Packed parcels are unpacked. What is on its way is not touched: it is released when the
 * store takes it back.
 */
export async function releaseStock(
  tx: Transaction,
  ctx: UseCaseContext,
  needId: string,
  { by, reason }: { by: ActingRole; reason: string },
): Promise<void> {
  const packed = await tx
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.needId, needId), eq(deliveries.state, "packed")))
    .orderBy(asc(deliveries.id))
    .for("update");
  for (const delivery of packed)
    await transition(tx, ctx, DELIVERY, delivery, "cancel", { by, needId, reason });

  const standing = await tx
    .select({
      lotId: lots.id,
      label: lots.label,
      lineId: needLines.id,
      place: lotStock.place,
      quantity: lotStock.quantity,
    })
    .from(lotStock)
    .innerJoin(lots, eq(lots.id, lotStock.lotId))
    .innerJoin(needLines, eq(needLines.id, lots.lineId))
    .where(and(eq(needLines.needId, needId), like(lotStock.place, "point:%"), gt(lotStock.quantity, 0n)))
    .orderBy(asc(needLines.id), asc(lots.id), asc(lotStock.place))
    .for("update", { of: lotStock });

  for (const stock of standing) {
    const releaseId = ctx.newId();
    const { giftId } = await giftOfLot(tx, stock.lotId);
    const freed = await reassignUnits(tx, ctx, {
      lotId: stock.lotId,
      pointId: stock.place.slice("point:".length),
      quantity: stock.quantity,
      lineId: null,
      source: { type: "release", id: releaseId },
    });
    const units = await moveUnits(tx, stock.lineId, "in_hub", "open", stock.quantity);

    await recordEvent(tx, ctx, {
      entity: "lot_release",
      entityId: releaseId,
      entityVersion: 1,
      event: "lot.release",
      fromState: null,
      toState: null,
      by,
      reason,
      needId,
      units,
      ...(giftId ? { giftId } : {}),
      data: { lot: stock.label, free: freed.label, quantity: Number(stock.quantity) },
    });
  }
}
