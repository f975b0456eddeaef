import { and, asc, desc, eq, min, ne, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { setDoneOn } from "~/domain/giving/serviceVisits.server";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import {
  correctable,
  type CorrectableMoment,
  type MomentKeeper,
  ofTown,
  type StandingMoment,
} from "~/domain/kernel/moments/correct.server";
import { entryOf, firstAfter } from "~/domain/kernel/moments/entries.server";
import type { MomentStep } from "~/domain/kernel/moments/vocabulary";
import { lots } from "~db/schema/books";
import {
  deliveries,
  deliveryItems,
  feedbacks,
  handovers,
  inspections,
  parcels,
  serviceVisits,
} from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { purchases } from "~db/schema/payments";
import { spendings } from "~db/schema/spendings";
import { deliveryWithGifts, ofStore, ofTownOf, whose } from "./momentParts.server";
import { ofPurchase, ofSpending } from "./momentsOfMoney.server";
import { ofAttempt, ofFeedback } from "./momentsTold.server";
import { lockWritten, ofWritten, writtenSteps } from "./momentsWritten.server";
import { WRITTEN_OFF } from "./momentsWrittenOff.server";

const lockedIn =
  (
    table:
      | typeof parcels
      | typeof deliveries
      | typeof serviceVisits
      | typeof feedbacks
      | typeof purchases
      | typeof spendings,
  ) =>
  (tx: Transaction, id: string) =>
    tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for("update");

async function lockAttempt(tx: Transaction, handoverId: string): Promise<void> {
  const [handover] = await tx
    .select({ deliveryId: handovers.deliveryId })
    .from(handovers)
    .where(eq(handovers.id, handoverId));
  if (handover) await lockedIn(deliveries)(tx, handover.deliveryId);
}

/**
 * The moments of goods and services on their way, each put right by a colleague of whoever wrote it down: of
 * the store for parcels, dispatch, what came back and what left the store, of the town for what was tried,
 * handed over, confirmed, done and heard, of the city for all these and for what was lost; of the charity's
 * finance, and nobody else, for vouchers.
 */
export const DELIVERY_MOMENTS = {
  counted: { lock: lockedIn(parcels), standing: ofParcel },
  inspected: { lock: lockedIn(parcels), standing: ofInspection },
  dispatched: { lock: lockedIn(deliveries), standing: ofDispatch },
  attempted: { lock: lockAttempt, standing: ofAttempt },
  handed_over: { lock: lockedIn(deliveries), standing: ofHandover },
  service_done: { lock: lockedIn(serviceVisits), standing: ofVisit },
  heard: { lock: lockedIn(feedbacks), standing: ofFeedback },
  brought_back: { lock: lockWritten, standing: ofWritten("brought_back") },
  lost: { lock: lockWritten, standing: ofWritten("lost") },
  confirmed: { lock: lockWritten, standing: ofWritten("confirmed") },
  written_off: WRITTEN_OFF,
  bought: { lock: lockedIn(purchases), standing: ofPurchase },
  spent: { lock: lockedIn(spendings), standing: ofSpending },
} as const satisfies Partial<Record<MomentStep, MomentKeeper>>;

type DeliveryStep = keyof typeof DELIVERY_MOMENTS;

/** Those steps of one thing that happened and that the reader may put right from where they work. */
export const correctableOf = (
  ctx: UseCaseContext,
  id: string,
  steps: readonly DeliveryStep[],
): Promise<CorrectableMoment[]> =>
  correctable(
    ctx,
    DELIVERY_MOMENTS,
    steps.map((step) => ({ step, id })),
  );

/**
 * The same of a delivery and of what came of it: sent out, each attempt in vain, handed over, heard; then
 * each return, loss and confirmation.
 */
export async function momentsOfDelivery(
  ctx: UseCaseContext,
  deliveryId: string,
): Promise<CorrectableMoment[]> {
  const told = await unionAll(
    ctx.db
      .select({ step: sql<"attempted" | "heard">`'attempted'`.as("step"), id: handovers.id })
      .from(handovers)
      .where(and(eq(handovers.deliveryId, deliveryId), ne(handovers.outcome, "handed_over"))),
    ctx.db
      .select({ step: sql<"attempted" | "heard">`'heard'`.as("step"), id: feedbacks.id })
      .from(feedbacks)
      .where(eq(feedbacks.deliveryId, deliveryId)),
  ).orderBy(sql`step, id`);
  return correctable(ctx, DELIVERY_MOMENTS, [
    { step: "dispatched", id: deliveryId },
    ...told.filter(({ step }) => step === "attempted"),
    { step: "handed_over", id: deliveryId },
    ...told.filter(({ step }) => step === "heard"),
    ...(await writtenSteps(ctx.db, deliveryId)),
  ]);
}

/** Those of a delivery that its store may put right: sent out, and each return. */
export const momentsAtStore = async (ctx: UseCaseContext, deliveryId: string): Promise<CorrectableMoment[]> =>
  correctable(ctx, DELIVERY_MOMENTS, [
    { step: "dispatched", id: deliveryId },
    ...(await writtenSteps(ctx.db, deliveryId)),
  ]);

/** Where a parcel comes from: its promise or its offer. */
async function sourceOf(tx: Transaction, parcel: typeof parcels.$inferSelect) {
  const ofPledge = {
    donorId: pledges.donorId,
    giftId: sql<string | null>`${pledges.giftId}`,
    needId: sql<string | null>`${pledges.needId}`,
    createdAt: pledges.createdAt,
  };
  const [pledge] =
    parcel.pledgeId === null
      ? []
      : await tx.select(ofPledge).from(pledges).where(eq(pledges.id, parcel.pledgeId));
  if (pledge) return pledge;
  const [offer] = await tx
    .select({
      donorId: offers.donorId,
      giftId: offers.giftId,
      needId: sql<string | null>`null`,
      createdAt: offers.createdAt,
    })
    .from(offers)
    .where(eq(offers.id, parcel.offerId ?? ""));
  return offer;
}

async function parcelWithSource(tx: Transaction, parcelId: string) {
  const [parcel] = await tx.select().from(parcels).where(eq(parcels.id, parcelId));
  const source = parcel && (await sourceOf(tx, parcel));
  const [inspection] = await tx.select().from(inspections).where(eq(inspections.parcelId, parcelId));
  return parcel && source ? { parcel, source, inspection } : undefined;
}

async function ofParcel(
  tx: Transaction,
  ctx: UseCaseContext,
  parcelId: string,
): Promise<StandingMoment | undefined> {
  const found = await parcelWithSource(tx, parcelId);
  const entry = await entryOf(tx, "parcel", parcelId, "parcel.receive");
  if (!found || !entry) return undefined;
  const { parcel, source, inspection } = found;
  const write = (at: Date) => tx.update(parcels).set({ occurredAt: at }).where(eq(parcels.id, parcelId));
  return {
    at: parcel.occurredAt,
    bounds: () => Promise.resolve({ after: source.createdAt, before: inspection?.occurredAt }),
    entry,
    ...whose(source),
    by: ofStore(ctx, parcel.pointId),
    write,
  };
}

async function ofInspection(
  tx: Transaction,
  ctx: UseCaseContext,
  parcelId: string,
): Promise<StandingMoment | undefined> {
  const found = await parcelWithSource(tx, parcelId);
  const entry = await entryOf(tx, "parcel", parcelId, "parcel.inspect");
  if (!found?.inspection || !entry) return undefined;
  const { parcel, source, inspection } = found;

  const bounds = async () => {
    const [sent] = await tx
      .select({ at: min(deliveries.dispatchedAt) })
      .from(deliveries)
      .innerJoin(deliveryItems, eq(deliveryItems.deliveryId, deliveries.id))
      .innerJoin(lots, and(eq(lots.id, deliveryItems.lotId), eq(lots.inspectionId, inspection.id)));
    return { after: parcel.occurredAt, before: sent?.at ?? undefined };
  };

  const write = (at: Date) =>
    tx.update(inspections).set({ occurredAt: at }).where(eq(inspections.id, inspection.id));
  return {
    at: inspection.occurredAt,
    bounds,
    entry,
    ...whose(source),
    by: ofStore(ctx, parcel.pointId),
    write,
  };
}

async function ofDispatch(
  tx: Transaction,
  ctx: UseCaseContext,
  deliveryId: string,
): Promise<StandingMoment | undefined> {
  const found = await deliveryWithGifts(tx, deliveryId);
  const entry = found?.entries.findLast(({ event }) => event === "delivery.dispatch");
  if (!found?.delivery.dispatchedAt || !entry) return undefined;
  const { delivery, its } = found;

  const bounds = async () => {
    const [attempt] = await tx
      .select({ at: handovers.occurredAt })
      .from(handovers)
      .where(eq(handovers.deliveryId, deliveryId))
      .orderBy(asc(handovers.occurredAt))
      .limit(1);
    return { after: delivery.createdAt, before: attempt?.at };
  };

  const write = (at: Date) =>
    tx.update(deliveries).set({ dispatchedAt: at }).where(eq(deliveries.id, deliveryId));
  return {
    at: found.delivery.dispatchedAt,
    bounds,
    entry,
    ...its,
    by: ofStore(ctx, delivery.pointId),
    write,
  };
}

async function ofHandover(
  tx: Transaction,
  ctx: UseCaseContext,
  deliveryId: string,
): Promise<StandingMoment | undefined> {
  const found = await deliveryWithGifts(tx, deliveryId);
  const entry = found?.entries.findLast(({ event }) => event === "delivery.hand_over");
  const isIt = and(eq(handovers.deliveryId, deliveryId), eq(handovers.outcome, "handed_over"));
  const [handover] = await tx.select().from(handovers).where(isIt);
  if (!found || !handover || !entry) return undefined;
  const { delivery, townCode, its } = found;

  const bounds = async () => {
    const [failed] = await tx
      .select({ at: handovers.occurredAt })
      .from(handovers)
      .where(and(eq(handovers.deliveryId, deliveryId), ne(handovers.id, handover.id)))
      .orderBy(desc(handovers.occurredAt))
      .limit(1);
    const sent = delivery.dispatchedAt ?? delivery.createdAt;
    const said = await firstAfter(tx, "delivery", deliveryId, entry.id);
    return { after: failed && failed.at > sent ? failed.at : sent, before: said };
  };

  const write = (at: Date) =>
    tx.update(handovers).set({ occurredAt: at }).where(eq(handovers.id, handover.id));
  return {
    at: handover.occurredAt,
    bounds,
    entry,
    ...its,
    by: ofTown(ctx, townCode),
    write,
  };
}

async function ofVisit(
  tx: Transaction,
  ctx: UseCaseContext,
  visitId: string,
): Promise<StandingMoment | undefined> {
  const [row] = await tx
    .select({ visit: serviceVisits, pledge: pledges })
    .from(serviceVisits)
    .innerJoin(pledges, eq(pledges.id, serviceVisits.pledgeId))
    .where(eq(serviceVisits.id, visitId));
  const entry = await entryOf(tx, "service_visit", visitId, "service_visit.record");
  if (!row || !entry) return undefined;
  const write = (at: Date) => setDoneOn(tx, visitId, at);
  const { visit, pledge } = row;
  const bounds = async () => ({
    after: pledge.createdAt,
    before: await firstAfter(tx, "service_visit", visitId, entry.id),
  });
  return {
    at: visit.occurredAt,
    bounds,
    entry,
    ...whose(pledge),
    by: await ofTownOf(tx, ctx, pledge.needId),
    write,
  };
}
