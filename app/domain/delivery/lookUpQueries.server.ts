import { and, asc, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { standing } from "~/domain/giving/states";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { codeIn } from "~/domain/kernel/typed/code";
import { readDetails } from "~/domain/needs/words.server";
import { inspections, parcels } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs } from "~db/schema/needs";
import { purchases } from "~db/schema/payments";
import { objectKinds, servicePoints, unitsOfMeasure } from "~db/schema/reference";
import { LINE } from "./rows.server";

/**
 * What may come of a promise, and what came of it already. Of the donor nothing but the gift's code is read.
 */
const expectedRows = (ctx: UseCaseContext, where: SQL | undefined) =>
  ctx.db
    .select({
      pledge: {
        id: pledges.id,
        kind: pledges.kind,
        state: pledges.state,
        quantity: pledges.quantity,
        settled: pledges.settled,
        givenBack: pledges.givenBack,
        unitPriceFen: pledges.unitPriceFen,
      },
      purchase: { id: purchases.id, code: purchases.code, quantity: purchases.quantity },
      ...LINE,
      giftCode: gifts.code,
      needId: needs.id,
      needCode: needs.code,
      lineId: needLines.id,
      householdId: needs.householdId,
      detailsSealed: needLines.detailsSealed,
      point: servicePoints,
      seen: sql<number>`(select count(*)::int from ${parcels} p where p.pledge_id = ${pledges.id})`,
      uninspected: sql<string>`(select coalesce(sum(p.counted), 0) from ${parcels} p where p.pledge_id = ${pledges.id} and p.inspected_at is null)`,
      boughtUninspected: sql<string>`(select coalesce(sum(p.counted), 0) from ${parcels} p where p.purchase_id = ${purchases.id} and p.inspected_at is null)`,
      boughtAccepted: sql<string>`(select coalesce(sum(i.accepted), 0) from ${parcels} p join ${inspections} i on i.parcel_id = p.id where p.purchase_id = ${purchases.id})`,
    })
    .from(pledges)
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .innerJoin(needLines, and(eq(needLines.id, pledges.lineId), eq(needLines.kind, "goods")))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .leftJoin(servicePoints, eq(servicePoints.id, gifts.pointId))
    .leftJoin(
      purchases,
      and(eq(purchases.pledgeId, pledges.id), eq(purchases.state, "approved"), eq(pledges.kind, "money")),
    )
    .where(where)
    .orderBy(asc(pledges.id))
    .limit(50);

type ExpectedRow = Awaited<ReturnType<typeof expectedRows>>[number];

/** Why a promise can or cannot be received now, in a word that the page turns into a sentence. */
export type Receivable = "expected" | "not_confirmed" | "ended" | "not_bought" | "all_here";

function describe(row: ExpectedRow) {
  const {
    householdId: _hidden,
    detailsSealed: _sealed,
    uninspected,
    boughtUninspected,
    boughtAccepted,
    ...shown
  } = row;
  const outstanding = standing(row.pledge) - BigInt(uninspected);
  const ofPurchase =
    row.purchase === null
      ? undefined
      : row.purchase.quantity - BigInt(boughtAccepted) - BigInt(boughtUninspected);
  const left = ofPurchase === undefined || outstanding < ofPurchase ? outstanding : ofPurchase;
  return { ...shown, left: left < 0n ? 0n : left, waiting: BigInt(uninspected), status: statusOf(row, left) };
}

function statusOf(row: ExpectedRow, left: bigint): Receivable {
  if (row.pledge.state === "promised" || row.pledge.state === "paying") return "not_confirmed";
  if (row.pledge.state !== "confirmed" && row.pledge.state !== "paid") return "ended";
  if (row.pledge.kind === "money" && row.purchase === null) return "not_bought";
  return left > 0n ? "expected" : "all_here";
}

/**
 * What somebody at the counter may be bringing: found by the gift's code, a waybill, or the code of a
 * purchase; and offers that were accepted to this point, by the code of their gift. One that was accepted to
 * another point is named with that point.
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of the point
 */
