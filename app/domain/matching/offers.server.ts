import { eq } from "drizzle-orm";
import type { z } from "zod";
import { requireRole, requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { recordBirth, transition, type Machine } from "~/domain/kernel/transition.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { parcels } from "~db/schema/delivery";
import { gifts } from "~db/schema/giving";
import { offers, type OfferState } from "~db/schema/matching";
import { objectKinds } from "~db/schema/reference";
import type { MakeOfferInput } from "./schemas";

export const OFFER: Machine<OfferState> = {
  entity: "offer",
  table: offers,
  transitions: {
    offered: { accept: "accepted", decline: "declined", withdraw: "withdrawn" },
    accepted: { receive: "received", withdraw: "withdrawn" },
    received: {},
    declined: {},
    withdrawn: {},
  },
};

/** Second-hand goods that must never reach a household, however good (domain 5): checked before anybody carries them. */
const NEW_ONLY = new Set(["milk_powder", "diapers", "hearing_aid", "monitor", "commode", "rice_oil"]);

/**
 * A donor offers goods to no wish in particular. It gets a gift code of its own, so that the donor sees the whole way as with
 * every gift. Nothing is promised to anybody yet.
 * @throws {DomainError} KIND_REFUSED for what is not taken, or not second-hand
 */
export async function makeOffer(ctx: UseCaseContext, input: z.infer<typeof MakeOfferInput>): Promise<{ offerId: string; giftCode: string }> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "makeOffer", input, async () => {
      const [kind] = await tx.select().from(objectKinds).where(eq(objectKinds.code, input.objectKind));
      if (!kind || kind.refused || kind.lineKind !== "goods" || (input.condition !== "new" && NEW_ONLY.has(kind.code))) throw new DomainError("KIND_REFUSED");
      const giftId = ctx.newId();
      const giftCode = makeCode("G", ctx.randomBytes(6));
      const now = ctx.now();
      await tx.insert(gifts).values({
        id: giftId,
        code: giftCode,
        donorId: userId,
        kind: "goods",
        createdAt: now,
        confirmedAt: now,
        arrivalWay: "drop_off",
        displayChoice: input.displayChoice,
        displayName: input.displayChoice === "kind_person" ? null : (input.displayName ?? null),
        ifGone: "next_oldest",
        notRelativeDeclaredAt: now,
        receiptWanted: false,
      });
      const offer = { id: ctx.newId(), state: "offered" as const };
      await tx.insert(offers).values({
        ...offer,
        code: makeCode("F", ctx.randomBytes(6)),
        donorId: userId,
        objectKind: input.objectKind,
        description: input.description,
        condition: input.condition,
        unitCode: input.unitCode,
        quantity: input.quantity,
        townCode: input.townCode,
        giftId,
        createdAt: now,
      });
      await recordBirth(tx, ctx, OFFER, offer, "make", { by: "donor", giftId });
      return { offerId: offer.id, giftCode };
    }),
  );
}

/** Staff take an offer to a service point, or decline it with a coded reason. */
export async function decideOffer(ctx: UseCaseContext, offerId: string, decision: { accept: true; pointId: string } | { accept: false; reason: string }): Promise<void> {
  requireRole(ctx.actor, "operator");
  await inTransaction(ctx, async (tx) => {
    const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId));
    if (!offer) throw new DomainError("NOT_FOUND");
    const facts = { by: "operator", ...(offer.giftId ? { giftId: offer.giftId } : {}) } as const;
    if (decision.accept) await transition(tx, ctx, OFFER, offer, "accept", { ...facts, set: { pointId: decision.pointId } });
    else await transition(tx, ctx, OFFER, offer, "decline", { ...facts, reason: decision.reason, set: { declineReason: decision.reason } });
  });
}

/** Offered goods arrive at the point they were accepted to; then they are inspected like any parcel and become a lot. */
export async function receiveOffer(ctx: UseCaseContext, offerId: string, input: { counted: bigint; occurredAt: Date; requestKey: string }): Promise<{ parcelId: string }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "receiveOffer", { ...input, offerId }, async () => {
      const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId)).for("update");
      if (offer?.pointId == null) throw new DomainError("NOT_FOUND");
      const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: offer.pointId });
      if (input.counted > offer.quantity) throw new DomainError("MORE_THAN_PROMISED", { left: Number(offer.quantity) });
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: offer.createdAt });
      const giftFacts = offer.giftId ? { giftId: offer.giftId } : {};
      await transition(tx, ctx, OFFER, offer, "receive", { by: "storekeeper", occurredAt, ...giftFacts });
      const parcelId = ctx.newId();
      await tx.insert(parcels).values({ id: parcelId, offerId, pointId: offer.pointId, counted: input.counted, receivedBy: userId, occurredAt, createdAt: ctx.now() });
      await recordEvent(tx, ctx, {
        entity: "parcel",
        entityId: parcelId,
        entityVersion: 1,
        event: "parcel.receive",
        fromState: null,
        toState: null,
        by: "storekeeper",
        occurredAt,
        ...giftFacts,
        data: { counted: Number(input.counted) },
      });
      return { parcelId };
    }),
  );
}
