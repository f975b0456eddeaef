import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { readDetails } from "~/domain/needs/words.server";
import { lots } from "~db/schema/books";
import { deliveries, deliveryItems } from "~db/schema/delivery";
import { appUsers } from "~db/schema/identity";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";

/** What a line is called in every language, and how it is drawn. */
export const LINE = {
  itemHans: needLines.itemHans,
  itemHant: needLines.itemHant,
  unit: unitsOfMeasure,
  icon: objectKinds.icon,
} as const;

/** A delivery as lists show it: for whom by pseudonym and town, who carries it; nothing of a person. */
export const deliveryRows = (db: Database | Transaction) =>
  db
    .select({
      id: deliveries.id,
      code: deliveries.code,
      state: deliveries.state,
      needId: deliveries.needId,
      needCode: needs.code,
      needState: needs.state,
      pseudonym: publicNeeds.pseudonym,
      town: towns,
      point: servicePoints,
      courier: appUsers.displayName,
      courierId: deliveries.courierId,
      householdId: deliveries.householdId,
      dispatchedAt: deliveries.dispatchedAt,
      confirmBy: deliveries.confirmBy,
      unconfirmedSince: deliveries.unconfirmedSince,
      disputedAt: deliveries.disputedAt,
      secretShown: sql<boolean>`${deliveries.secretHash} is not null`,
      secretShownBy: deliveries.secretShownBy,
      secretTries: deliveries.secretTries,
      createdAt: deliveries.createdAt,
    })
    .from(deliveries)
    .innerJoin(needs, eq(needs.id, deliveries.needId))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .innerJoin(servicePoints, eq(servicePoints.id, deliveries.pointId))
    .leftJoin(publicNeeds, eq(publicNeeds.needId, deliveries.needId))
    .leftJoin(appUsers, eq(appUsers.id, deliveries.courierId));

export type DeliveryRow = Awaited<ReturnType<typeof deliveryRows>>[number];

/** How much is in a parcel, and what became of it. */
const ITEM = {
  id: deliveryItems.id,
  quantity: deliveryItems.quantity,
  deliveredQuantity: deliveryItems.deliveredQuantity,
  returnedQuantity: deliveryItems.returnedQuantity,
  lostQuantity: deliveryItems.lostQuantity,
  disposedQuantity: deliveryItems.disposedQuantity,
} as const;

const itemRows = (db: Database | Transaction, deliveryIds: readonly string[]) =>
  db
    .select({
      item: ITEM,
      deliveryId: deliveryItems.deliveryId,
      ...LINE,
      lineId: needLines.id,
      detailsSealed: needLines.detailsSealed,
      label: lots.label,
      bestBefore: lots.bestBefore,
    })
    .from(deliveryItems)
    .innerJoin(needLines, eq(needLines.id, deliveryItems.lineId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .innerJoin(lots, eq(lots.id, deliveryItems.lotId))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(inArray(deliveryItems.deliveryId, [...deliveryIds]))
    .orderBy(asc(needLines.position), asc(deliveryItems.id));

/**
 * The same deliveries, each with what is in it, as lists name it; whose household it is, who carries it and
 * what is known of its secret stay here.
 */
export async function withItems<
  Row extends {
    id: string;
    householdId?: string | null;
    secretShownBy?: string | null;
    courierId?: string | null;
    secretTries?: number;
  },
>(db: Database | Transaction, rows: readonly Row[]) {
  const ids = rows.map((row) => row.id);
  const items = ids.length === 0 ? [] : await itemRows(db, ids);
  return rows.map(
    ({ householdId: _hidden, secretShownBy: _who, courierId: _carrier, secretTries: _tries, ...row }) => ({
      ...row,
      items: items
        .filter(({ deliveryId }) => deliveryId === row.id)
        .map(({ item, itemHans, itemHant, unit, icon, label }) => ({
          item,
          itemHans,
          itemHant,
          unit,
          icon,
          label,
        })),
    }),
  );
}

/**
 * What is in one delivery, with size and colour for those who handle it: store and courier, of their own
 * parcel.
 */
export async function itemsWithDetails(
  tx: Transaction,
  ctx: UseCaseContext,
  delivery: Pick<DeliveryRow, "id" | "needId" | "householdId">,
) {
  const items = await itemRows(tx, [delivery.id]);
  return Promise.all(
    items.map(async ({ deliveryId: _this, detailsSealed, ...row }) => ({
      ...row,
      details: await readDetails(
        tx,
        ctx,
        { id: delivery.needId, householdId: delivery.householdId },
        { id: row.lineId, detailsSealed },
      ),
    })),
  );
}
