import { and, asc, eq, gt, or, type SQL, sql } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { inBatches } from "~/domain/kernel/batches";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { startOfDay } from "~/domain/kernel/time";
import { lots } from "~db/schema/books";
import { deliveryItems, handovers } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { objectKinds, towns, unitsOfMeasure } from "~db/schema/reference";

/** When it was given: confirmed, or paid. What is neither was not given. */
const GIVEN_AT = sql<Date>`coalesce(${pledges.confirmedAt}, ${pledges.createdAt})`.mapWith(pledges.createdAt);
const UNITS = sql<bigint>`(${pledges.quantity} - ${pledges.givenBack})`.mapWith(pledges.quantity);
const FEN = sql<bigint>`case when ${pledges.kind} = 'money' then ${UNITS} * ${pledges.unitPriceFen} else 0 end`;

/** What became of a promise counts as given: standing, and not taken back whole. */
const isGiven = (donorId: string): SQL | undefined =>
  and(
    eq(pledges.donorId, donorId),
    or(eq(pledges.state, "confirmed"), eq(pledges.state, "paid")),
    gt(pledges.quantity, pledges.givenBack),
  );

const givenIn = (donorId: string, year: number): SQL | undefined =>
  and(
    isGiven(donorId),
    sql`${GIVEN_AT} >= ${startOfDay(`${year}-01-01`).toISOString()}`,
    sql`${GIVEN_AT} < ${startOfDay(`${year + 1}-01-01`).toISOString()}`,
  );

/**
 * Years, of Asia/Shanghai, in which the reader gave something, newest first.
 * @throws {DomainError} SIGN_IN_NEEDED
 */
export async function yearsOfGiving(ctx: UseCaseContext): Promise<number[]> {
  const { userId } = requireUser(ctx.actor);
  const rows = await ctx.db
    .selectDistinct({ year: sql<number>`extract(year from ${GIVEN_AT} at time zone 'Asia/Shanghai')::int` })
    .from(pledges)
    .where(isGiven(userId));
  return rows.map(({ year }) => year).toSorted((a, b) => b - a);
}

/** Sums of what was given, told apart: things by piece, services by their own unit, money in fen. */
const SUMS = {
  things: sql<bigint>`coalesce(sum(${UNITS}) filter (where ${needLines.kind} = 'goods'), 0)`.mapWith(
    pledges.quantity,
  ),
  services: sql<bigint>`coalesce(sum(${UNITS}) filter (where ${needLines.kind} = 'service'), 0)`.mapWith(
    pledges.quantity,
  ),
  fen: sql<bigint>`coalesce(sum(${FEN}), 0)`.mapWith(pledges.unitPriceFen),
} as const;

const GIFTS = sql<number>`count(distinct ${pledges.giftId})::int`;

/** So many kinds, and so many rows of towns and things, stand on a page; a file has them all. */
const MOST_KINDS = 8;
const MOST_ROWS = 40;

/** Days, to the median, from a promise until its things were in hands; undefined while none are. */
async function daysToHands(ctx: UseCaseContext, mine: SQL | undefined): Promise<number | undefined> {
  const [row] = await ctx.db
    .select({
      days: sql<
        number | null
      >`percentile_cont(0.5) within group (order by extract(epoch from ${handovers.occurredAt} - ${GIVEN_AT}) / 86400)::float`,
    })
    .from(pledges)
    .innerJoin(lots, eq(lots.pledgeId, pledges.id))
    .innerJoin(deliveryItems, eq(deliveryItems.lotId, lots.id))
    .innerJoin(handovers, eq(handovers.deliveryId, deliveryItems.deliveryId))
    .where(and(mine, gt(deliveryItems.deliveredQuantity, 0n), eq(handovers.outcome, "handed_over")));
  return row?.days === null || row?.days === undefined ? undefined : Math.max(0, Math.round(row.days));
}

/**
 * What the reader gave in a year of Asia/Shanghai: in all, by month and by kind. Of those who got it there is
 * their number, and nothing else. What was offered to no wish in particular is not in it.
 * @throws {DomainError} SIGN_IN_NEEDED
 */
