import { and, eq, sql } from "drizzle-orm";
import type { Pledge } from "~/domain/giving/machine.server";
import { standing } from "~/domain/giving/states";
import { type ActingRole, holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { lots } from "~db/schema/books";
import { countCorrections } from "~db/schema/corrections";
import { inspections, parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { applyCorrection, type Lot, type Parcel, type Source } from "./applyCorrection.server";
import { arrivals, leftOfPurchase } from "./arrivals.server";
import type { CorrectCountInput } from "./schemas";
import { freeUnits } from "./writeOff.server";

export const CORRECTION = machine({
  entity: "count_correction",
  table: countCorrections,
  transitions: {
    proposed: { approve: "applied", reject: "rejected", withdraw: "withdrawn" },
    applied: {},
    rejected: {},
    withdrawn: {},
  },
});

/**
 * Somebody at the store, or of the city, says that a parcel was counted wrong: `shall` is what is really
 * there; before the inspection of what came, after it of what was accepted. Nothing changes until a second
 * person agrees (`decideCorrection`). Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of the point or operator, FOUR_EYES for the donor of
 *   these goods, CHANGED_MEANWHILE when the figure is no longer the one that was seen, WRONG_STATE while
 *   another correction waits, or where nothing of it was accepted, NOT_ENOUGH_LEFT with what was not given on
 *   yet, MORE_THAN_PROMISED with what is still expected
 */
export async function proposeCorrection(
  ctx: UseCaseContext,
  parcelId: string,
  input: CorrectCountInput,
): Promise<{ correctionId: string }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "proposeCorrection", { ...input, parcelId }, async () => {
      const parcel = await lockParcel(tx, parcelId);
      const { userId, by } = requireCorrector(ctx, parcel);
      const source = await sourceOf(tx, parcel);
      if (source.donorId === userId) throw new DomainError("FOUR_EYES");
      const { stage, figure } = await standsAt(tx, parcel);
      if (input.was !== figure) throw new DomainError("CHANGED_MEANWHILE");
      const [waiting] = await tx
        .select({ id: countCorrections.id })
        .from(countCorrections)
        .where(and(eq(countCorrections.parcelId, parcelId), eq(countCorrections.state, "proposed")));
      if (waiting) throw new DomainError("WRONG_STATE", { state: "proposed", event: "propose" });
      await requireRoom(tx, parcel, source, { was: figure, shall: input.shall });
      const row = { id: ctx.newId(), state: "proposed" as const };

      await tx.insert(countCorrections).values({
        ...row,
        parcelId,
        stage,
        was: figure,
        shall: input.shall,
        reason: input.reason,
        proposedBy: userId,
        createdAt: ctx.now(),
      });

      await recordBirth(tx, ctx, CORRECTION, row, "propose", {
        by,
        reason: input.reason,
        data: { stage, was: Number(figure), shall: Number(input.shall) },
      });

      return { correctionId: row.id };
    }),
  );
}

/**
 * A second person agrees, and the counter-entry is written: the parcel's figure, and once it was inspected
 * the lot, the goods book, the promise and its line, all in one step with its journal row. Or they disagree,
 * and nothing changes. Whoever proposed may only take it back. What was packed, proposed, delivered or given
 * to another line meanwhile is not corrected away.
 *
 * @throws {DomainError} FOUR_EYES for the one who proposed and the donor of these goods, NOT_FOUND for
 *   everybody who keeps neither that point nor the city's desk, WRONG_STATE once it was decided,
 *   CHANGED_MEANWHILE when the figure changed since, NOT_ENOUGH_LEFT, MORE_THAN_PROMISED
 */
export async function decideCorrection(
  ctx: UseCaseContext,
  correctionId: string,
  decision: "approve" | "reject" | "withdraw",
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [known] = await tx
      .select({ parcelId: countCorrections.parcelId })
      .from(countCorrections)
      .where(eq(countCorrections.id, correctionId));
    if (!known) throw new DomainError("NOT_FOUND");
    const parcel = await lockParcel(tx, known.parcelId);
    const { userId, by } = requireCorrector(ctx, parcel);
    const [correction] = await tx
      .select()
      .from(countCorrections)
      .where(eq(countCorrections.id, correctionId))
      .for("update");
    if (!correction) throw new DomainError("NOT_FOUND");
    if ((correction.proposedBy === userId) !== (decision === "withdraw")) throw new DomainError("FOUR_EYES");
    if (correction.state !== "proposed")
      throw new DomainError("WRONG_STATE", { state: correction.state, event: decision });
    const source = await sourceOf(tx, parcel);
    if (source.donorId === userId) throw new DomainError("FOUR_EYES");
    if (decision !== "approve") {
      await transition(tx, ctx, CORRECTION, correction, decision, {
        by,
        ...(decision === "reject" ? { set: { decidedBy: userId } } : {}),
      });

      return;
    }

    const { stage, figure } = await standsAt(tx, parcel);
    if (stage !== correction.stage || figure !== correction.was) throw new DomainError("CHANGED_MEANWHILE");
    const lot = await requireRoom(tx, parcel, source, correction);
    await applyCorrection(tx, ctx, { parcel, source, correction, lot, by });
    await transition(tx, ctx, CORRECTION, correction, "approve", {
      by,
      reason: correction.reason,
      ...(source.giftId ? { giftId: source.giftId } : {}),
      ...(source.needId ? { needId: source.needId } : {}),
      data: { stage, was: Number(correction.was), shall: Number(correction.shall) },
      set: { decidedBy: userId },
    });
  });
}

