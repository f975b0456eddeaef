import { eq } from "drizzle-orm";
import { openLot } from "~/domain/books/lots.server";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { fulfilPledge, giveBack } from "~/domain/giving/giveBack.server";
import type { Pledge } from "~/domain/giving/machine.server";
import { standing } from "~/domain/giving/states";
import { requireRole } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { once } from "~/domain/kernel/once.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { OFFER } from "~/domain/matching/offers.server";
import { inspections, parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import type { InspectInput } from "./schemas";

type Parcel = typeof parcels.$inferSelect;

/**
 * What was found in a parcel: so many accepted, so many refused and why. Accepted units become a lot with a
 * label; value, basis and date are frozen. Refused units of a promise go back to being asked
 * for and their donor is told; refused units of a purchase stay expected, since their supplier replaces them;
 * of an offer they go back, and its donor is told.
 *
 * Where the wish ended while the parcel was on its way, what is good becomes free stock of the point.
 *
 * @returns the label of the new lot, null when nothing was accepted
 * @throws {DomainError} FOUR_EYES for the donor of these goods, COUNTS_DO_NOT_ADD_UP, GOODS_EXPIRED,
 *   WRONG_STATE when inspected already, or corrected to nothing, NOT_ALLOWED unless storekeeper of that point
 */
export async function inspectParcel(
  ctx: UseCaseContext,
  parcelId: string,
  input: InspectInput,
): Promise<{ label: string | null }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "inspectParcel", { ...input, parcelId }, async () => {
      const [parcel] = await tx.select().from(parcels).where(eq(parcels.id, parcelId)).for("update");
      if (!parcel) throw new DomainError("NOT_FOUND");
      const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: parcel.pointId });
      if (parcel.inspectedAt !== null || parcel.counted === 0n) throw new DomainError("WRONG_STATE");
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: parcel.occurredAt });
      requireCounts(parcel.counted, input);
      if (input.accepted > 0n && input.bestBefore !== undefined && input.bestBefore < shanghaiDay(occurredAt))
        throw new DomainError("GOODS_EXPIRED");
      const source = await sourceOf(tx, parcel);
      if (source.donorId === userId) throw new DomainError("FOUR_EYES");

      const label = input.accepted > 0n ? makeCode("L", ctx.randomBytes) : null;
      const inspectionId = await writeInspection(tx, ctx, {
        parcel,
        source,
        input,
        label,
        inspectedBy: userId,
        occurredAt,
      });
      if (label !== null) await shelve(tx, ctx, { parcel, inspectionId, source, input, label, occurredAt });
      if (source.offer && input.refused > 0n)
        await tellOfferer(tx, ctx, source.offer, { ...input, occurredAt });
      if (source.pledge)
        await countOnPledge(tx, ctx, source.pledge, {
          ...input,
          bought: parcel.purchaseId !== null,
          occurredAt,
        });
      return { label };
    }),
  );
}

function requireCounts(counted: bigint, input: InspectInput): void {
  const reasoned =
    input.refused === 0n || (input.refusalReason !== undefined && input.refusedGoTo !== undefined);
  const valued =
    input.accepted === 0n || (input.valueBasis === "not_valued") === (input.unitValueFen === undefined);
  if (input.accepted + input.refused !== counted || !reasoned || !valued)
    throw new DomainError("COUNTS_DO_NOT_ADD_UP", { counted: Number(counted) });
}

/**
 * Where a parcel comes from and for what; `pledge` only while the promise still stands and its units can be
 * counted.
 */
type Source = Readonly<{
  donorId: string;
  objectKind: string;
  unitCode: string;
  lineId: string | null;
  pledge: Pledge | undefined;
  offer?: typeof offers.$inferSelect;
  subject: { needId?: string; giftId?: string };
}>;

async function sourceOf(tx: Transaction, parcel: Parcel): Promise<Source> {
  if (parcel.offerId !== null) {
    const [offer] = await tx.select().from(offers).where(eq(offers.id, parcel.offerId)).for("update");
    if (!offer) throw new DomainError("NOT_FOUND");
    return {
      donorId: offer.donorId,
      objectKind: offer.objectKind,
      unitCode: offer.unitCode,
      lineId: null,
      pledge: undefined,
      offer,
      subject: offer.giftId === null ? {} : { giftId: offer.giftId },
    };
  }

  const [row] = await tx
    .select({ pledge: pledges, objectKind: needLines.objectKind, unitCode: needLines.unitCode })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(eq(pledges.id, parcel.pledgeId ?? ""))
    .for("update", { of: pledges });
  if (!row || row.objectKind === null) throw new DomainError("NOT_FOUND");
  const stands =
    (row.pledge.state === "confirmed" || row.pledge.state === "paid") &&
    standing(row.pledge) >= parcel.counted;
  return {
    donorId: row.pledge.donorId,
    objectKind: row.objectKind,
    unitCode: row.unitCode,
    lineId: stands ? row.pledge.lineId : null,
    pledge: stands ? row.pledge : undefined,
    subject: { needId: row.pledge.needId, giftId: row.pledge.giftId },
  };
}

