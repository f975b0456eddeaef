import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { keyedHash } from "~/domain/kernel/sealing.server";
import { transition } from "~/domain/kernel/transition.server";
import { DELIVERY } from "./machine.server";
import { findDelivery, townRoleFor } from "./packDelivery.server";

export const secretHash = (ctx: UseCaseContext, deliveryId: string, secret: string): string => keyedHash(ctx.keys, `delivery.secret:${deliveryId}`, secret);

/**
 * Makes the recipient's secret anew and shows it once: a token for the QR on the large-print slip and four digits to say.
 * Shown by somebody of the town who does not deliver it (decisions 14); kept only as keyed hashes. Showing it again makes the
 * earlier slip worthless and gives five new tries.
 *
 * @throws {DomainError} FOUR_EYES for the assigned deliverer, NOT_FOUND outside the town
 */
export async function showSecret(ctx: UseCaseContext, deliveryId: string): Promise<{ token: string; digits: string }> {
  return inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const by = await townRoleFor(tx, ctx, delivery);
    const { userId } = requireUser(ctx.actor);
    if (delivery.courierId === userId) throw new DomainError("FOUR_EYES");
    const token = ctx.randomBytes(20).toString("base64url");
    const digits = String(ctx.randomBytes(4).readUInt32BE() % 10_000).padStart(4, "0");
    await transition(tx, ctx, DELIVERY, delivery, "show_secret", {
      by,
      needId: delivery.needId,
      set: { secretHash: secretHash(ctx, deliveryId, token), digitsHash: secretHash(ctx, deliveryId, digits), secretShownBy: userId, secretTries: 0 },
    });
    return { token, digits };
  });
}
