import { and, eq, gt } from "drizzle-orm";
import { setLotQuantity } from "~/domain/books/lots.server";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { fulfilPledge } from "~/domain/giving/giveBack.server";
import { PLEDGE, type Pledge } from "~/domain/giving/machine.server";
import type { ActingRole } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { transition } from "~/domain/kernel/transition.server";
import { OFFER } from "~/domain/matching/offers.server";
import { lots } from "~db/schema/books";
import { countCorrections } from "~db/schema/corrections";
import { inspections, parcels } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";

export type Parcel = typeof parcels.$inferSelect;
export type Lot = typeof lots.$inferSelect;
export type Correction = typeof countCorrections.$inferSelect;
export type Source = Readonly<{
  donorId: string;
  giftId: string | null;
  needId: string | null;
  pledge?: Pledge;
  offer?: typeof offers.$inferSelect;
}>;

type Application = Readonly<{
  parcel: Parcel;
  source: Source;
  correction: Correction;
  lot: Lot | undefined;
  by: ActingRole;
}>;

/**
 * The counter-entry of a correction that two people agreed to: the parcel's figure, and once it was inspected
 * the lot, the goods book, the promise or offer and its line. Call it only in the step that applies the
 * correction, so that it is done once.
 */
export async function applyCorrection(
  tx: Transaction,
  ctx: UseCaseContext,
  { parcel, source, correction, lot, by }: Application,
): Promise<void> {
  const more = correction.shall - correction.was;

  await tx
    .update(parcels)
    .set({ counted: parcel.counted + more })
    .where(eq(parcels.id, parcel.id));

  if (source.offer) await correctOffer(tx, ctx, source.offer, more, by);
  if (lot === undefined) {
    if (source.pledge) await nothingCame(tx, ctx, source.pledge, parcel, by);
    return;
  }

  await tx.update(inspections).set({ accepted: correction.shall }).where(eq(inspections.parcelId, parcel.id));
  await setLotQuantity(tx, lot.id, lot.quantity + more);

  const origin = { kind: parcel.purchaseId === null ? "donor" : "supplier" } as const;
  const point = { kind: "point", id: parcel.pointId } as const;

  await moveGoods(tx, ctx, {
    lotId: lot.id,
    ...(more > 0n
      ? { from: origin, to: point, quantity: more }
      : { from: point, to: origin, quantity: -more }),
    source: { type: "count_correction", id: correction.id },
    reason: correction.reason,
  });

  if (source.pledge) await correctPledge(tx, ctx, source.pledge, more, by);
}

/**
 * Corrects a promise: what was counted too much stands promised again; what was counted too little has
 * arrived.
 */
async function correctPledge(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  more: bigint,
  by: ActingRole,
): Promise<void> {
  if (more > 0n) {
    await fulfilPledge(tx, ctx, pledge, { quantity: more, into: "in_hub", by });
    return;
  }

  const units = await moveUnits(tx, pledge.lineId, "in_hub", "pledged", -more);

  await transition(tx, ctx, PLEDGE, pledge, "correct", {
    by,
    needId: pledge.needId,
    giftId: pledge.giftId,
    units,
    set: { settled: pledge.settled + more },
  });
}

/** Corrects an offer: what was counted too much may still come, unless no more was to come anyway. */
async function correctOffer(
  tx: Transaction,
  ctx: UseCaseContext,
  offer: NonNullable<Source["offer"]>,
  more: bigint,
  by: ActingRole,
): Promise<void> {
  const arrived = offer.arrived + more;
  const wasWhole = offer.arrived === offer.quantity;
  const event =
    arrived === offer.quantity && offer.state === "accepted"
      ? "correct_whole"
      : wasWhole
        ? "reopen"
        : "correct";

  await transition(tx, ctx, OFFER, offer, event, {
    by,
    ...(offer.giftId ? { giftId: offer.giftId } : {}),
    data: { rest: Number(offer.quantity - arrived) },
    set: { arrived },
  });
}

/**
 * Where a promise was marked as arrived by a parcel that never came, it is as before: its donor may bring it,
 * or call it off.
 */
async function nothingCame(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  parcel: Parcel,
  by: ActingRole,
): Promise<void> {
  if (pledge.state !== "confirmed" || pledge.sentAt === null || pledge.waybill !== null) return;
  const others = await tx.$count(parcels, and(eq(parcels.pledgeId, pledge.id), gt(parcels.counted, 0n)));
  if (others > 0) return;
  const sent = await tx.$count(
    journal,
    and(eq(journal.entity, "pledge"), eq(journal.entityId, pledge.id), eq(journal.event, "pledge.send")),
  );
  if (sent > 0) return;
  await transition(tx, ctx, PLEDGE, pledge, "correct", {
    by,
    needId: pledge.needId,
    giftId: pledge.giftId,
    data: { parcel: parcel.id },
    set: { sentAt: null },
  });
}
