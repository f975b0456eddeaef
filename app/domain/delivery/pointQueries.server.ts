import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { placeCode } from "~/domain/books/moveGoods.server";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { waitingOf } from "~/domain/kernel/waiting.server";
import { lots, lotStock } from "~db/schema/books";
import { deliveries, deliveryItems, parcels } from "~db/schema/delivery";
import { collections, jointDays, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";
import { waitingCorrections } from "./correctionQueries.server";
import { deliveryRows, LINE, withItems } from "./rows.server";

const A_LIST = MOST_LISTED + 1;

/**
 * The actor's service points, each with how much waits there, as far as `MOST_LISTED`. @throws {DomainError}
 * NOT_ALLOWED for those who keep none
 */
async function myPoints(ctx: UseCaseContext) {
  requireRole(ctx.actor, "storekeeper");
  const waiting = waitingOf(
    sql`
    select from ${parcels} p where p.point_id = ${servicePoints.id} and p.inspected_at is null and p.counted > 0
    union all select from ${deliveries} d where d.point_id = ${servicePoints.id} and d.state = 'packed'
    union all select from ${deliveries} d where d.point_id = ${servicePoints.id} and (d.state = 'returning' or d.has_rest)
    union all select from ${jointDays} j where j.point_id = ${servicePoints.id} and j.state = 'proposed' and j.proposed_side = 'donor'
    union all select from ${collections} c where c.point_id = ${servicePoints.id} and c.state = 'asked'
    union all select from ${lotStock} s join ${lots} l on l.id = s.lot_id where s.place = 'point:' || ${servicePoints.id} and s.quantity > 0 and l.line_id is not null`,
    MOST_LISTED,
  );
  return ctx.db
    .select({ point: servicePoints, waiting })
    .from(servicePoints)
    .innerJoin(towns, eq(towns.code, servicePoints.townCode))
    .where(inArray(servicePoints.id, scopeIds(ctx.actor, "storekeeper")))
    .orderBy(asc(towns.sort));
}

/** One of the actor's service points. @throws {DomainError} NOT_ALLOWED, NOT_FOUND for a foreign one */
export async function pointFor(ctx: UseCaseContext, wanted?: string) {
  if (wanted === undefined) return (await pointsFor(ctx)).point;
  requireRole(ctx.actor, "storekeeper");
  const mine = and(
    eq(servicePoints.id, wanted),
    inArray(servicePoints.id, scopeIds(ctx.actor, "storekeeper")),
  );
  const [point] = await ctx.db.select().from(servicePoints).where(mine);
  if (!point) throw new DomainError("NOT_FOUND");
  return point;
}

/**
 * The point asked for, else the one of the actor's where most waits; and all of theirs. @throws {DomainError}
 * NOT_FOUND for a foreign one
 */
export async function pointsFor(ctx: UseCaseContext, wanted?: string) {
  const points = await myPoints(ctx);
  const busiest = points.reduce<(typeof points)[number] | undefined>(
    (most, row) => (most === undefined || row.waiting > most.waiting ? row : most),
    undefined,
  );
  const at = wanted === undefined ? busiest : points.find(({ point }) => point.id === wanted);
  if (!at) throw new DomainError(points.length === 0 ? "NOT_ALLOWED" : "NOT_FOUND");
  return { point: at.point, points };
}

/** Parcels that were counted and wait to be inspected, oldest first. */
const waitingParcels = (ctx: UseCaseContext, pointId: string) =>
  ctx.db
    .select({
      id: parcels.id,
      counted: parcels.counted,
      occurredAt: parcels.occurredAt,
      ...LINE,
      needCode: needs.code,
      offered: offers.description,
      offerCode: offers.code,
    })
    .from(parcels)
    .leftJoin(pledges, eq(pledges.id, parcels.pledgeId))
    .leftJoin(needLines, eq(needLines.id, pledges.lineId))
    .leftJoin(needs, eq(needs.id, pledges.needId))
    .leftJoin(offers, eq(offers.id, parcels.offerId))
    .leftJoin(
      unitsOfMeasure,
      eq(unitsOfMeasure.code, sql`coalesce(${needLines.unitCode}, ${offers.unitCode})`),
    )
    .leftJoin(objectKinds, eq(objectKinds.code, sql`coalesce(${needLines.objectKind}, ${offers.objectKind})`))
    .where(and(eq(parcels.pointId, pointId), isNull(parcels.inspectedAt), gt(parcels.counted, 0n)))
    .orderBy(asc(parcels.id))
    .limit(A_LIST);

/**
 * Wishes of which something stands here outside packed parcels, longest waiting first: of many, those whose
 * goods came first.
 */
async function packable(ctx: UseCaseContext, pointId: string) {
  const place = placeCode({ kind: "point", id: pointId });
  const packed = sql`coalesce((select sum(i.quantity) from ${deliveryItems} i join ${deliveries} d on d.id = i.delivery_id
    where i.lot_id = ${lotStock.lotId} and d.state = 'packed' and d.point_id = ${pointId}), 0)`;
  const free = sql`${lotStock.quantity} - ${packed}`;
  // What is free is there: said apart, since only so is the index of what stands in a place used.
  const isFree = and(eq(lotStock.place, place), sql`${lotStock.quantity} > 0`, gt(free, sql`0`));
  const first = ctx.db
    .select({ needId: needLines.needId })
    .from(lotStock)
    .innerJoin(lots, eq(lots.id, lotStock.lotId))
    .innerJoin(needLines, eq(needLines.id, lots.lineId))
    .innerJoin(needs, and(eq(needs.id, needLines.needId), eq(needs.state, "published")))
    .where(isFree)
    .orderBy(asc(lotStock.lotId))
    .limit(A_LIST);
  return ctx.db
    .select({
      needId: needs.id,
      needCode: needs.code,
      pseudonym: publicNeeds.pseudonym,
      town: towns,
      itemHans: sql<string>`min(${needLines.itemHans})`,
      itemHant: sql<string>`min(${needLines.itemHant})`,
      icon: sql<string | null>`min(${objectKinds.icon})`,
      units: sql<string>`sum(${free})`,
      lots: sql<number>`count(*)::int`,
    })
    .from(needs)
    .innerJoin(needLines, eq(needLines.needId, needs.id))
    .innerJoin(lots, eq(lots.lineId, needLines.id))
    .innerJoin(lotStock, and(eq(lotStock.lotId, lots.id), isFree))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .leftJoin(publicNeeds, eq(publicNeeds.needId, needs.id))
    .where(inArray(needs.id, first))
    .groupBy(needs.id, needs.code, publicNeeds.pseudonym, towns.code)
    .orderBy(asc(needs.filedAt), asc(needs.id));
}

/** The first that are out from a point: of each state in turn, since only so their index has an order. */
const underWay = (pointId: string) => {
  const first = (state: "dispatched" | "failed_attempt") =>
    sql`(select id from ${deliveries} where point_id = ${pointId} and state = ${state} order by id limit ${A_LIST})`;
  return sql`(${first("dispatched")} union all ${first("failed_attempt")})`;
};

/**
 * A deliverer brings it back, or its rest. Written out and not sent as a parameter: only so is its index
 * used.
 */
const COMES_BACK = sql`(${deliveries.state} = 'returning' or ${deliveries.hasRest})`;

/**
 * Everything that waits for the storekeeper of a point: to inspect, to pack, to hand to a deliverer, to take
 * back.
 */
export async function pointPage(ctx: UseCaseContext, wanted?: string) {
  const at = await pointsFor(ctx, wanted);
  const here = eq(deliveries.pointId, at.point.id);
  const [corrections, toInspect, toPack, packed, out, toTakeBack] = await Promise.all([
    waitingCorrections(ctx, { pointId: at.point.id }),
    waitingParcels(ctx, at.point.id),
    packable(ctx, at.point.id),
    deliveryRows(ctx.db)
      .where(and(here, eq(deliveries.state, "packed")))
      .orderBy(asc(deliveries.id))
      .limit(A_LIST),
    deliveryRows(ctx.db)
      .where(inArray(deliveries.id, underWay(at.point.id)))
      .orderBy(asc(deliveries.id))
      .limit(A_LIST),
    deliveryRows(ctx.db).where(and(here, COMES_BACK)).orderBy(asc(deliveries.id)).limit(A_LIST),
  ]);
  return {
    ...at,
    corrections,
    toInspect,
    toPack,
    packed: await withItems(ctx.db, packed),
    out: await withItems(ctx.db, out),
    toTakeBack: await withItems(ctx.db, toTakeBack),
  };
}
