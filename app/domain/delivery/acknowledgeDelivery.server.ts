import { and, desc, eq, isNotNull, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { transition } from "~/domain/kernel/transition.server";
import { deliveries, handovers } from "~db/schema/delivery";
import { DELIVERY, findDelivery, lastDeliveryStepOf } from "./machine.server";
import { townRoleFor } from "./people.server";
import type { AcknowledgeInput, AttestInput } from "./schemas";

/**
 * What the recipient, or a caseworker who asked them, says of a handover: it came, or it did not, or less
 * came. Only "it came" confirms; the rest is a doubt that an operator sees until somebody can confirm it.
 * Never said by a clock, and never by the one who delivered it.
 *
 * @throws {DomainError} FOUR_EYES for the deliverer, NOT_FOUND outside the town, WRONG_STATE unless handed
 *   over
 */
export async function acknowledgeDelivery(
  ctx: UseCaseContext,
  deliveryId: string,
  input?: Partial<z.infer<typeof AcknowledgeInput>>,
): Promise<void> {
  const { said = "came", occurredAt: told } = input ?? {};

  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const by = await townRoleFor(tx, ctx, delivery);
    if (requireUser(ctx.actor).userId === delivery.courierId) throw new DomainError("FOUR_EYES");
    const occurredAt = await happenedAt(tx, ctx, told, { after: await lastDeliveryStepOf(tx, delivery) });
    const facts = { by, needId: delivery.needId, occurredAt };
    if (said === "came")
      await transition(tx, ctx, DELIVERY, delivery, "confirm", { ...facts, set: { disputedAt: null } });
    else
      await transition(tx, ctx, DELIVERY, delivery, "dispute", {
        ...facts,
        reason: said,
        set: { disputedAt: ctx.now() },
      });
  });
}

/**
 * A colleague who was named as witness says from their own account whether they were there. "I was not" is a
 * doubt like any other.
 * @throws {DomainError} NOT_FOUND unless named as witness and not heard yet
 */
export async function attestHandover(
  ctx: UseCaseContext,
  deliveryId: string,
  { said }: z.infer<typeof AttestInput>,
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const handover = await lastHandover(tx, deliveryId);
    if (handover?.witnessedBy !== userId || handover.witnessSaid !== null) throw new DomainError("NOT_FOUND");
    await tx.update(handovers).set({ witnessSaid: said }).where(eq(handovers.id, handover.id));
    const facts = { by: "caseworker", needId: delivery.needId, data: { said } } as const;

    await transition(tx, ctx, DELIVERY, delivery, "attest", {
      ...facts,
      ...(said === "absent" ? { set: { disputedAt: ctx.now() } } : {}),
    });
  });
}

/** The handover of a delivery; there is one at most, since a part handover ends the attempt. */
export async function lastHandover(
  tx: Transaction | UseCaseContext["db"],
  deliveryId: string,
): Promise<typeof handovers.$inferSelect | undefined> {
  const [handover] = await tx
    .select()
    .from(handovers)
    .where(and(eq(handovers.deliveryId, deliveryId), isNotNull(handovers.proof)))
    .orderBy(desc(handovers.id))
    .limit(1);
  return handover;
}

/**
 * Clock: what nobody acknowledged within `confirmDeliveryDays` is marked "handed over, not confirmed", once.
 * It is never confirmed by itself.
 */
export async function markUnconfirmed(ctx: UseCaseContext): Promise<number> {
  const due = and(
    eq(deliveries.state, "handed_over"),
    isNull(deliveries.unconfirmedSince),
    lt(deliveries.confirmBy, ctx.now()),
  );
  return eachDueRow(ctx, "markUnconfirmed", deliveries, due, async (tx, delivery) => {
    await transition(tx, ctx, DELIVERY, delivery, "overdue", {
      by: "system",
      needId: delivery.needId,
      set: { unconfirmedSince: ctx.now() },
    });
  });
}
