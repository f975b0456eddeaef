import { and, asc, desc, eq, min, ne, sql } from "drizzle-orm";
import { holds, requireUser, type ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { shanghaiDay, startOfMinute } from "~/domain/kernel/time";
import { recordEvents } from "~/journal/recordEvent.server";
import { lots } from "~db/schema/books";
import { deliveries, deliveryItems, feedbacks, handovers, inspections, parcels, serviceVisits } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { purchases, spendings } from "~db/schema/payments";
import { deliveryWithGifts, entryOf, firstAfter, ofTown, whose, type Standing } from "./momentParts.server";
import { ofPurchase, ofSpending } from "./momentsOfMoney.server";
import { ofAttempt, ofFeedback } from "./momentsTold.server";
import { isWritten, lockWritten, ofWritten, writtenSteps } from "./momentsWritten.server";
import type { CorrectMomentInput } from "./schemas";

/**
 * A moment that was written down wrong is put right by an entry of its own, which names the entry it corrects, the old and the new
 * moment, and why; the journal keeps both, and donors read both. It covers a parcel counted and inspected, a delivery sent on its way,
 * tried in vain, handed over, brought back, lost and confirmed, a service done, a recipient's words heard, and the day of a voucher: bought, spent.
 * What was concluded from the old moment stays: a deadline that somebody was given, a day in the books (which are only added to), the
 * best-before that was checked.
 *
 * The same order holds as for the step itself: not in the future, not before the step before nor after the step after, not after it was
 * written down, within `recordedWithinDays` of that. Two people stand behind each moment: whoever wrote it down has it corrected by
 * a colleague (of the store for parcels, dispatch and what came back, of the town for what was tried, handed over, confirmed, done and heard, of the
 * city for all these and for what was lost;
 * of the charity's finance, and nobody else, for vouchers), never by a donor of these goods. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND for everybody else and for what does not exist, FOUR_EYES for whoever wrote it down and its donors,
 *   CHANGED_MEANWHILE when it is no longer the moment that was seen, IN_THE_FUTURE, BEFORE_THE_STEP_BEFORE, AFTER_THE_STEP_AFTER, TOO_LONG_AGO
 */
export async function correctMoment(ctx: UseCaseContext, input: CorrectMomentInput): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "correctMoment", input, async () => {
      await lockThing(tx, input.step, input.id);
      const now = await standingMoment(tx, ctx, input.step, input.id);
      if (now?.by === undefined) throw new DomainError("NOT_FOUND");
      const { at, after, before, entry, needId, by, write } = now;
      if (entry.actorId === userId || now.donorIds.includes(userId)) throw new DomainError("FOUR_EYES");
      if (startOfMinute(at).getTime() !== startOfMinute(input.was).getTime()) throw new DomainError("CHANGED_MEANWHILE");
      const shall = await happenedAt(tx, ctx, input.shall, { after, field: "shall", writtenAt: entry.recordedAt });
      const latest = before !== undefined && before < entry.recordedAt ? before : entry.recordedAt;
      if (shall > latest) throw new DomainError("AFTER_THE_STEP_AFTER", {}, "shall");
      await write(shall);
      const facts = { by, reason: input.reason, ...(needId === null ? {} : { needId }) };
      const data = { step: input.step, of: input.id, entry: entry.id, was: at.toISOString(), shall: shall.toISOString() };
      // One entry for each gift, so that each donor reads it on the way of their own; they were corrected by one act and say the same; `copy` counts them.
      const gifts = now.giftIds.length === 0 ? [{}] : now.giftIds.map((giftId) => ({ giftId }));
      const events = gifts.map((gift, copy) => ({ ...facts, ...gift, data: { ...data, copy }, entity: "moment_correction", entityId: ctx.newId(), entityVersion: 1 }));
      await recordEvents(
        tx,
        ctx,
        events.map((event) => ({ ...event, event: "moment_correction.make", fromState: null, toState: null })),
      );
      return {};
    }),
  );
}

const TABLES = {
  counted: parcels,
  inspected: parcels,
  dispatched: deliveries,
  attempted: handovers,
  handed_over: deliveries,
  service_done: serviceVisits,
  heard: feedbacks,
  bought: purchases,
  spent: spendings,
} as const;

/** Corrections of one thing, and its own next step, come one after another. */
async function lockThing(tx: Transaction, step: CorrectMomentInput["step"], id: string): Promise<void> {
  if (isWritten(step)) return lockWritten(tx, id);
  const table = TABLES[step];
  const [handover] = step === "attempted" ? await tx.select({ deliveryId: handovers.deliveryId }).from(handovers).where(eq(handovers.id, id)) : [];
  if (handover) await tx.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.id, handover.deliveryId)).for("update");
  await tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for("update");
}

