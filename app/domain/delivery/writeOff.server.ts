import { and, eq, sql } from "drizzle-orm";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import { type GoodsPlace, moveGoods, placeCode } from "~/domain/books/moveGoods.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { type ActingRole, requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { once } from "~/domain/kernel/once.server";
import { lots, lotStock } from "~db/schema/books";
import { deliveries, deliveryItems, inspections } from "~db/schema/delivery";
import { needLines } from "~db/schema/needs";
import type { WriteOffInput } from "./schemas";

const GOES_TO: Readonly<
  Record<WriteOffInput["reason"], GoodsPlace["kind"] & ("disposed" | "returned" | "lost")>
> = {
  out_of_date: "disposed",
  damaged: "disposed",
  unsafe: "disposed",
  donor_took_back: "returned",
  missing: "lost",
};

/**
 * Goods leave the store for good: past their date, damaged, unsafe, taken back by their donor, or missing.
 * The units of a line are asked for again, and their donor is told. What is packed must be unpacked, and what
 * is proposed for a wish decided, first. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of the point (for missing goods: unless operator),
 *   NOT_ENOUGH_LEFT with what is free there, IN_THE_FUTURE
 */
export async function writeOff(ctx: UseCaseContext, input: WriteOffInput): Promise<void> {
  const by = requireWriter(ctx, input);

  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "writeOff", input, async () => {
      const [lot] = await tx
        .select({
          id: lots.id,
          label: lots.label,
          lineId: lots.lineId,
          needId: needLines.needId,
          inspectedAt: inspections.occurredAt,
        })
        .from(lots)
        .leftJoin(inspections, eq(inspections.id, lots.inspectionId))
        .leftJoin(needLines, eq(needLines.id, lots.lineId))
        .where(eq(lots.id, input.lotId))
        .for("update", { of: lots });
      if (!lot) throw new DomainError("NOT_FOUND");
      const free = await freeUnits(tx, input);
      if (input.quantity > free) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(free) });
      const id = ctx.newId();
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: lot.inspectedAt });
      const to = { kind: GOES_TO[input.reason] };

      await moveGoods(tx, ctx, {
        lotId: lot.id,
        from: { kind: "point", id: input.pointId },
        to,
        quantity: input.quantity,
        source: { type: "write_off", id },
        reason: input.reason,
        occurredAt,
      });

      const units =
        lot.lineId === null ? undefined : await moveUnits(tx, lot.lineId, "in_hub", "open", input.quantity);
      const { giftId } = await giftOfLot(tx, lot.id);

      await recordEvent(tx, ctx, {
        entity: "write_off",
        entityId: id,
        entityVersion: 1,
        event: "lot.write_off",
        fromState: null,
        toState: null,
        by,
        reason: input.reason,
        occurredAt,
        ...(lot.needId ? { needId: lot.needId } : {}),
        ...(giftId ? { giftId } : {}),
        ...(units ? { units } : {}),
        data: { lot: lot.label, quantity: Number(input.quantity), to: to.kind },
      });
    }),
  );
}

function requireWriter(ctx: UseCaseContext, input: WriteOffInput): ActingRole {
  const role = input.reason === "missing" ? "operator" : "storekeeper";
  requireRole(ctx.actor, role, role === "storekeeper" ? { kind: "point", id: input.pointId } : undefined);
  return role;
}

/** Units of the lot at the point outside packed parcels that no proposal keeps; locked. */
export async function freeUnits(
  tx: Transaction,
  { lotId, pointId }: Pick<WriteOffInput, "lotId" | "pointId">,
): Promise<bigint> {
  const [stock] = await tx
    .select({ quantity: lotStock.quantity, reserved: lotStock.reserved })
    .from(lotStock)
    .where(and(eq(lotStock.lotId, lotId), eq(lotStock.place, placeCode({ kind: "point", id: pointId }))))
    .for("update");
  const [packed] = await tx
    .select({ quantity: sql<string>`coalesce(sum(${deliveryItems.quantity}), 0)` })
    .from(deliveryItems)
    .innerJoin(deliveries, eq(deliveries.id, deliveryItems.deliveryId))
    .where(
      and(eq(deliveryItems.lotId, lotId), eq(deliveries.pointId, pointId), eq(deliveries.state, "packed")),
    );
  return (stock?.quantity ?? 0n) - (stock?.reserved ?? 0n) - BigInt(packed?.quantity ?? 0);
}
