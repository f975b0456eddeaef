import { and, eq, inArray } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { isHashOf, keyedHash } from "~/domain/kernel/sealing.server";
import { transition } from "~/domain/kernel/transition.server";
import { foldedSecret } from "~/domain/kernel/typed/signs";
import { deliveries } from "~db/schema/delivery";
import { DELIVERY, type Delivery, findDelivery } from "./machine.server";
import { townRoleFor } from "./people.server";
import { OUT_STATES } from "./states";

/**
 * Keyed with the delivery's id, so that a secret opens one delivery and no other, and the table alone opens
 * none.
 */
const purposeOf = (deliveryId: string): string => `delivery.secret:${deliveryId}`;
const secretHash = (ctx: UseCaseContext, deliveryId: string, secret: string): string =>
  keyedHash(ctx.keys, purposeOf(deliveryId), secret);

/**
 * Makes the recipient's secret anew and answers with it once: a token of 160 bits for the QR on the
 * large-print slip, and four digits to say. Shown by somebody of the town who does not deliver it; kept only
 * as keyed hashes. Showing it again makes the earlier slip worthless and gives five new tries.
 *
 * @throws {DomainError} FOUR_EYES for the assigned deliverer, NOT_FOUND outside the town, WRONG_STATE once
 *   it is handed over or back
 */
export async function showSecret(
  ctx: UseCaseContext,
  deliveryId: string,
): Promise<{ token: string; digits: string }> {
  return inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const by = await townRoleFor(tx, ctx, delivery);
    const { userId } = requireUser(ctx.actor);
    if (delivery.courierId === userId) throw new DomainError("FOUR_EYES");
    const token = ctx.randomBytes(20).toString("base64url");
    const digits = fourDigits(ctx);

    await transition(tx, ctx, DELIVERY, delivery, "show_secret", {
      by,
      needId: delivery.needId,
      set: {
        secretHash: secretHash(ctx, deliveryId, token),
        digitsHash: secretHash(ctx, deliveryId, digits),
        secretShownBy: userId,
        secretTries: 0,
      },
    });

    return { token, digits };
  });
}

/** Evenly spread: draws again above the largest multiple of 10,000. */
function fourDigits(ctx: UseCaseContext): string {
  for (;;) {
    const drawn = ctx.randomBytes(4).readUInt32BE();
    if (drawn < 4_294_960_000) return String(drawn % 10_000).padStart(4, "0");
  }
}

/**
 * Whether what was scanned or said is this delivery's secret; full-width digits, spaces and invisible signs
 * are read kindly.
 */
export function isSecret(ctx: UseCaseContext, delivery: Delivery, given: string | undefined): boolean {
  if (delivery.secretHash === null || delivery.digitsHash === null || given === undefined) return false;
  const said = foldedSecret(given);
  return [delivery.secretHash, delivery.digitsHash].some((kept) =>
    isHashOf(ctx.keys, kept, purposeOf(delivery.id), said),
  );
}

/**
 * The delivery whose QR was scanned, if it is out with this very person; to everybody else a slip says
 * nothing. Changes nothing: a try is counted only when a secret is handed in.
 */
export async function deliveryOfToken(ctx: UseCaseContext, token: string): Promise<string | undefined> {
  if (ctx.actor.kind !== "user") return undefined;
  const mine = await ctx.db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.courierId, ctx.actor.userId), inArray(deliveries.state, [...OUT_STATES])));
  return mine.find((delivery) => isSecret(ctx, delivery, token))?.id;
}
