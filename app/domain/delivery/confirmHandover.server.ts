import { moveGoods } from "~/domain/books/moveGoods.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { seal } from "~/domain/kernel/sealing.server";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { handovers } from "~db/schema/delivery";
import {
  DELIVERY,
  type Delivery,
  type DeliveryItem,
  findDelivery,
  itemsOf,
  lastDeliveryStepOf,
  stepItem,
} from "./machine.server";
import { requireDeliverer } from "./people.server";
import { countWrongSecret, requireProof, WrongSecret } from "./proof.server";
import type { HandoverInput } from "./schemas";
import { remaining } from "./states";

/**
 * The goods, whole or in part, are in the hands they are for: written down by the assigned deliverer, with a
 * proof (proof.server.ts). Units go from received to delivered, lot by lot; what is left stays with the
 * deliverer until the store takes it back. From now on it waits to be acknowledged.
 *
 * A wrong secret costs a try that survives the refusal. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND unless the assigned deliverer, SECRET_WRONG with `left`, SECRET_LOCKED,
 *   SECOND_WITNESS_NEEDED, PROOF_MISSING, NOTHING_HANDED_OVER, NOT_ENOUGH_LEFT, WRONG_STATE
 */
export async function confirmHandover(
  ctx: UseCaseContext,
  deliveryId: string,
  input: HandoverInput,
): Promise<void> {
  const refusal = await inTransaction(ctx, async (tx) => {
    try {
      await once(tx, ctx, "confirmHandover", { ...input, deliveryId }, () =>
        handOver(tx, ctx, deliveryId, input),
      );

      return undefined;
    } catch (error) {
      if (!(error instanceof WrongSecret)) throw error;
      return countWrongSecret(tx, ctx, error.delivery);
    }
  });
  // Thrown after the commit, so that the counted try is kept.
  if (refusal) throw refusal;
}

async function handOver(
  tx: Transaction,
  ctx: UseCaseContext,
  deliveryId: string,
  input: HandoverInput,
): Promise<null> {
  const delivery = await findDelivery(tx, deliveryId);
  const deliverer = requireDeliverer(ctx, delivery);
  if (delivery.state !== "dispatched") throw new DomainError("WRONG_STATE");
  const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
    after: await lastDeliveryStepOf(tx, delivery),
  });
  const given = partsOf(await itemsOf(tx, deliveryId), input);
  await requireProof(tx, ctx, delivery, deliverer, input);

  const confirmBy = plusDays(occurredAt, await limit(tx, ctx, "confirmDeliveryDays"));
  const handoverId = await writeHandover(tx, ctx, delivery, deliverer, input, occurredAt);
  const whole = given.every(({ item, quantity }) => quantity === remaining(item));

  await transition(tx, ctx, DELIVERY, delivery, "hand_over", {
    by: "courier",
    needId: delivery.needId,
    occurredAt,
    data: { proof: input.proof, receiver: input.receiver, whole },
    set: { confirmBy },
  });

  for (const { item, quantity } of given) {
    if (quantity === 0n) continue;
    await moveGoods(tx, ctx, {
      lotId: item.lotId,
      from: { kind: "courier", id: deliveryId },
      to: { kind: "recipient" },
      quantity,
      source: { type: "handover", id: handoverId },
      occurredAt,
    });

    const units = await moveUnits(tx, item.lineId, "in_hub", "delivered", quantity);

    await stepItem(tx, ctx, {
      delivery,
      item,
      event: "hand_over",
      quantity,
      by: "courier",
      units,
      occurredAt,
      set: { deliveredQuantity: item.deliveredQuantity + quantity },
    });
  }

  return null;
}

/** Each item with the units that changed hands; what is not named is handed over whole. */
function partsOf(
  items: readonly DeliveryItem[],
  input: HandoverInput,
): { item: DeliveryItem; quantity: bigint }[] {
  if (input.items.some(({ itemId }) => !items.some((item) => item.id === itemId)))
    throw new DomainError("NOT_FOUND");
  const given = items.map((item) => ({
    item,
    quantity: input.items.find(({ itemId }) => itemId === item.id)?.quantity ?? remaining(item),
  }));
  for (const { item, quantity } of given)
    if (quantity > remaining(item))
      throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(remaining(item)) });
  if (given.every(({ quantity }) => quantity === 0n)) throw new DomainError("NOTHING_HANDED_OVER");
  return given;
}

async function writeHandover(
  tx: Transaction,
  ctx: UseCaseContext,
  delivery: Delivery,
  deliveredBy: string,
  input: HandoverInput,
  occurredAt: Date,
): Promise<string> {
  const id = ctx.newId();
  const withFile = input.proof === "photo" || input.proof === "signed_list";

  await tx.insert(handovers).values({
    id,
    deliveryId: delivery.id,
    outcome: "handed_over",
    proof: input.proof,
    deliveredBy,
    receiver: input.receiver,
    witnessedBy: input.witnessId ?? null,
    secondWitnessSealed:
      input.secondWitness === undefined
        ? null
        : seal(ctx.keys, `handover.second_witness:${id}`, input.secondWitness),
    signedCount:
      input.proof === "signed_list" && input.signedCount !== undefined ? Number(input.signedCount) : null,
    fileId: withFile ? (input.fileId ?? null) : null,
    occurredAt,
    createdAt: ctx.now(),
  });

  return id;
}