/** Moments of a page that its reader may put right; `mine` where they wrote it down, or gave it, themselves: somebody else has to. */
export type CorrectableMoment = Readonly<{ step: CorrectMomentInput["step"]; id: string; at: Date; mine: boolean }>;

/** Of these steps of one thing, those that happened and that the actor's place may put right. */
export async function correctableMoments(ctx: UseCaseContext, id: string, steps: readonly CorrectMomentInput["step"][]): Promise<CorrectableMoment[]> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const found: CorrectableMoment[] = [];
    for (const step of steps) {
      const now = await standingMoment(tx, ctx, step, id);
      if (now?.by !== undefined) found.push({ step, id, at: now.at, mine: now.entry.actorId === userId || now.donorIds.includes(userId) });
    }
    return found;
  });
}

/** The same of a delivery and of what came of it: sent out, each attempt in vain, handed over, heard; then each return, loss and confirmation. */
export async function momentsOfDelivery(ctx: UseCaseContext, deliveryId: string): Promise<CorrectableMoment[]> {
  const attempts = await ctx.db
    .select({ id: handovers.id })
    .from(handovers)
    .where(and(eq(handovers.deliveryId, deliveryId), ne(handovers.outcome, "handed_over")))
    .orderBy(asc(handovers.id));
  const heard = await ctx.db.select({ id: feedbacks.id }).from(feedbacks).where(eq(feedbacks.deliveryId, deliveryId)).orderBy(asc(feedbacks.id));
  const found = [await correctableMoments(ctx, deliveryId, ["dispatched"])];
  for (const { id } of attempts) found.push(await correctableMoments(ctx, id, ["attempted"]));
  found.push(await correctableMoments(ctx, deliveryId, ["handed_over"]));
  for (const { id } of heard) found.push(await correctableMoments(ctx, id, ["heard"]));
  return [...found.flat(), ...(await momentsWritten(ctx, deliveryId))];
}

/** Those of a delivery that its store may put right: sent out, and each return. */
export const momentsAtStore = async (ctx: UseCaseContext, deliveryId: string): Promise<CorrectableMoment[]> => [
  ...(await correctableMoments(ctx, deliveryId, ["dispatched"])),
  ...(await momentsWritten(ctx, deliveryId)),
];

async function momentsWritten(ctx: UseCaseContext, deliveryId: string): Promise<CorrectableMoment[]> {
  const found: CorrectableMoment[] = [];
  for (const { step, id } of await writtenSteps(ctx.db, deliveryId)) for (const moment of await correctableMoments(ctx, id, [step])) found.push(moment);
  return found;
}

/** The moment of a step; undefined when there is no such step. */
function standingMoment(tx: Transaction, ctx: UseCaseContext, step: CorrectMomentInput["step"], id: string): Promise<Standing | undefined> {
  const found = {
    counted: ofParcel,
    inspected: ofInspection,
    dispatched: ofDispatch,
    attempted: ofAttempt,
    handed_over: ofHandover,
    service_done: ofVisit,
    heard: ofFeedback,
    brought_back: ofWritten("brought_back"),
    lost: ofWritten("lost"),
    confirmed: ofWritten("confirmed"),
    bought: ofPurchase,
    spent: ofSpending,
  };
  return found[step](tx, ctx, id);
}

const ofStore = (ctx: UseCaseContext, pointId: string): ActingRole | undefined =>
  holds(ctx.actor, "storekeeper", { kind: "point", id: pointId }) ? "storekeeper" : holds(ctx.actor, "operator") ? "operator" : undefined;

