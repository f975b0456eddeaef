import { and, desc, eq, sql } from "drizzle-orm";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import { placeCode } from "~/domain/books/moveGoods.server";
import { type ActingRole, holds, requireUser } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { type MomentKeeper, OF_NO_GIFT, type StandingMoment } from "~/domain/kernel/moments/correct.server";
import { correctedTo, correctionsOf, entryOf } from "~/domain/kernel/moments/entries.server";
import { goodsMoves, lots } from "~db/schema/books";
import { inspections } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines } from "~db/schema/needs";
import { objectKinds, unitsOfMeasure } from "~db/schema/reference";
import { ofStore } from "./momentParts.server";
import { WRITE_OFF_REASONS } from "./vocabulary";

/** Written out and not sent as a parameter: only so is the index of these moves used. */
const IS_WRITE_OFF = sql`${goodsMoves.sourceType} = 'write_off'`;

/** The one move of a write-off in the goods book, with its lot. */
async function moveOf(tx: Transaction, writeOffId: string) {
  const [row] = await tx
    .select({
      lotId: lots.id,
      fromPlace: goodsMoves.fromPlace,
      reason: goodsMoves.reason,
      needId: needLines.needId,
      inspectedAt: inspections.occurredAt,
    })
    .from(goodsMoves)
    .innerJoin(lots, eq(lots.id, goodsMoves.lotId))
    .leftJoin(inspections, eq(inspections.id, lots.inspectionId))
    .leftJoin(needLines, eq(needLines.id, lots.lineId))
    .where(and(IS_WRITE_OFF, eq(goodsMoves.sourceId, writeOffId)));
  return row;
}

/** The role in which somebody puts it right: the city alone says what is missing, at first and afterwards. */
const keeperOf = (ctx: UseCaseContext, pointId: string, reason: string | null): ActingRole | undefined =>
  reason === "missing" ? (holds(ctx.actor, "operator") ? "operator" : undefined) : ofStore(ctx, pointId);

async function lock(tx: Transaction, writeOffId: string): Promise<void> {
  const move = await moveOf(tx, writeOffId);
  if (move) await tx.select({ id: lots.id }).from(lots).where(eq(lots.id, move.lotId)).for("update");
}

async function standing(
  tx: Transaction,
  ctx: UseCaseContext,
  writeOffId: string,
): Promise<StandingMoment | undefined> {
  const move = await moveOf(tx, writeOffId);
  const entry = await entryOf(tx, "write_off", writeOffId, "lot.write_off");
  if (!move || !entry) return undefined;
  const { giftId, donorId } = await giftOfLot(tx, move.lotId);
  return {
    ...OF_NO_GIFT,
    at: (await correctedTo(tx, entry.id)) ?? entry.occurredAt,
    bounds: () => Promise.resolve({ after: move.inspectedAt ?? undefined, before: undefined }),
    entry,
    needId: move.needId,
    giftIds: giftId === undefined ? [] : [giftId],
    donorIds: donorId === undefined ? [] : [donorId],
    by: keeperOf(ctx, move.fromPlace.replace(/^point:/, ""), move.reason),
  };
}

/**
 * Goods that left the store for good: the move stands in a book that is only added to, so the entry alone is
 * put right.
 */
export const WRITTEN_OFF: MomentKeeper = { lock, standing };

const LAST = 10;

/**
 * The last write-offs of a point, the newest first: what went, how much, why, its moment to be put right, and
 * what was put right of it.
 */
export async function writtenOff(ctx: UseCaseContext, pointId: string) {
  const { userId } = requireUser(ctx.actor);
  const rows = await ctx.db
    .select({
      id: goodsMoves.sourceId,
      label: lots.label,
      quantity: goodsMoves.quantity,
      reason: goodsMoves.reason,
      occurredAt: goodsMoves.occurredAt,
      actorId: goodsMoves.actorId,
      donorId: sql<string | null>`coalesce(${pledges.donorId}, ${offers.donorId})`,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      kind: objectKinds,
      unit: unitsOfMeasure,
    })
    .from(goodsMoves)
    .innerJoin(lots, eq(lots.id, goodsMoves.lotId))
    .innerJoin(objectKinds, eq(objectKinds.code, lots.objectKind))
    .leftJoin(pledges, eq(pledges.id, lots.pledgeId))
    .leftJoin(offers, eq(offers.id, lots.offerId))
    .leftJoin(needLines, eq(needLines.id, lots.lineId))
    .leftJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(and(IS_WRITE_OFF, eq(goodsMoves.fromPlace, placeCode({ kind: "point", id: pointId }))))
    .orderBy(desc(goodsMoves.id))
    .limit(LAST);
  const corrections = await correctionsOf(
    ctx.db,
    "write_off",
    rows.map(({ id }) => id),
  );
  return rows.map(({ actorId, donorId, reason, ...row }) => {
    const its = corrections.filter(({ of }) => of === row.id);
    const at = its.at(-1)?.shall ?? row.occurredAt;
    const mine = actorId === userId || donorId === userId;
    const moments =
      keeperOf(ctx, pointId, reason) === undefined
        ? []
        : [{ step: "written_off" as const, id: row.id, at, mine }];
    return { ...row, reason: WRITE_OFF_REASONS.find((known) => known === reason), corrections: its, moments };
  });
}
