import { eq } from "drizzle-orm";
import type { z } from "zod";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { transition } from "~/domain/kernel/transition.server";
import { OFFER } from "~/domain/matching/offers.server";
import { parcels } from "~db/schema/delivery";
import { offers } from "~db/schema/matching";
import { arrivals } from "./arrivals.server";
import type { ReceiveOfferInput } from "./schemas";
import { writeParcel } from "./writeParcel.server";

/**
 * A parcel of offered goods arrives at the point they were accepted to, and is counted like a promised one: a
 * short parcel leaves the rest expected, the next one is received in the same way, and the donor is told each
 * time. Then each is inspected and becomes a lot. Two storekeepers with the same parcel queue on the offer,
 * and the second is told (`parcelsSeen`). Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of that point, NOT_FOUND for an offer that was
 *   accepted nowhere, WRONG_STATE once all of it came, MORE_THAN_PROMISED with what is still expected
 *   (`left`) and what is too much (`over`), CHANGED_MEANWHILE, IN_THE_FUTURE
 */
export async function receiveOffer(
  ctx: UseCaseContext,
  offerId: string,
  input: z.infer<typeof ReceiveOfferInput>,
): Promise<{ parcelId: string }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "receiveOffer", { ...input, offerId }, async () => {
      const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId)).for("update");
      if (offer?.pointId == null) throw new DomainError("NOT_FOUND");
      const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: offer.pointId });
      if (offer.state !== "accepted")
        throw new DomainError("WRONG_STATE", { state: offer.state, event: "receive" });
      const here = await arrivals(tx, eq(parcels.offerId, offerId));
      if (input.parcelsSeen !== undefined && input.parcelsSeen !== here.parcels)
        throw new DomainError("CHANGED_MEANWHILE");
      const left = offer.quantity - offer.arrived;
      if (input.counted > left)
        throw new DomainError("MORE_THAN_PROMISED", {
          left: Number(left),
          over: Number(input.counted - left),
        });
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: offer.createdAt });
      const giftFacts = offer.giftId ? { giftId: offer.giftId } : {};
      const data = { counted: Number(input.counted), rest: Number(left - input.counted) };

      await transition(tx, ctx, OFFER, offer, input.counted === left ? "receive" : "receive_part", {
        by: "storekeeper",
        occurredAt,
        ...giftFacts,
        data,
        set: { arrived: offer.arrived + input.counted },
      });

      const { pointId } = offer;
      const parcelId = await writeParcel(
        tx,
        ctx,
        { offerId, pointId, counted: input.counted, receivedBy: userId, occurredAt },
        { ...giftFacts, rest: left - input.counted },
      );

      return { parcelId };
    }),
  );
}