export async function lookUp(ctx: UseCaseContext, pointId: string, typed: string) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const code = codeIn(typed) ?? "";
  const waybill = typed.trim();
  // Named first: asked for together with all that is shown of them, they were looked for among all promises.
  const named = await union(
    ctx.db
      .select({ id: pledges.id })
      .from(pledges)
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .where(eq(gifts.code, code)),
    ctx.db
      .select({ id: purchases.pledgeId })
      .from(purchases)
      .where(and(eq(purchases.code, code), eq(purchases.state, "approved"))),
    ctx.db
      .select({ id: pledges.id })
      .from(pledges)
      .where(sql`lower(${pledges.waybill}) = lower(${waybill})`),
  );
  const ids = named.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await expectedRows(ctx, inArray(pledges.id, ids));
  const offered = await ctx.db
    .select({
      offer: {
        id: offers.id,
        code: offers.code,
        description: offers.description,
        quantity: offers.quantity,
        arrived: offers.arrived,
        state: offers.state,
      },
      unit: unitsOfMeasure,
      icon: objectKinds.icon,
      giftCode: gifts.code,
    })
    .from(offers)
    .innerJoin(gifts, eq(gifts.id, offers.giftId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .where(
      and(
        eq(offers.pointId, pointId),
        inArray(offers.state, ["accepted"]),
        or(eq(gifts.code, code), eq(offers.code, code)),
      ),
    );
  const elsewhere = await ctx.db
    .select({
      id: servicePoints.id,
      nameHans: servicePoints.nameHans,
      nameHant: servicePoints.nameHant,
      nameEn: servicePoints.nameEn,
    })
    .from(offers)
    .innerJoin(gifts, eq(gifts.id, offers.giftId))
    .innerJoin(servicePoints, eq(servicePoints.id, offers.pointId))
    .where(
      and(
        ne(offers.pointId, pointId),
        eq(offers.state, "accepted"),
        or(eq(gifts.code, code), eq(offers.code, code)),
      ),
    );
  return { expected: rows.map(describe), offered, elsewhere };
}

/** One promise to be counted at the counter, with what the wish asks for in detail. */
export async function expectedParcel(
  ctx: UseCaseContext,
  pointId: string,
  { pledgeId, purchaseId }: { pledgeId: string; purchaseId?: string | undefined },
) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const [row] = await expectedRows(
    ctx,
    and(eq(pledges.id, pledgeId), purchaseId === undefined ? undefined : eq(purchases.id, purchaseId)),
  );
  if (!row) throw new DomainError("NOT_FOUND");
  const details = await inTransaction(ctx, (tx) =>
    readDetails(
      tx,
      ctx,
      { id: row.needId, householdId: row.householdId },
      { id: row.lineId, detailsSealed: row.detailsSealed },
    ),
  );
  return { ...describe(row), details };
}

/**
 * One accepted offer to be counted at the counter, as far as it did not come yet. @throws {DomainError}
 * NOT_FOUND, WRONG_STATE once all of it came
 */
export async function expectedOffer(ctx: UseCaseContext, pointId: string, offerId: string) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const [row] = await ctx.db
    .select({
      offer: {
        id: offers.id,
        description: offers.description,
        quantity: offers.quantity,
        arrived: offers.arrived,
        state: offers.state,
      },
      unit: unitsOfMeasure,
      icon: objectKinds.icon,
      seen: sql<number>`(select count(*)::int from ${parcels} p where p.offer_id = ${offers.id})`,
      waiting: sql<string>`(select coalesce(sum(p.counted), 0) from ${parcels} p where p.offer_id = ${offers.id} and p.inspected_at is null)`,
    })
    .from(offers)
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .where(and(eq(offers.id, offerId), eq(offers.pointId, pointId)));
  if (!row) throw new DomainError("NOT_FOUND");
  if (row.offer.state !== "accepted") throw new DomainError("WRONG_STATE");
  return { ...row, left: row.offer.quantity - row.offer.arrived, waiting: BigInt(row.waiting) };
}

export type ExpectedParcel = ReturnType<typeof describe>;
