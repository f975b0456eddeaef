import { and, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { placeCode } from "~/domain/books/moveGoods.server";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { pageOf } from "~/domain/kernel/page";
import { shanghaiDay } from "~/domain/kernel/time";
import { readDetails } from "~/domain/needs/words.server";
import { daysSince } from "~/i18n/format";
import { lots, lotStock } from "~db/schema/books";
import { deliveries, deliveryItems, handovers, inspections, parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { purchases } from "~db/schema/payments";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";
import { waitingCorrections } from "./correctionQueries.server";
import { readyLots } from "./packDelivery.server";
import { deliverersFor } from "./people.server";
import { deliveryRows, itemsWithDetails, LINE, withItems } from "./rows.server";
import { OUT_STATES } from "./states";

/** A counted parcel as its inspector sees it, with what the wish asks for in detail. */
export async function parcelToInspect(ctx: UseCaseContext, parcelId: string) {
  const [row] = await ctx.db
    .select({
      parcel: parcels,
      ...LINE,
      lineId: needLines.id,
      detailsSealed: needLines.detailsSealed,
      needId: needs.id,
      needCode: needs.code,
      householdId: needs.householdId,
      pledge: pledges,
      offer: offers,
      purchase: purchases,
    })
    .from(parcels)
    .leftJoin(pledges, eq(pledges.id, parcels.pledgeId))
    .leftJoin(needLines, eq(needLines.id, pledges.lineId))
    .leftJoin(needs, eq(needs.id, pledges.needId))
    .leftJoin(offers, eq(offers.id, parcels.offerId))
    .leftJoin(purchases, eq(purchases.id, parcels.purchaseId))
    .leftJoin(
      unitsOfMeasure,
      eq(unitsOfMeasure.code, sql`coalesce(${needLines.unitCode}, ${offers.unitCode})`),
    )
    .leftJoin(objectKinds, eq(objectKinds.code, sql`coalesce(${needLines.objectKind}, ${offers.objectKind})`))
    .where(eq(parcels.id, parcelId));
  if (!row) throw new DomainError("NOT_FOUND");
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: row.parcel.pointId });
  const { lineId, needId, detailsSealed } = row;
  const details =
    lineId === null || needId === null
      ? undefined
      : await inTransaction(ctx, (tx) =>
          readDetails(tx, ctx, { id: needId, householdId: row.householdId }, { id: lineId, detailsSealed }),
        );
  const [inspection] = await ctx.db
    .select({ accepted: inspections.accepted, refused: inspections.refused, label: lots.label })
    .from(inspections)
    .leftJoin(lots, and(eq(lots.inspectionId, inspections.id), isNull(lots.splitFrom)))
    .where(eq(inspections.parcelId, parcelId));
  const bought = row.purchase && {
    code: row.purchase.code,
    unitFen:
      row.purchase.amountFen % row.purchase.quantity === 0n
        ? row.purchase.amountFen / row.purchase.quantity
        : null,
  };
  return {
    parcel: {
      id: row.parcel.id,
      counted: row.parcel.counted,
      occurredAt: row.parcel.occurredAt,
      pointId: row.parcel.pointId,
    },
    itemHans: row.itemHans,
    itemHant: row.itemHant,
    unit: row.unit,
    icon: row.icon,
    needCode: row.needCode,
    details,
    offered: row.offer?.description ?? null,
    askedUnitFen: row.pledge?.unitPriceFen ?? null,
    bought,
    inspection,
    corrections: await waitingCorrections(ctx, { pointId: row.parcel.pointId, parcelId }),
  };
}

/**
 * The label of a lot, or of a packed parcel, to print. @throws {DomainError} NOT_FOUND for storekeepers of
 * other points
 */
export async function labelPage(ctx: UseCaseContext, code: string) {
  requireRole(ctx.actor, "storekeeper");
  const mine = scopeIds(ctx.actor, "storekeeper");
  const [lot] = await ctx.db
    .select({
      lot: lots,
      kind: objectKinds,
      unit: unitsOfMeasure,
      point: servicePoints,
      needId: needLines.needId,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
    })
    .from(lots)
    .innerJoin(objectKinds, eq(objectKinds.code, lots.objectKind))
    .innerJoin(servicePoints, eq(servicePoints.id, lots.pointId))
    .leftJoin(needLines, eq(needLines.id, lots.lineId))
    .innerJoin(
      unitsOfMeasure,
      eq(unitsOfMeasure.code, sql`coalesce(${needLines.unitCode}, ${lots.unitCode})`),
    )
    .where(and(eq(lots.label, code), inArray(lots.pointId, mine)));

  if (lot) {
    const thing = {
      itemHans: lot.itemHans ?? lot.kind.nameHans,
      itemHant: lot.itemHant ?? lot.kind.nameHant,
      unit: lot.unit,
      quantity: lot.lot.quantity,
    };
    return { code, point: lot.point, needId: lot.needId, bestBefore: lot.lot.bestBefore, things: [thing] };
  }

  const [row] = await deliveryRows(ctx.db).where(
    and(eq(deliveries.code, code), inArray(deliveries.pointId, mine)),
  );
  if (!row) throw new DomainError("NOT_FOUND");
  const [parcel] = await withItems(ctx.db, [row]);
  return {
    code,
    point: row.point,
    needId: null,
    bestBefore: null,
    things: (parcel?.items ?? []).map(({ item, ...thing }) => ({ ...thing, quantity: item.quantity })),
  };
}