export async function myYear(ctx: UseCaseContext, year: number) {
  const { userId } = requireUser(ctx.actor);
  const mine = givenIn(userId, year);
  const month = sql<number>`extract(month from ${GIVEN_AT} at time zone 'Asia/Shanghai')::int`;
  const [[all], months, kinds, days] = await Promise.all([
    ctx.db
      .select({
        ...SUMS,
        gifts: GIFTS,
        homes: sql<number>`count(distinct coalesce(${needs.householdId}, ${needs.organisationId}))::int`,
      })
      .from(pledges)
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .where(mine),
    ctx.db
      .select({ month, ...SUMS, gifts: GIFTS })
      .from(pledges)
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .where(mine)
      .groupBy(month)
      .orderBy(month),
    ctx.db
      .select({
        code: needLines.objectKind,
        nameHans: objectKinds.nameHans,
        nameHant: objectKinds.nameHant,
        nameEn: objectKinds.nameEn,
        icon: objectKinds.icon,
        units: sql<bigint>`sum(${UNITS})`.mapWith(pledges.quantity),
      })
      .from(pledges)
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
      .where(mine)
      .groupBy(needLines.objectKind, objectKinds.code)
      .orderBy(sql`sum(${UNITS}) desc`, objectKinds.code)
      .limit(MOST_KINDS),
    daysToHands(ctx, mine),
  ]);
  return { all: all ?? { things: 0n, services: 0n, fen: 0n, gifts: 0, homes: 0 }, months, kinds, days };
}

/**
 * The same by town and thing, the most first, for a company's report.
 * @throws {DomainError} SIGN_IN_NEEDED
 */
export async function myYearByTown(ctx: UseCaseContext, year: number) {
  const { userId } = requireUser(ctx.actor);
  return ctx.db
    .select({
      townCode: needs.townCode,
      town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
      lineKind: needLines.kind,
      unit: {
        nameHans: unitsOfMeasure.nameHans,
        nameHant: unitsOfMeasure.nameHant,
        nameEn: unitsOfMeasure.nameEn,
      },
      units: sql<bigint>`sum(${UNITS})`.mapWith(pledges.quantity),
      fen: SUMS.fen,
    })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(givenIn(userId, year))
    .groupBy(
      needs.townCode,
      towns.code,
      needLines.itemHans,
      needLines.itemHant,
      needLines.kind,
      unitsOfMeasure.code,
    )
    .orderBy(sql`sum(${UNITS}) desc`, needs.townCode, needLines.itemHans)
    .limit(MOST_ROWS);
}

const BATCH = 500;

/**
 * Every promise of the year as a line for the reader's own books, in the order in which they were made, batch
 * by batch.
 * @throws {DomainError} SIGN_IN_NEEDED, with the first batch
 */
export async function* linesOfMyYear(ctx: UseCaseContext, year: number, batch = BATCH) {
  const { userId } = requireUser(ctx.actor);
  const read = (after: string | undefined) =>
    ctx.db
      .select({
        id: pledges.id,
        at: GIVEN_AT,
        giftCode: gifts.code,
        needCode: needs.code,
        town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
        itemHans: needLines.itemHans,
        itemHant: needLines.itemHant,
        lineKind: needLines.kind,
        units: UNITS,
        unit: {
          nameHans: unitsOfMeasure.nameHans,
          nameHant: unitsOfMeasure.nameHant,
          nameEn: unitsOfMeasure.nameEn,
        },
        fen: FEN.mapWith(pledges.unitPriceFen),
      })
      .from(pledges)
      .innerJoin(gifts, eq(gifts.id, pledges.giftId))
      .innerJoin(needLines, eq(needLines.id, pledges.lineId))
      .innerJoin(needs, eq(needs.id, pledges.needId))
      .innerJoin(towns, eq(towns.code, needs.townCode))
      .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
      .where(and(givenIn(userId, year), after === undefined ? undefined : gt(pledges.id, after)))
      .orderBy(asc(pledges.id))
      .limit(batch);
  yield* inBatches(batch, (last: Awaited<ReturnType<typeof read>>[number] | undefined) => read(last?.id));
}
