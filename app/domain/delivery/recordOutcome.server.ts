import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { transition } from "~/domain/kernel/transition.server";
import { handovers } from "~db/schema/delivery";
import { DELIVERY, findDelivery, lastDeliveryStepOf } from "./machine.server";
import { requireDeliverer } from "./people.server";
import type { OutcomeInput } from "./schemas";
import { EVENT_OF_OUTCOME } from "./states";

/**
 * Nothing changed hands, and that is a normal outcome with a next step: nobody at home is tried again;
 * refused, damaged, died or moved brings the goods back to the point. The goods stay with the deliverer until
 * then. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND unless the assigned deliverer, WRONG_STATE, IN_THE_FUTURE
 */
export async function recordOutcome(
  ctx: UseCaseContext,
  deliveryId: string,
  input: OutcomeInput,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "recordOutcome", { ...input, deliveryId }, async () => {
      const delivery = await findDelivery(tx, deliveryId);
      const deliveredBy = requireDeliverer(ctx, delivery);
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, {
        after: await lastDeliveryStepOf(tx, delivery),
      });

      await transition(tx, ctx, DELIVERY, delivery, EVENT_OF_OUTCOME[input.outcome], {
        by: "courier",
        needId: delivery.needId,
        occurredAt,
        reason: input.outcome,
      });

      await tx.insert(handovers).values({
        id: ctx.newId(),
        deliveryId,
        outcome: input.outcome,
        deliveredBy,
        occurredAt,
        createdAt: ctx.now(),
      });
    }),
  );
}