/** What stands ready here for one wish, lot by lot. */
export async function packPage(ctx: UseCaseContext, pointId: string, needId: string) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const [need] = await ctx.db
    .select({
      id: needs.id,
      code: needs.code,
      state: needs.state,
      householdId: needs.householdId,
      town: towns,
      pseudonym: publicNeeds.pseudonym,
    })
    .from(needs)
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .leftJoin(publicNeeds, eq(publicNeeds.needId, needs.id))
    .where(eq(needs.id, needId));
  const ready = await readyLots(ctx.db, { needId, pointId }, { lock: false });
  // A wish of which nothing stands here is none of this storekeeper's business.
  if (!need || ready.length === 0) throw new DomainError("NOT_FOUND");
  const lines = await ctx.db
    .select({ id: needLines.id, detailsSealed: needLines.detailsSealed, ...LINE })
    .from(needLines)
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(
      inArray(
        needLines.id,
        ready.map((lot) => lot.lineId),
      ),
    );
  const described = await inTransaction(ctx, (tx) =>
    Promise.all(
      lines.map(async ({ detailsSealed, ...line }) => ({
        ...line,
        details: await readDetails(tx, ctx, need, { id: line.id, detailsSealed }),
      })),
    ),
  );
  const today = shanghaiDay(ctx.now());
  const { householdId: _hidden, ...shown } = need;
  return {
    need: shown,
    lots: ready.flatMap((lot) =>
      described
        .filter((line) => line.id === lot.lineId)
        .map((line) => ({ ...lot, line, expired: lot.bestBefore !== null && lot.bestBefore < today })),
    ),
  };
}

/** One parcel as the store that packed it sees it: to hand out, to take back. */
export async function storeDelivery(ctx: UseCaseContext, deliveryId: string) {
  const [row] = await deliveryRows(ctx.db).where(eq(deliveries.id, deliveryId));
  if (!row) throw new DomainError("NOT_FOUND");
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: row.point.id });
  const items = await inTransaction(ctx, (tx) => itemsWithDetails(tx, ctx, row));
  const deliverers =
    row.state === "packed" || row.state === "failed_attempt"
      ? (await deliverersFor(ctx.db, row.town.code)).filter((person) => person.userId !== row.secretShownBy)
      : [];
  const [last] = await ctx.db
    .select({ outcome: handovers.outcome })
    .from(handovers)
    .where(eq(handovers.deliveryId, deliveryId))
    .orderBy(desc(handovers.id))
    .limit(1);
  const outcome = last?.outcome === "handed_over" ? undefined : last?.outcome;
  const { householdId: _hidden, secretShownBy: _who, ...shown } = row;
  return { delivery: shown, items, deliverers, outcome, isOut: OUT_STATES.includes(row.state) };
}

const STOCK_A_PAGE = 50;

/** What stands at a point, newest label first, by key; what is past its date says so. */
export async function stockPage(ctx: UseCaseContext, pointId: string, before?: string) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const packed = sql<string>`coalesce((select sum(i.quantity) from ${deliveryItems} i join ${deliveries} d on d.id = i.delivery_id where i.lot_id = ${lots.id} and d.state = 'packed' and d.point_id = ${pointId}), 0)`;
  const rows = await ctx.db
    .select({
      lotId: lots.id,
      label: lots.label,
      quantity: lotStock.quantity,
      reserved: lotStock.reserved,
      packed,
      bestBefore: lots.bestBefore,
      since: lots.createdAt,
      kind: objectKinds,
      needCode: needs.code,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unit: unitsOfMeasure,
    })
    .from(lotStock)
    .innerJoin(lots, eq(lots.id, lotStock.lotId))
    .innerJoin(objectKinds, eq(objectKinds.code, lots.objectKind))
    .leftJoin(needLines, eq(needLines.id, lots.lineId))
    .innerJoin(
      unitsOfMeasure,
      eq(unitsOfMeasure.code, sql`coalesce(${needLines.unitCode}, ${lots.unitCode})`),
    )
    .leftJoin(needs, eq(needs.id, needLines.needId))
    .where(
      and(
        eq(lotStock.place, placeCode({ kind: "point", id: pointId })),
        gt(lotStock.quantity, 0n),
        before === undefined ? undefined : sql`${lots.id} < ${before}`,
      ),
    )
    .orderBy(desc(lots.id))
    .limit(STOCK_A_PAGE + 1);
  const today = shanghaiDay(ctx.now());
  const page = pageOf(rows, STOCK_A_PAGE, (last) => last.lotId);
  return {
    rows: page.rows.map((row) => ({
      ...row,
      free: row.quantity - row.reserved - BigInt(row.packed),
      expired: row.bestBefore !== null && row.bestBefore < today,
      heldDays: daysSince(row.since, ctx.now()),
    })),
    next: page.next,
  };
}
