import { and, asc, eq, exists, inArray, sql } from "drizzle-orm";
import { requireRole, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { collections, gifts, pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { servicePoints, unitsOfMeasure } from "~db/schema/reference";
import { daysToCollect, stillAtHome, whereOf } from "./collection.server";

const A_LIST = MOST_LISTED + 1;

/** How the collection of one's own gift stands, and between which days it can be asked for. */
export async function collectionOfGift(ctx: UseCaseContext, giftId: string) {
  const { userId } = requireUser(ctx.actor);
  const [row] = await ctx.db
    .select({ collection: collections })
    .from(collections)
    .innerJoin(gifts, and(eq(gifts.id, collections.giftId), eq(gifts.donorId, userId)))
    .where(eq(collections.giftId, giftId));
  if (!row) return undefined;
  const { day, part, state, missedWhy } = row.collection;
  return {
    day,
    part,
    state,
    missedWhy,
    where: whereOf(ctx, row.collection),
    days: await daysToCollect(ctx.db, ctx),
  };
}

/** What stands at a donor's home of each of these gifts; nothing of whom it is for. */
function thingsOf(ctx: UseCaseContext, giftIds: readonly string[]) {
  if (giftIds.length === 0) return Promise.resolve([]);
  return ctx.db
    .select({
      giftId: pledges.giftId,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unit: unitsOfMeasure,
      quantity: sql<bigint>`${pledges.quantity} - ${pledges.settled} - ${pledges.givenBack}`.mapWith(
        pledges.quantity,
      ),
    })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(and(inArray(pledges.giftId, [...giftIds]), stillAtHome))
    .orderBy(asc(pledges.id));
}

/**
 * What a point has to collect, the next day first; those that were missed and wait for their donor's word
 * among them. @throws {DomainError} NOT_ALLOWED for other points
 */
export async function collectionsAt(ctx: UseCaseContext, pointId: string) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const atHome = ctx.db
    .select({ one: sql`1` })
    .from(pledges)
    .where(and(eq(pledges.giftId, collections.giftId), stillAtHome));
  const rows = await ctx.db
    .select({
      id: collections.id,
      giftId: collections.giftId,
      day: collections.day,
      part: collections.part,
      state: collections.state,
      giftCode: gifts.code,
    })
    .from(collections)
    .innerJoin(gifts, eq(gifts.id, collections.giftId))
    .where(
      and(eq(collections.pointId, pointId), inArray(collections.state, ["asked", "missed"]), exists(atHome)),
    )
    .orderBy(asc(collections.state), asc(collections.day), asc(collections.part), asc(collections.id))
    .limit(A_LIST);
  const things = await thingsOf(
    ctx,
    rows.map((row) => row.giftId),
  );
  const today = shanghaiDay(ctx.now());
  return rows.map(({ giftId, ...row }) => ({
    ...row,
    due: row.day <= today,
    things: things.filter((thing) => thing.giftId === giftId),
  }));
}

/**
 * One collection as its point sees it, with address and phone while it has not ended. @throws {DomainError}
 * NOT_FOUND for storekeepers of other points
 */
export async function collectionAtPoint(ctx: UseCaseContext, collectionId: string) {
  requireRole(ctx.actor, "storekeeper");
  const [row] = await ctx.db
    .select({
      collection: collections,
      giftCode: gifts.code,
      donorName: gifts.displayName,
      point: servicePoints,
    })
    .from(collections)
    .innerJoin(gifts, eq(gifts.id, collections.giftId))
    .innerJoin(servicePoints, eq(servicePoints.id, collections.pointId))
    .where(
      and(eq(collections.id, collectionId), inArray(collections.pointId, scopeIds(ctx.actor, "storekeeper"))),
    );
  if (!row) throw new DomainError("NOT_FOUND");
  const { giftId, id, day, part, state, missedWhy } = row.collection;
  const things = await thingsOf(ctx, [giftId]);
  return {
    id,
    day,
    part,
    state,
    missedWhy,
    giftCode: row.giftCode,
    donorName: row.donorName,
    point: row.point,
    things,
    where: whereOf(ctx, row.collection),
  };
}
