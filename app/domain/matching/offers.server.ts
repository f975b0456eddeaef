import { eq } from "drizzle-orm";
import type { z } from "zod";
import { createGift } from "~/domain/giving/gift.server";
import { shownAs } from "~/domain/giving/shownName";
import { holds, requireRole, requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { plusDays } from "~/domain/kernel/time";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { offers } from "~db/schema/matching";
import { objectKinds, servicePoints } from "~db/schema/reference";
import type { MakeOfferInput, OfferDecision } from "./schemas";

export const OFFER = machine({
  entity: "offer",
  table: offers,
  transitions: {
    offered: { accept: "accepted", decline: "declined", withdraw: "withdrawn" },
    accepted: {
      receive_part: "accepted",
      return_part: "accepted",
      correct: "accepted",
      correct_whole: "received",
      receive: "received",
      end_rest: "received",
      withdraw: "withdrawn",
      remind: "accepted",
      lapse: "withdrawn",
    },
    received: { return_part: "received", correct: "received", reopen: "accepted" },
    declined: {},
    withdrawn: {},
  },
});

/** Second-hand goods that must never reach a household, however good: checked before anybody carries them. */
const NEW_ONLY = new Set(["milk_powder", "diapers", "hearing_aid", "monitor", "commode", "rice_oil"]);

/**
 * A donor offers goods to no wish in particular. It gets a gift code of its own, so that the donor sees the
 * whole way as with every gift. Nothing is promised to anybody yet.
 * @throws {DomainError} KIND_REFUSED for what is not taken, or not second-hand
 */
export async function makeOffer(
  ctx: UseCaseContext,
  input: z.infer<typeof MakeOfferInput>,
): Promise<{ offerId: string; giftCode: string }> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "makeOffer", input, async () => {
      const [kind] = await tx.select().from(objectKinds).where(eq(objectKinds.code, input.objectKind));
      if (
        !kind ||
        kind.refused ||
        kind.lineKind !== "goods" ||
        (input.condition !== "new" && NEW_ONLY.has(kind.code))
      )
        throw new DomainError("KIND_REFUSED");
      const now = ctx.now();
      const { giftId, giftCode } = await createGift(tx, ctx, {
        donorId: userId,
        kind: "goods",
        confirmedAt: now,
        arrivalWay: "drop_off",
        ...shownAs(input),
      });

      const offer = { id: ctx.newId(), state: "offered" as const };

      await tx.insert(offers).values({
        ...offer,
        code: makeCode("F", ctx.randomBytes),
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

/**
 * Staff take an offer to a service point, or decline it with a coded reason. Its donor reads in a letter and
 * on their gift's page where to bring it and until when. Of two who answer at once, the second is told.
 * @throws {DomainError} NOT_FOUND for an offer or a point that does not exist, WRONG_STATE once it was
 *   answered
 */
export async function decideOffer(
  ctx: UseCaseContext,
  offerId: string,
  decision: OfferDecision,
): Promise<void> {
  requireRole(ctx.actor, "operator");
  await inTransaction(ctx, async (tx) => {
    const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId));
    if (!offer) throw new DomainError("NOT_FOUND");
    const facts = { by: "operator", ...(offer.giftId ? { giftId: offer.giftId } : {}) } as const;

    if (!decision.accept) {
      await transition(tx, ctx, OFFER, offer, "decline", {
        ...facts,
        reason: decision.reason,
        set: { declineReason: decision.reason },
      });

      return;
    }

    const [point] = await tx
      .select({ id: servicePoints.id })
      .from(servicePoints)
      .where(eq(servicePoints.id, decision.pointId));
    if (!point) throw new DomainError("NOT_FOUND");
    const dueAt = plusDays(ctx.now(), await limit(tx, ctx, "bringDays"));
    await transition(tx, ctx, OFFER, offer, "accept", { ...facts, set: { pointId: point.id, dueAt } });
  });
}

/**
 * No more of an offer will come: its donor says so, or the city for them. What came stays, nothing else is
 * expected.
 * @throws {DomainError} NOT_FOUND for somebody else's offer, WRONG_STATE once it was declined, or came
 *   whole
 */
export async function endOffer(ctx: UseCaseContext, offerId: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId)).for("update");
    if (!offer) throw new DomainError("NOT_FOUND");
    const by = offer.donorId === userId ? "donor" : "operator";
    if (by === "operator" && !holds(ctx.actor, "operator")) throw new DomainError("NOT_FOUND");
    const rest = Number(offer.quantity - offer.arrived);

    await transition(tx, ctx, OFFER, offer, offer.arrived > 0n ? "end_rest" : "withdraw", {
      by,
      ...(offer.giftId ? { giftId: offer.giftId } : {}),
      data: { rest },
    });
  });
}