/** Where a parcel comes from: its promise or its offer. */
async function sourceOf(tx: Transaction, parcel: typeof parcels.$inferSelect) {
  const ofPledge = { donorId: pledges.donorId, giftId: sql<string | null>`${pledges.giftId}`, needId: sql<string | null>`${pledges.needId}`, createdAt: pledges.createdAt };
  const [pledge] = parcel.pledgeId === null ? [] : await tx.select(ofPledge).from(pledges).where(eq(pledges.id, parcel.pledgeId));
  if (pledge) return pledge;
  const [offer] = await tx
    .select({ donorId: offers.donorId, giftId: offers.giftId, needId: sql<string | null>`null`, createdAt: offers.createdAt })
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

async function ofParcel(tx: Transaction, ctx: UseCaseContext, parcelId: string): Promise<Standing | undefined> {
  const found = await parcelWithSource(tx, parcelId);
  const entry = await entryOf(tx, "parcel", parcelId, "parcel.receive");
  if (!found || !entry) return undefined;
  const { parcel, source, inspection } = found;
  const write = (at: Date) => tx.update(parcels).set({ occurredAt: at }).where(eq(parcels.id, parcelId));
  return { at: parcel.occurredAt, after: source.createdAt, before: inspection?.occurredAt, entry, ...whose(source), by: ofStore(ctx, parcel.pointId), write };
}

async function ofInspection(tx: Transaction, ctx: UseCaseContext, parcelId: string): Promise<Standing | undefined> {
  const found = await parcelWithSource(tx, parcelId);
  const entry = await entryOf(tx, "parcel", parcelId, "parcel.inspect");
  if (!found?.inspection || !entry) return undefined;
  const { parcel, source, inspection } = found;
  const [sent] = await tx
    .select({ at: min(deliveries.dispatchedAt) })
    .from(deliveries)
    .innerJoin(deliveryItems, eq(deliveryItems.deliveryId, deliveries.id))
    .innerJoin(lots, and(eq(lots.id, deliveryItems.lotId), eq(lots.inspectionId, inspection.id)));
  const write = (at: Date) => tx.update(inspections).set({ occurredAt: at }).where(eq(inspections.id, inspection.id));
  return { at: inspection.occurredAt, after: parcel.occurredAt, before: sent?.at ?? undefined, entry, ...whose(source), by: ofStore(ctx, parcel.pointId), write };
}

async function ofDispatch(tx: Transaction, ctx: UseCaseContext, deliveryId: string): Promise<Standing | undefined> {
  const found = await deliveryWithGifts(tx, deliveryId);
  const entry = await entryOf(tx, "delivery", deliveryId, "delivery.dispatch");
  if (!found?.delivery.dispatchedAt || !entry) return undefined;
  const { delivery, ...its } = found;
  const [attempt] = await tx.select({ at: handovers.occurredAt }).from(handovers).where(eq(handovers.deliveryId, deliveryId)).orderBy(asc(handovers.occurredAt)).limit(1);
  const write = (at: Date) => tx.update(deliveries).set({ dispatchedAt: at }).where(eq(deliveries.id, deliveryId));
  return { at: found.delivery.dispatchedAt, after: delivery.createdAt, before: attempt?.at, entry, ...its, by: ofStore(ctx, delivery.pointId), write };
}

async function ofHandover(tx: Transaction, ctx: UseCaseContext, deliveryId: string): Promise<Standing | undefined> {
  const found = await deliveryWithGifts(tx, deliveryId);
  const entry = await entryOf(tx, "delivery", deliveryId, "delivery.hand_over");
  const isIt = and(eq(handovers.deliveryId, deliveryId), eq(handovers.outcome, "handed_over"));
  const [handover] = await tx.select().from(handovers).where(isIt);
  if (!found || !handover || !entry) return undefined;
  const { delivery, ...its } = found;
  const [failed] = await tx
    .select({ at: handovers.occurredAt })
    .from(handovers)
    .where(and(eq(handovers.deliveryId, deliveryId), ne(handovers.id, handover.id)))
    .orderBy(desc(handovers.occurredAt))
    .limit(1);
  const sent = delivery.dispatchedAt ?? delivery.createdAt;
  const said = await firstAfter(tx, "delivery", deliveryId, entry.id);
  const write = (at: Date) => tx.update(handovers).set({ occurredAt: at }).where(eq(handovers.id, handover.id));
  const after = failed && failed.at > sent ? failed.at : sent;
  return { at: handover.occurredAt, after, before: said, entry, ...its, by: await ofTown(tx, ctx, delivery.needId), write };
}

async function ofVisit(tx: Transaction, ctx: UseCaseContext, visitId: string): Promise<Standing | undefined> {
  const [row] = await tx
    .select({ visit: serviceVisits, pledge: pledges })
    .from(serviceVisits)
    .innerJoin(pledges, eq(pledges.id, serviceVisits.pledgeId))
    .where(eq(serviceVisits.id, visitId));
  const entry = await entryOf(tx, "service_visit", visitId, "service_visit.record");
  if (!row || !entry) return undefined;
  const write = (at: Date) =>
    tx
      .update(serviceVisits)
      .set({ occurredAt: at, doneOn: shanghaiDay(at) })
      .where(eq(serviceVisits.id, visitId));
  const { visit, pledge } = row;
  const before = await firstAfter(tx, "service_visit", visitId, entry.id);
  return { at: visit.occurredAt, after: pledge.createdAt, before, entry, ...whose(pledge), by: await ofTown(tx, ctx, pledge.needId), write };
}