type Found = Readonly<{ parcel: Parcel; source: Source; input: InspectInput; occurredAt: Date }>;

/** The inspection and its journal row, in which value, basis and date are written down for good. */
async function writeInspection(
  tx: Transaction,
  ctx: UseCaseContext,
  {
    parcel,
    source,
    input,
    label,
    inspectedBy,
    occurredAt,
  }: Found & { label: string | null; inspectedBy: string },
): Promise<string> {
  const id = ctx.newId();
  const refused =
    input.refused > 0n
      ? { refusalReason: input.refusalReason ?? null, refusedGoTo: input.refusedGoTo ?? null }
      : { refusalReason: null, refusedGoTo: null };
  await tx.update(parcels).set({ inspectedAt: ctx.now() }).where(eq(parcels.id, parcel.id));
  await tx.insert(inspections).values({
    id,
    parcelId: parcel.id,
    accepted: input.accepted,
    refused: input.refused,
    ...refused,
    inspectedBy,
    occurredAt,
    createdAt: ctx.now(),
  });

  const value =
    label === null
      ? {}
      : {
          label,
          valueBasis: input.valueBasis,
          unitValueFen: input.unitValueFen === undefined ? null : Number(input.unitValueFen),
          bestBefore: input.bestBefore ?? null,
        };

  await recordEvent(tx, ctx, {
    entity: "parcel",
    entityId: parcel.id,
    entityVersion: 2,
    event: "parcel.inspect",
    fromState: null,
    toState: null,
    by: "storekeeper",
    occurredAt,
    ...source.subject,
    ...(refused.refusalReason ? { reason: refused.refusalReason } : {}),
    data: {
      accepted: Number(input.accepted),
      refused: Number(input.refused),
      refusedGoTo: refused.refusedGoTo,
      pointId: parcel.pointId,
      ...value,
    },
  });

  return id;
}

async function shelve(
  tx: Transaction,
  ctx: UseCaseContext,
  { parcel, inspectionId, source, input, label, occurredAt }: Found & { inspectionId: string; label: string },
): Promise<void> {
  const lotId = ctx.newId();

  await openLot(tx, {
    id: lotId,
    label,
    inspectionId,
    pledgeId: parcel.pledgeId,
    offerId: parcel.offerId,
    lineId: source.lineId,
    objectKind: source.objectKind,
    unitCode: source.unitCode,
    pointId: parcel.pointId,
    quantity: input.accepted,
    unitValueFen: input.unitValueFen ?? null,
    valueBasis: input.valueBasis,
    bestBefore: input.bestBefore ?? null,
    createdAt: ctx.now(),
  });

  await moveGoods(tx, ctx, {
    lotId,
    from: { kind: parcel.purchaseId === null ? "donor" : "supplier" },
    to: { kind: "point", id: parcel.pointId },
    quantity: input.accepted,
    source: { type: "inspection", id: inspectionId },
    occurredAt,
  });
}

/** What did not pass of an offer is not asked for again; its donor is told that it goes back, and why. */
async function tellOfferer(
  tx: Transaction,
  ctx: UseCaseContext,
  offer: NonNullable<Source["offer"]>,
  { refused, refusalReason, occurredAt }: InspectInput & { occurredAt: Date },
) {
  await transition(tx, ctx, OFFER, offer, "return_part", {
    by: "storekeeper",
    occurredAt,
    ...(refusalReason ? { reason: refusalReason } : {}),
    ...(offer.giftId ? { giftId: offer.giftId } : {}),
    data: { refused: Number(refused) },
  });
}

async function countOnPledge(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  {
    accepted,
    refused,
    refusalReason,
    bought,
    occurredAt,
  }: InspectInput & { bought: boolean; occurredAt: Date },
): Promise<void> {
  let { version, settled } = pledge;

  if (accepted > 0n) {
    ({ version } = await fulfilPledge(tx, ctx, pledge, {
      quantity: accepted,
      into: "in_hub",
      by: "storekeeper",
      occurredAt,
    }));

    settled += accepted;
  }

  if (refused > 0n && !bought) {
    await giveBack(
      tx,
      ctx,
      { ...pledge, version, settled },
      {
        event: "return_part",
        quantity: refused,
        by: "storekeeper",
        occurredAt,
        ...(refusalReason ? { reason: refusalReason } : {}),
      },
    );
  }
}
