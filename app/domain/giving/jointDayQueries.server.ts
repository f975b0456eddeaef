import { and, asc, desc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { requireRole, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { gifts, jointDays, pledges } from "~db/schema/giving";
import { donorProfiles } from "~db/schema/identity";
import { needLines } from "~db/schema/needs";
import { servicePoints, unitsOfMeasure } from "~db/schema/reference";
import { LIVE_JOINT_DAY } from "./jointDay.server";
import { isVerifiedCompany } from "./proposeJointDay.server";

const A_LIST = MOST_LISTED + 1;

const SHOWN = {
  id: jointDays.id,
  giftId: jointDays.giftId,
  day: jointDays.day,
  state: jointDays.state,
  version: jointDays.version,
  proposedSide: jointDays.proposedSide,
  pointId: jointDays.pointId,
  point: servicePoints,
  giftCode: gifts.code,
  /** The name that the donor chose to appear by; null for a kind person. */
  donorName: gifts.displayName,
} as const;

const jointDayRows = (ctx: UseCaseContext, where: SQL | undefined) =>
  ctx.db
    .select(SHOWN)
    .from(jointDays)
    .innerJoin(gifts, eq(gifts.id, jointDays.giftId))
    .innerJoin(servicePoints, eq(servicePoints.id, jointDays.pointId))
    .where(where)
    .orderBy(asc(jointDays.day), asc(jointDays.id))
    .limit(A_LIST);

const stillToCome = and(
  eq(pledges.kind, "goods"),
  eq(pledges.state, "confirmed"),
  sql`${pledges.quantity} > ${pledges.settled} + ${pledges.givenBack}`,
);

/** From which to which day a joint day may be named now. */
export async function daysToChoose(ctx: UseCaseContext): Promise<{ first: string; last: string }> {
  const today = shanghaiDay(ctx.now());
  return {
    first: dayPlus(today, await limit(ctx.db, ctx, "jointDayNoticeDays")),
    last: dayPlus(today, await limit(ctx.db, ctx, "jointDayWithinDays")),
  };
}

/** In a query over gifts: whether each has a joint day, or a donor who may name one. */
export const mayHaveJointDay = sql<boolean>`(exists (select 1 from ${jointDays} d where d.gift_id = gift.id offset 0)
  or exists (select 1 from ${donorProfiles} p where p.user_id = gift.donor_id and p.company_verified_at is not null offset 0))`;

/** The joint day of one's own gift, unless it was called off, and whether one may be named. */
export async function jointDayOfGift(ctx: UseCaseContext, giftId: string) {
  const { userId } = requireUser(ctx.actor);
  const [current] = await ctx.db
    .select(SHOWN)
    .from(jointDays)
    .innerJoin(gifts, and(eq(gifts.id, jointDays.giftId), eq(gifts.donorId, userId)))
    .innerJoin(servicePoints, eq(servicePoints.id, jointDays.pointId))
    .where(and(eq(jointDays.giftId, giftId), ne(jointDays.state, "cancelled")))
    .orderBy(desc(jointDays.id))
    .limit(1);
  const [toCome] = await ctx.db
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.giftId, giftId), eq(pledges.donorId, userId), stillToCome))
    .limit(1);
  return { current, mayPropose: toCome !== undefined && (await isVerifiedCompany(ctx.db, userId)) };
}

/** What still comes with each of these gifts, thing by thing; nothing of whom it is for. */
async function expectedOf(ctx: UseCaseContext, giftIds: readonly string[]) {
  if (giftIds.length === 0) return [];
  return ctx.db
    .select({
      giftId: pledges.giftId,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      unit: unitsOfMeasure,
      quantity: sql<string>`sum(${pledges.quantity} - ${pledges.settled} - ${pledges.givenBack})`,
    })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(and(inArray(pledges.giftId, [...giftIds]), stillToCome))
    .groupBy(pledges.giftId, needLines.itemHans, needLines.itemHant, unitsOfMeasure.code)
    .orderBy(asc(needLines.itemHans));
}

async function withExpected(ctx: UseCaseContext, rows: Awaited<ReturnType<typeof jointDayRows>>) {
  const expected = await expectedOf(
    ctx,
    rows.map((row) => row.giftId),
  );
  return rows.map((row) => ({
    ...row,
    expected: expected
      .filter((thing) => thing.giftId === row.giftId)
      .map((thing) => ({ ...thing, quantity: BigInt(thing.quantity) })),
  }));
}

/**
 * The joint days of a point that are not over, the next one first, each with what is expected. @throws
 * {DomainError} NOT_ALLOWED for other points
 */
export async function jointDaysAt(ctx: UseCaseContext, pointId: string) {
  requireRole(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  return withExpected(
    ctx,
    await jointDayRows(
      ctx,
      and(eq(jointDays.pointId, pointId), inArray(jointDays.state, [...LIVE_JOINT_DAY])),
    ),
  );
}

/** The agreed days in the towns of a caseworker, who is there too. */
export async function jointDaysInMyTowns(ctx: UseCaseContext) {
  requireRole(ctx.actor, "caseworker");
  // The next ones of each point, and not all that are agreed there.
  const next = sql`(
    select first.id from ${servicePoints} p cross join lateral (
      select j.id, j.day from ${jointDays} j where j.point_id = p.id and j.state = 'agreed'
      order by j.day, j.id limit ${A_LIST}) first
    where p.town_code in ${scopeIds(ctx.actor, "caseworker")} order by first.day, first.id limit ${A_LIST})`;
  return withExpected(ctx, await jointDayRows(ctx, inArray(jointDays.id, next)));
}

/** One joint day as its point sees it. @throws {DomainError} NOT_FOUND for storekeepers of other points */
export async function jointDayAtPoint(ctx: UseCaseContext, jointDayId: string) {
  requireRole(ctx.actor, "storekeeper");
  const [row] = await withExpected(
    ctx,
    await jointDayRows(
      ctx,
      and(eq(jointDays.id, jointDayId), inArray(jointDays.pointId, scopeIds(ctx.actor, "storekeeper"))),
    ),
  );
  if (!row) throw new DomainError("NOT_FOUND");
  return { ...row, due: row.day <= shanghaiDay(ctx.now()) };
}