async function lockParcel(tx: Transaction, parcelId: string): Promise<Parcel> {
  const [parcel] = await tx.select().from(parcels).where(eq(parcels.id, parcelId)).for("update");
  if (!parcel) throw new DomainError("NOT_FOUND");
  return parcel;
}

/** The store's own people and the city's; to everybody else the parcel does not exist. */
function requireCorrector(ctx: UseCaseContext, parcel: Parcel): { userId: string; by: ActingRole } {
  const { userId } = requireUser(ctx.actor);
  if (holds(ctx.actor, "storekeeper", { kind: "point", id: parcel.pointId }))
    return { userId, by: "storekeeper" };
  if (holds(ctx.actor, "operator")) return { userId, by: "operator" };
  throw new DomainError("NOT_FOUND");
}

/** Where a parcel comes from, with its promise or offer locked: its parcels are counted one after another. */
async function sourceOf(tx: Transaction, parcel: Parcel): Promise<Source> {
  if (parcel.offerId !== null) {
    const [offer] = await tx.select().from(offers).where(eq(offers.id, parcel.offerId)).for("update");
    if (!offer) throw new DomainError("NOT_FOUND");
    return { donorId: offer.donorId, giftId: offer.giftId, needId: null, offer };
  }

  const [pledge] = await tx
    .select()
    .from(pledges)
    .where(eq(pledges.id, parcel.pledgeId ?? ""))
    .for("update");
  if (!pledge) throw new DomainError("NOT_FOUND");
  return { donorId: pledge.donorId, giftId: pledge.giftId, needId: pledge.needId, pledge };
}

/** The figure that stands now: what was counted, once it was inspected what was accepted. */
async function standsAt(
  tx: Transaction,
  parcel: Pick<Parcel, "id" | "counted" | "inspectedAt">,
): Promise<{ stage: "counted" | "inspected"; figure: bigint }> {
  if (parcel.inspectedAt === null) return { stage: "counted", figure: parcel.counted };
  const [inspection] = await tx
    .select({ accepted: inspections.accepted })
    .from(inspections)
    .where(eq(inspections.parcelId, parcel.id));
  return { stage: "inspected", figure: inspection?.accepted ?? 0n };
}

type Change = Readonly<{ was: bigint; shall: bigint }>;

/**
 * Refuses what cannot be true any more: fewer than were given on already, or more than is expected.
 * @returns the lot that the units of an inspected parcel stand in
 */
async function requireRoom(
  tx: Transaction,
  parcel: Parcel,
  source: Source,
  { was, shall }: Change,
): Promise<Lot | undefined> {
  const more = shall - was;

  if (more > 0n) {
    const expected = await expectedOf(tx, parcel, source);
    if (more > expected)
      throw new DomainError("MORE_THAN_PROMISED", { left: Number(expected), over: Number(more - expected) });
  }

  if (parcel.inspectedAt === null) return undefined;
  const [lot] = await tx
    .select({ lot: lots })
    .from(lots)
    .innerJoin(inspections, and(eq(inspections.id, lots.inspectionId), eq(inspections.parcelId, parcel.id)))
    .where(sql`${lots.splitFrom} is null`)
    .for("update", { of: lots })
    .then((rows) => rows.map((row) => row.lot));
  if (!lot) throw new DomainError("WRONG_STATE", { state: "refused", event: "correct" });
  // A lot that went to another line, or to none because its wish ended, was given on with the figure that it
  // had.
  const isWhereItCame =
    lot.lineId === (source.pledge?.lineId ?? null) && (source.pledge === undefined || stands(source.pledge));
  const left = isWhereItCame ? await freeUnits(tx, { lotId: lot.id, pointId: parcel.pointId }) : 0n;
  if (more > 0n && !isWhereItCame) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });
  if (-more > left) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(left) });
  return lot;
}

const stands = (pledge: Pledge): boolean => pledge.state === "confirmed" || pledge.state === "paid";

/** Units that may still come of the same promise, purchase or offer. */
async function expectedOf(tx: Transaction, parcel: Parcel, { pledge, offer }: Source): Promise<bigint> {
  if (offer) return offer.quantity - offer.arrived;
  if (!pledge || !stands(pledge)) return 0n;
  const outstanding = standing(pledge) - (await arrivals(tx, eq(parcels.pledgeId, pledge.id))).uninspected;
  if (parcel.purchaseId === null) return outstanding;
  const bought = await leftOfPurchase(tx, pledge, parcel.purchaseId);
  return bought < outstanding ? bought : outstanding;
}
