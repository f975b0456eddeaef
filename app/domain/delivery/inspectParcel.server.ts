import { eq } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { occurred } from "~/domain/kernel/time";
import { moveGoods } from "~/domain/books/moveGoods.server";
import { giveBack, settlePledge } from "~/domain/giving/giveBack.server";
import type { Pledge } from "~/domain/giving/machine.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { lots } from "~db/schema/books";
import { inspections, parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import type { InspectInput } from "./schemas";

/**
 * What was found in a parcel: so many accepted, so many refused and why. Accepted units become a lot with a label; value and
 * its basis are frozen (Charity Law 40). Refused units go back to being asked for, and their donor is told.
 *
 * @throws {DomainError} FOUR_EYES for the donor of these goods, COUNTS_DO_NOT_ADD_UP, WRONG_STATE when inspected already,
 *   NOT_ALLOWED unless storekeeper of that point
 */
export async function inspectParcel(ctx: UseCaseContext, parcelId: string, input: InspectInput): Promise<{ label: string | null }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "inspectParcel", { ...input, parcelId }, async () => {
      const [parcel] = await tx.select().from(parcels).where(eq(parcels.id, parcelId)).for("update");
      if (!parcel) throw new DomainError("NOT_FOUND");
      const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: parcel.pointId });
      if (parcel.inspectedAt !== null) throw new DomainError("WRONG_STATE");
      requireCounts(parcel.counted, input);
      const source = await sourceOf(tx, parcel);
      if (source.donorId === userId) throw new DomainError("FOUR_EYES");

      const inspectionId = ctx.newId();
      const occurredAt = occurred(ctx.now(), input.occurredAt);
      await tx.update(parcels).set({ inspectedAt: ctx.now() }).where(eq(parcels.id, parcelId));
      await tx.insert(inspections).values({
        id: inspectionId,
        parcelId,
        accepted: input.accepted,
        refused: input.refused,
        refusalReason: input.refused > 0n ? (input.refusalReason ?? null) : null,
        refusedGoTo: input.refused > 0n ? (input.refusedGoTo ?? null) : null,
        inspectedBy: userId,
        occurredAt,
        createdAt: ctx.now(),
      });
      await recordEvent(tx, ctx, {
        entity: "parcel",
        entityId: parcelId,
        entityVersion: 2,
        event: "parcel.inspect",
        fromState: null,
        toState: null,
        by: "storekeeper",
        occurredAt,
        ...source.subject,
        ...(input.refused > 0n && input.refusalReason ? { reason: input.refusalReason } : {}),
        data: { accepted: Number(input.accepted), refused: Number(input.refused) },
      });
      const label = input.accepted > 0n ? await shelve(tx, ctx, { parcel, inspectionId, source, input, occurredAt }) : null;
      if (source.pledge) await countOnPledge(tx, ctx, source.pledge, input, occurredAt);
      return { label };
    }),
  );
}

function requireCounts(counted: bigint, input: InspectInput): void {
  const reasoned = input.refused === 0n || (input.refusalReason !== undefined && input.refusedGoTo !== undefined);
  const valued = input.accepted === 0n || (input.valueBasis === "not_valued") === (input.unitValueFen === undefined);
  if (input.accepted + input.refused !== counted || !reasoned || !valued) throw new DomainError("COUNTS_DO_NOT_ADD_UP", { counted: Number(counted) });
}

type Source = Readonly<{ donorId: string; objectKind: string; lineId: string | null; pledge: Pledge | undefined; subject: { needId?: string; giftId?: string } }>;

async function sourceOf(tx: Transaction, parcel: typeof parcels.$inferSelect): Promise<Source> {
  if (parcel.offerId !== null) {
    const [offer] = await tx.select().from(offers).where(eq(offers.id, parcel.offerId));
    if (!offer) throw new DomainError("NOT_FOUND");
    return { donorId: offer.donorId, objectKind: offer.objectKind, lineId: null, pledge: undefined, subject: offer.giftId === null ? {} : { giftId: offer.giftId } };
  }
  const [row] = await tx
    .select({ pledge: pledges, objectKind: needLines.objectKind })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(eq(pledges.id, parcel.pledgeId ?? ""))
    .for("update", { of: pledges });
  if (!row) throw new DomainError("NOT_FOUND");
  return { donorId: row.pledge.donorId, objectKind: row.objectKind ?? "", lineId: row.pledge.lineId, pledge: row.pledge, subject: { needId: row.pledge.needId, giftId: row.pledge.giftId } };
}

async function shelve(tx: Transaction, ctx: UseCaseContext, found: { parcel: typeof parcels.$inferSelect; inspectionId: string; source: Source; input: InspectInput; occurredAt: Date }): Promise<string> {
  const { parcel, inspectionId, source, input, occurredAt } = found;
  const lotId = ctx.newId();
  const label = makeCode("L", ctx.randomBytes(6));
  await tx.insert(lots).values({
    id: lotId,
    label,
    inspectionId,
    pledgeId: parcel.pledgeId,
    offerId: parcel.offerId,
    lineId: source.lineId,
    objectKind: source.objectKind,
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
  return label;
}

async function countOnPledge(tx: Transaction, ctx: UseCaseContext, pledge: Pledge, input: InspectInput, occurredAt: Date): Promise<void> {
  let version = pledge.version;
  let settled = pledge.settled;
  if (input.accepted > 0n) {
    ({ version } = await settlePledge(tx, ctx, pledge, { quantity: input.accepted, into: "in_hub", by: "storekeeper", occurredAt }));
    settled += input.accepted;
  }
  if (input.refused > 0n) await giveBack(tx, ctx, { ...pledge, version, settled }, { event: "return_part", quantity: input.refused, by: "storekeeper", occurredAt, ...(input.refusalReason ? { reason: input.refusalReason } : {}) });
}
