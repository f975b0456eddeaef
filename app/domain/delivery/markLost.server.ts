import { moveGoods } from "~/domain/books/moveGoods.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { transition } from "~/domain/kernel/transition.server";
import { DELIVERY, findDelivery, itemsOf, lastDeliveryStepOf, stepItem } from "./machine.server";
import type { LoseInput } from "./schemas";
import { remaining } from "./states";

/**
 * An operator declares goods lost that a deliverer had, all of them or some: they leave the books for `lost`,
 * their units are asked for again and their donors are told. A delivery of which nothing is left and nothing
 * arrived ends as lost. Nobody declares lost what they carried themselves. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless operator, FOUR_EYES for the deliverer, NOT_ENOUGH_LEFT,
 *   WRONG_STATE when nothing is out
 */
export async function markLost(ctx: UseCaseContext, deliveryId: string, input: LoseInput): Promise<void> {
  const { userId } = requireRole(ctx.actor, "operator");

  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "markLost", { ...input, deliveryId }, async () => {
      const delivery = await findDelivery(tx, deliveryId);
      if (delivery.courierId === userId) throw new DomainError("FOUR_EYES");
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
        after: await lastDeliveryStepOf(tx, delivery),
      });
      const items = await itemsOf(tx, deliveryId);
      if (input.items.some(({ itemId }) => !items.some((item) => item.id === itemId)))
        throw new DomainError("NOT_FOUND");
      const gone = items
        .map((item) => ({
          item,
          quantity:
            input.items.length === 0
              ? remaining(item)
              : (input.items.find(({ itemId }) => itemId === item.id)?.quantity ?? 0n),
        }))
        .filter(({ quantity }) => quantity > 0n);
      if (gone.length === 0) throw new DomainError("WRONG_STATE");

      const nothingRemains = items.every(
        (item) => remaining(item) === (gone.find((part) => part.item.id === item.id)?.quantity ?? 0n),
      );
      const nothingElse = items.every(
        (item) => item.deliveredQuantity === 0n && item.returnedQuantity === 0n,
      );
      const event = nothingRemains && nothingElse ? "lose" : "lose_part";
      const { journalId } = await transition(tx, ctx, DELIVERY, delivery, event, {
        by: "operator",
        needId: delivery.needId,
        occurredAt,
        reason: input.reason,
      });

      for (const { item, quantity } of gone) {
        if (quantity > remaining(item))
          throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(remaining(item)) });
        await moveGoods(tx, ctx, {
          lotId: item.lotId,
          from: { kind: "courier", id: deliveryId },
          to: { kind: "lost" },
          quantity,
          source: { type: "lose", id: journalId },
          reason: input.reason,
          occurredAt,
        });

        const units = await moveUnits(tx, item.lineId, "in_hub", "open", quantity);

        await stepItem(tx, ctx, {
          delivery,
          item,
          event: "lose",
          quantity,
          by: "operator",
          units,
          occurredAt,
          reason: input.reason,
          set: { lostQuantity: item.lostQuantity + quantity },
        });
      }
    }),
  );
}
