import { and, asc, desc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { inBatches } from "~/domain/kernel/batches";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pageOf } from "~/domain/kernel/page";
import { type Tallied, talliesByMonth, talliesOf } from "~/domain/kernel/tally.server";
import { goodsMoves, lots, PLACE_KINDS, type PlaceKind } from "~db/schema/books";
import { deliveries, inspections } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs } from "~db/schema/needs";
import { servicePoints } from "~db/schema/reference";
import { requireBookReader } from "./reader.server";

/** Accounting days (Asia/Shanghai), both inclusive; without them the whole book. */
export type GoodsFilter = Readonly<{ from?: string | undefined; to?: string | undefined }>;

const PAGE = 50;

const within = ({ from, to }: GoodsFilter): SQL | undefined =>
  and(
    from === undefined ? undefined : gte(goodsMoves.accountingDate, from),
    to === undefined ? undefined : lte(goodsMoves.accountingDate, to),
  );

/** A point's name or a delivery's code, where the place has one: found by the key that stands in it. */
const nameOf = (place: typeof goodsMoves.fromPlace | typeof goodsMoves.toPlace) => sql<string | null>`case
  when ${place} like 'point:%' then (select p.name_hans from ${servicePoints} p where p.id = split_part(${place}, ':', 2)::uuid)
  when ${place} like 'courier:%' then (select d.code from ${deliveries} d where d.id = split_part(${place}, ':', 2)::uuid)
end`;

/** A move as its page and its file name it; neither says who moved it. */
const MOVE = {
  id: goodsMoves.id,
  fromKind: goodsMoves.fromKind,
  toKind: goodsMoves.toKind,
  quantity: goodsMoves.quantity,
  reason: goodsMoves.reason,
  accountingDate: goodsMoves.accountingDate,
  occurredAt: goodsMoves.occurredAt,
} as const;

/** What the accountant's file says of it besides. */
const OF_FILE = {
  sourceType: goodsMoves.sourceType,
  sourceId: goodsMoves.sourceId,
  recordedAt: goodsMoves.recordedAt,
} as const;

const moveRows = <More extends Readonly<Record<string, Readonly<Record<string, PgColumn>>>>>(
  ctx: UseCaseContext,
  more: More,
) =>
  ctx.db
    .select({
      move: MOVE,
      ...more,
      label: lots.label,
      objectKind: lots.objectKind,
      unitValueFen: lots.unitValueFen,
      valueBasis: lots.valueBasis,
      giftCode: gifts.code,
      needCode: needs.code,
      fromName: nameOf(goodsMoves.fromPlace),
      toName: nameOf(goodsMoves.toPlace),
    })
    .from(goodsMoves)
    .innerJoin(lots, eq(lots.id, goodsMoves.lotId))
    .leftJoin(pledges, eq(pledges.id, lots.pledgeId))
    .leftJoin(offers, eq(offers.id, lots.offerId))
    .leftJoin(gifts, sql`${gifts.id} = coalesce(${pledges.giftId}, ${offers.giftId})`)
    .leftJoin(needLines, eq(needLines.id, lots.lineId))
    .leftJoin(needs, eq(needs.id, needLines.needId));

/**
 * A page of the goods book, newest first, by key. @throws {DomainError} NOT_ALLOWED unless finance, auditor
 * or operator
 */
export async function goodsBook(ctx: UseCaseContext, filter: GoodsFilter, before?: string) {
  requireBookReader(ctx);
  const rows = await moveRows(ctx, {})
    .where(and(within(filter), before === undefined ? undefined : lt(goodsMoves.id, before)))
    .orderBy(desc(goodsMoves.id))
    .limit(PAGE + 1);
  return pageOf(rows, PAGE, (last) => last.move.id);
}

/** Moves read at once: a file of any length takes neither memory nor a long statement. */
const BATCH = 200;

type OfFile = Awaited<ReturnType<typeof moveRows<{ origin: typeof OF_FILE }>>>[number];

/**
 * The same days for the accountant, whole, day by day, batch by batch: what was recorded until the file
 * began, so that no move of a lot is shown without those before it. @throws {DomainError} NOT_ALLOWED, with
 * the first batch
 */
