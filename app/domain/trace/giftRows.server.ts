import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { lots } from "~db/schema/books";
import { deliveries, deliveryItems, parcels } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { checkouts, financeTasks } from "~db/schema/payments";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";

/** A promise as its donor reads it. */
const PROMISE = {
  id: pledges.id,
  giftId: pledges.giftId,
  needId: pledges.needId,
  kind: pledges.kind,
  state: pledges.state,
  quantity: pledges.quantity,
  settled: pledges.settled,
  givenBack: pledges.givenBack,
  unitPriceFen: pledges.unitPriceFen,
  holdUntil: pledges.holdUntil,
  dueAt: pledges.dueAt,
  arrangedFor: pledges.arrangedFor,
  sentAt: pledges.sentAt,
} as const;

/** Units of a delivery's item, `i`, that neither arrived nor came back. */
const STILL_OUT = sql.raw(
  "i.quantity - i.delivered_quantity - i.returned_quantity - i.lost_quantity - i.disposed_quantity",
);

/** An offer as its donor reads it. */
const OFFER = {
  id: offers.id,
  giftId: offers.giftId,
  state: offers.state,
  description: offers.description,
  quantity: offers.quantity,
  arrived: offers.arrived,
  dueAt: offers.dueAt,
  declineReason: offers.declineReason,
  /** How many are in somebody's hands, and how many are out with a deliverer now. */
  delivered:
    sql<bigint>`(select coalesce(sum(i.delivered_quantity), 0) from ${deliveryItems} i join ${lots} l on l.id = i.lot_id where l.offer_id = ${offers.id})`.mapWith(
      offers.arrived,
    ),
  travelling:
    sql<bigint>`(select coalesce(sum(${STILL_OUT}), 0) from ${deliveryItems} i join ${lots} l on l.id = i.lot_id join ${deliveries} d on d.id = i.delivery_id
    where l.offer_id = ${offers.id} and d.state in ('dispatched', 'failed_attempt'))`.mapWith(offers.arrived),
} as const;

const lineOf = {
  pledge: PROMISE,
  itemHans: needLines.itemHans,
  itemHant: needLines.itemHant,
  detailsSealed: needLines.detailsSealed,
  lineId: needLines.id,
  lineKind: needLines.kind,
  needCode: needs.code,
  needKind: needs.kind,
  needState: needs.state,
  /** For whom, as everybody reads it on the wish; null where it is public no more. */
  publicGroup: publicNeeds.publicGroup,
  householdId: needs.householdId,
  townCode: needs.townCode,
  town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
  /** Whom the donor of a service calls to agree on its day. */
  townPhone: sql<
    string | null
  >`(select p.phone from ${servicePoints} p where p.town_code = ${needs.townCode} order by p.id limit 1)`,
  /**
   * The accepted units that are in their recipients' hands, and whether every delivery with some of them was
   * confirmed.
   */
  delivered:
    sql<bigint>`(select coalesce(sum(i.delivered_quantity), 0) from ${deliveryItems} i join ${lots} l on l.id = i.lot_id where l.pledge_id = ${pledges.id})`.mapWith(
      pledges.settled,
    ),
  /** How many were counted at the point and are not inspected yet; how many are out with a deliverer. */
  uninspected:
    sql<bigint>`(select coalesce(sum(p.counted), 0) from ${parcels} p where p.pledge_id = ${pledges.id} and p.inspected_at is null)`.mapWith(
      pledges.settled,
    ),
  travelling:
    sql<bigint>`(select coalesce(sum(${STILL_OUT}), 0) from ${deliveryItems} i join ${lots} l on l.id = i.lot_id join ${deliveries} d on d.id = i.delivery_id
    where l.pledge_id = ${pledges.id} and d.state in ('dispatched', 'failed_attempt'))`.mapWith(
      pledges.settled,
    ),
  // From the gift's own lots to their deliveries: joined, all deliveries that wait for a word might be read.
  acknowledged: sql<boolean>`not exists (select 1 from ${deliveryItems} i join ${lots} l on l.id = i.lot_id
    where l.pledge_id = ${pledges.id} and i.delivered_quantity > 0
      and (select d.state from ${deliveries} d where d.id = i.delivery_id) <> 'confirmed')`,
  moneyWaits: sql<boolean>`exists (select 1 from ${financeTasks} f where f.pledge_id = ${pledges.id} and f.kind = 'late_payment' and f.state = 'open')`,
  /**
   * By when things that were paid for are bought, while they are not all; and since when that day is past.
   */
  buyBy:
    sql<Date | null>`(select max(c.buy_by) from ${checkouts} c where c.pledge_id = ${pledges.id} and c.to_buy)`.mapWith(
      pledges.dueAt,
    ),
  lateToldAt:
    sql<Date | null>`(select max(c.late_told_at) from ${checkouts} c where c.pledge_id = ${pledges.id} and c.to_buy)`.mapWith(
      pledges.dueAt,
    ),
  unit: unitsOfMeasure,
  icon: objectKinds.icon,
} as const;

/** Promises with their line and its wish, in the order in which they were made. */
export const pledgeRows = (db: Database, where: SQL | undefined) =>
  db
    .select(lineOf)
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .leftJoin(publicNeeds, eq(publicNeeds.needId, needs.id))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(where)
    .orderBy(asc(pledges.id));

const rowsOfOne = builtOnce((db) =>
  pledgeRows(db, eq(pledges.giftId, sql.placeholder("giftId"))).prepare("rows_of_gift"),
);

/** The same of one gift. */
export const rowsOfGift = (ctx: UseCaseContext, giftId: string) => rowsOfOne(ctx.db).execute({ giftId });

const heldOfOne = builtOnce((db) => {
  const own = db
    .select({ id: gifts.id })
    .from(gifts)
    .where(and(eq(gifts.code, sql.placeholder("code")), eq(gifts.donorId, sql.placeholder("donorId"))));
  return pledgeRows(db, and(inArray(pledges.giftId, own), eq(pledges.state, "promised"))).prepare(
    "rows_held",
  );
});

/** The same of a donor's gift by its code, where it is held and waits to be confirmed. */
export const rowsHeld = (
  ctx: UseCaseContext,
  { code, donorId }: Readonly<{ code: string; donorId: string }>,
) => heldOfOne(ctx.db).execute({ code, donorId });

/** What was offered to no wish in particular, by its gift. */
export const offersOf = (ctx: UseCaseContext, giftIds: readonly string[]) =>
  ctx.db
    .select({ offer: OFFER, kind: objectKinds, unit: unitsOfMeasure, point: servicePoints })
    .from(offers)
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .leftJoin(servicePoints, eq(servicePoints.id, offers.pointId))
    .where(inArray(offers.giftId, [...giftIds]));
