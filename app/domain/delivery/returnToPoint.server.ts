import { eq } from "drizzle-orm";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { transition } from "~/domain/kernel/transition.server";
import { needs } from "~db/schema/needs";
import {
  DELIVERY,
  type Delivery,
  type DeliveryItem,
  findDelivery,
  itemsOf,
  lastDeliveryStepOf,
  stepItem,
} from "./machine.server";
import { releaseStock } from "./releaseStock.server";
import type { ReturnInput } from "./schemas";
import { remaining } from "./states";

/**
 * The store takes back what the deliverer still has: after a failed attempt, or the rest of a part handover.
 * What is whole goes on the shelf for the same line, ready to be packed again; what is damaged is disposed
 * of, its units are asked for again and their donors are told. Where the wish ended meanwhile, what came back
 * becomes free stock. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of the point it left, WRONG_STATE when nothing is
 *   out, NOT_ENOUGH_LEFT when more is damaged than came back
 */
export async function returnToPoint(
  ctx: UseCaseContext,
  deliveryId: string,
  input: ReturnInput,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "returnToPoint", { ...input, deliveryId }, async () => {
      const delivery = await findDelivery(tx, deliveryId);
      requireRole(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId });
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
        after: await lastDeliveryStepOf(tx, delivery),
      });
      const items = (await itemsOf(tx, deliveryId)).filter((item) => remaining(item) > 0n);
      if (items.length === 0) throw new DomainError("WRONG_STATE");
      const event =
        delivery.state === "handed_over" || delivery.state === "confirmed" ? "bring_back_rest" : "bring_back";
      const { journalId } = await transition(tx, ctx, DELIVERY, delivery, event, {
        by: "storekeeper",
        needId: delivery.needId,
        occurredAt,
      });

      for (const item of items) {
        const disposed = input.items.find(({ itemId }) => itemId === item.id)?.disposed ?? 0n;
        await takeBack(tx, ctx, { delivery, item, disposed, sourceId: journalId, occurredAt });
      }

      const [need] = await tx.select({ state: needs.state }).from(needs).where(eq(needs.id, delivery.needId));
      if (need?.state === "withdrawn")
        await releaseStock(tx, ctx, delivery.needId, { by: "storekeeper", reason: "target_gone" });
    }),
  );
}

type Back = Readonly<{
  delivery: Delivery;
  item: DeliveryItem;
  disposed: bigint;
  sourceId: string;
  occurredAt: Date;
}>;

async function takeBack(
  tx: Transaction,
  ctx: UseCaseContext,
  { delivery, item, disposed, sourceId, occurredAt }: Back,
): Promise<void> {
  const whole = remaining(item) - disposed;
  if (whole < 0n) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(remaining(item)) });
  const from = { kind: "courier", id: delivery.id } as const;
  const facts = { delivery, by: "storekeeper", occurredAt } as const;
  let now = item;

  if (whole > 0n) {
    await moveGoods(tx, ctx, {
      lotId: item.lotId,
      from,
      to: { kind: "point", id: delivery.pointId },
      quantity: whole,
      source: { type: "bring_back", id: sourceId },
      occurredAt,
    });

    now = await stepItem(tx, ctx, {
      ...facts,
      item: now,
      event: "bring_back",
      quantity: whole,
      set: { returnedQuantity: item.returnedQuantity + whole },
    });
  }

  if (disposed > 0n) {
    await moveGoods(tx, ctx, {
      lotId: item.lotId,
      from,
      to: { kind: "disposed" },
      quantity: disposed,
      source: { type: "bring_back", id: sourceId },
      reason: "damaged",
      occurredAt,
    });

    const units = await moveUnits(tx, item.lineId, "in_hub", "open", disposed);

    await stepItem(tx, ctx, {
      ...facts,
      item: now,
      event: "dispose",
      quantity: disposed,
      units,
      reason: "damaged",
      set: { disposedQuantity: item.disposedQuantity + disposed },
    });
  }
}