export async function* wholeGoodsBook(ctx: UseCaseContext, filter: GoodsFilter, batch = BATCH) {
  requireBookReader(ctx);
  const began = ctx.now();

  const inOrder = [asc(goodsMoves.accountingDate), asc(goodsMoves.id)] as const;

  yield* inBatches(batch, (last: OfFile | undefined) => {
    // First which they are, by the index of days alone: joined at once, the whole book would be sorted for
    // each batch.
    const next = ctx.db
      .select({ id: goodsMoves.id })
      .from(goodsMoves)
      .where(
        and(
          within(filter),
          lte(goodsMoves.recordedAt, began),
          last &&
            sql`(${goodsMoves.accountingDate}, ${goodsMoves.id}) > (${last.move.accountingDate}, ${last.move.id})`,
        ),
      )
      .orderBy(...inOrder)
      .limit(batch);
    return moveRows(ctx, { origin: OF_FILE })
      .where(inArray(goodsMoves.id, next))
      .orderBy(...inOrder);
  });
}

export type GoodsTotal = Readonly<{
  from: PlaceKind;
  to: PlaceKind;
  moves: number;
  units: bigint;
  valueFen: bigint;
}>;

/**
 * Moves, units and value of every way from one kind of place to another: the sums that the file of the same
 * days must equal. Goods that could not be valued are worth nothing in any sum.
 */
export async function goodsTotals(ctx: UseCaseContext, filter: GoodsFilter): Promise<GoodsTotal[]> {
  requireBookReader(ctx);
  return waysOf(await talliesOf(ctx.db, "goods", filter));
}

/** Units that ever went each way, for everybody: they name nobody. */
export const publicWays = async (ctx: UseCaseContext): Promise<GoodsTotal[]> =>
  waysOf(await talliesOf(ctx.db, "goods"));

/** The same month by month since that day. */
export async function publicWaysByMonth(ctx: UseCaseContext, from: string) {
  const sums = await talliesByMonth(ctx.db, "goods", from);
  return sums.map(({ month, ...sum }) => ({ month, ...wayWith(sum) }));
}

const waysOf = (sums: readonly Tallied[]): GoodsTotal[] => sums.map(wayWith);

const wayWith = ({ part, entries, units, fen }: Tallied): GoodsTotal => ({
  ...wayOf(part),
  moves: Number(entries),
  units,
  valueFen: fen,
});

function wayOf(part: string): Readonly<{ from: PlaceKind; to: PlaceKind }> {
  const [from, to] = part.split(" ").map((word) => PLACE_KINDS.find((kind) => kind === word));
  if (from === undefined || to === undefined) throw new Error(`the goods book has no way "${part}"`);
  return { from, to };
}

/** Where nothing is kept: the world outside, and what only parts one lot from another. */
const NOWHERE: ReadonlySet<PlaceKind> = new Set(["donor", "supplier", "split"]);

/** What stands where now, by kind of place: what ever came there less what left. */
export async function goodsNow(ctx: UseCaseContext) {
  requireBookReader(ctx);
  const sums = await goodsTotals(ctx, {});
  return PLACE_KINDS.filter((kind) => !NOWHERE.has(kind))
    .toSorted()
    .map((kind) => ({ kind, ...standingAt(kind, sums) }))
    .filter(({ units }) => units > 0n);
}

function standingAt(kind: PlaceKind, sums: readonly GoodsTotal[]) {
  let [units, valueFen] = [0n, 0n];

  for (const { from, to, ...moved } of sums) {
    const sign = BigInt(Number(to === kind) - Number(from === kind));
    units += sign * moved.units;
    valueFen += sign * moved.valueFen;
  }

  return { units, valueFen };
}

/** What was not accepted never enters the book; how much it was, and where it went, is said beside it. */
export async function refusedGoods(ctx: UseCaseContext, { from, to }: GoodsFilter) {
  requireBookReader(ctx);
  const day = sql`(${inspections.occurredAt} at time zone 'Asia/Shanghai')::date`;
  const rows = await ctx.db
    .select({ to: inspections.refusedGoTo, units: sql<string>`sum(${inspections.refused})` })
    .from(inspections)
    .where(
      and(
        sql`${inspections.refused} > 0`,
        from === undefined ? undefined : sql`${day} >= ${from}::date`,
        to === undefined ? undefined : sql`${day} <= ${to}::date`,
      ),
    )
    .groupBy(inspections.refusedGoTo);
  return rows.flatMap((row) => (row.to === null ? [] : [{ to: row.to, units: BigInt(row.units) }]));
}
