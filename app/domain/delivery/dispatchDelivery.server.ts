import { eq } from "drizzle-orm";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { type ActingRole, holds, requireRole, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { transition } from "~/domain/kernel/transition.server";
import { needs } from "~db/schema/needs";
import { DELIVERY, type Delivery, findDelivery, itemsOf, stepItem } from "./machine.server";
import { requireMayCarry } from "./people.server";
import type { DispatchInput, TryAgainInput } from "./schemas";

const onceWithKey = <T>(
  tx: Transaction,
  ctx: UseCaseContext,
  command: string,
  input: Readonly<Record<string, unknown>> & { requestKey?: string | undefined },
  work: () => Promise<T>,
): Promise<T> =>
  input.requestKey === undefined
    ? work()
    : once(tx, ctx, command, { ...input, requestKey: input.requestKey }, work);

/**
 * Sends a packed delivery on its way with a named deliverer, a courier or a caseworker of the need's town:
 * goods move from the point to them. Whoever showed the recipient's secret, and whoever gave what is in it,
 * cannot be the deliverer.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of that point, NOT_FOUND for somebody who may not
 *   carry it, FOUR_EYES, DONOR_DELIVERS, WRONG_STATE
 */
export async function dispatchDelivery(
  ctx: UseCaseContext,
  deliveryId: string,
  input: DispatchInput,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    onceWithKey(tx, ctx, "dispatchDelivery", { ...input, deliveryId }, async () => {
      const delivery = await findDelivery(tx, deliveryId);
      requireRole(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId });
      await requireMayCarry(tx, delivery, input.courierId);
      await requireRunning(tx, delivery);
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: delivery.createdAt });
      const moved = await transition(tx, ctx, DELIVERY, delivery, "dispatch", {
        by: "storekeeper",
        needId: delivery.needId,
        occurredAt,
        set: { courierId: input.courierId, dispatchedAt: occurredAt },
      });

      for (const item of await itemsOf(tx, deliveryId)) {
        await moveGoods(tx, ctx, {
          lotId: item.lotId,
          from: { kind: "point", id: delivery.pointId },
          to: { kind: "courier", id: deliveryId },
          quantity: item.quantity,
          source: { type: "dispatch", id: moved.journalId },
          occurredAt,
        });

        await stepItem(tx, ctx, {
          delivery,
          item,
          event: "dispatch",
          quantity: item.quantity,
          by: "storekeeper",
          occurredAt,
        });
      }
    }),
  );
}

/** A complaint stops a parcel at the store's door. */
async function requireRunning(tx: Transaction, delivery: Delivery): Promise<void> {
  const [need] = await tx
    .select({ state: needs.state })
    .from(needs)
    .where(eq(needs.id, delivery.needId))
    .for("share");
  if (need?.state !== "published") throw new DomainError("WRONG_STATE");
}

/**
 * After nobody was at home: once more, by the same deliverer or, named by the store, by another. The goods
 * have not moved.
 * @throws {DomainError} NOT_FOUND unless the deliverer or storekeeper of the point, and as for
 *   dispatchDelivery
 */
export async function tryAgain(ctx: UseCaseContext, deliveryId: string, input: TryAgainInput): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "tryAgain", { ...input, deliveryId }, async () => {
      const delivery = await findDelivery(tx, deliveryId);
      const by = carrierOrStore(ctx, delivery);
      const courierId = by === "storekeeper" ? (input.courierId ?? delivery.courierId) : delivery.courierId;
      if (courierId === null) throw new DomainError("NOT_FOUND");
      await requireMayCarry(tx, delivery, courierId);
      await transition(tx, ctx, DELIVERY, delivery, "try_again", {
        by,
        needId: delivery.needId,
        set: { courierId },
      });
    }),
  );
}

function carrierOrStore(ctx: UseCaseContext, delivery: Delivery): ActingRole {
  const { userId } = requireUser(ctx.actor);
  if (holds(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId })) return "storekeeper";
  if (delivery.courierId === userId) return "courier";
  throw new DomainError("NOT_FOUND");
}
