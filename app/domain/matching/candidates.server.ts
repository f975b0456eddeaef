import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { pageOf } from "~/domain/kernel/page";
import { plusDays, shanghaiDay } from "~/domain/kernel/time";
import { lots, lotStock } from "~db/schema/books";
import { gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, publicNeeds } from "~db/schema/needs";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";
import type { MatchFilter } from "./schemas";
import { isOfWish, soughtLots } from "./sought.server";

const POINTS = { sameTown: 3, wholeNeed: 2, expiresSoon: 2 } as const;
const MAX_WAITING_POINTS = 5;
const WEEK_SECONDS = 7 * 86_400;

/** Units of a lot that stand at its point and that no proposal keeps. */
const free = sql<bigint>`${lotStock.quantity} - ${lotStock.reserved}`.mapWith(lotStock.quantity);
const atItsPoint = and(eq(lotStock.lotId, lots.id), eq(lotStock.place, sql`'point:' || ${lots.pointId}`));
const today = (ctx: UseCaseContext) => shanghaiDay(ctx.now());

/** Lots that belong to no line, stand at a point and are still good. */
const unmatched = (ctx: UseCaseContext) =>
  and(
    isNull(lots.lineId),
    gt(free, sql`0`),
    or(isNull(lots.bestBefore), sql`${lots.bestBefore} >= ${today(ctx)}`),
  );

const LOTS_A_PAGE = 20;

/** What is shown of a lot; where it came from says its gift's code. */
const LOT = { id: lots.id, label: lots.label, bestBefore: lots.bestBefore } as const;
const LINE = {
  id: needLines.id,
  itemHans: needLines.itemHans,
  itemHant: needLines.itemHant,
  open: needLines.open,
} as const;
const NEED = {
  needId: publicNeeds.needId,
  code: publicNeeds.code,
  titleHans: publicNeeds.titleHans,
  titleHant: publicNeeds.titleHant,
  ageBand: publicNeeds.ageBand,
  publicGroup: publicNeeds.publicGroup,
  waitingSince: publicNeeds.waitingSince,
} as const;
const TOWN = { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn } as const;

/** Who waits, as the desk asks for them. */
export const asked = ({ town, kind, age, code }: MatchFilter) =>
  and(
    code === undefined || !isOfWish(code) ? undefined : eq(publicNeeds.code, code),
    town === undefined ? undefined : eq(publicNeeds.townCode, town),
    age === undefined ? undefined : eq(publicNeeds.ageBand, age),
    kind === undefined ? undefined : eq(needLines.objectKind, kind),
  );

/**
 * Goods at a point that are meant for no line yet, oldest first, by key: of accepted offers, and what was
 * freed when a wish ended. `free` is what no proposal keeps.
 */
export async function freeLots(
  ctx: UseCaseContext,
  {
    after,
    lotId,
    kind,
    code,
    limit: most = LOTS_A_PAGE,
  }: {
    after?: string | undefined;
    lotId?: string | undefined;
    kind?: string | undefined;
    code?: string | undefined;
    limit?: number;
  } = {},
) {
  const rows = await ctx.db
    .select({
      lot: LOT,
      free,
      stock: lotStock.quantity,
      kind: objectKinds,
      unit: unitsOfMeasure,
      point: servicePoints,
      description: offers.description,
      giftCode: gifts.code,
      townCode: servicePoints.townCode,
    })
    .from(lots)
    .innerJoin(lotStock, atItsPoint)
    .innerJoin(objectKinds, eq(objectKinds.code, lots.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, lots.unitCode))
    .innerJoin(servicePoints, eq(servicePoints.id, lots.pointId))
    .leftJoin(offers, eq(offers.id, lots.offerId))
    .leftJoin(pledges, eq(pledges.id, lots.pledgeId))
    .leftJoin(gifts, sql`${gifts.id} = coalesce(${offers.giftId}, ${pledges.giftId})`)
    .where(
      and(
        unmatched(ctx),
        after === undefined ? undefined : gt(lots.id, after),
        lotId === undefined ? undefined : eq(lots.id, lotId),
        kind === undefined ? undefined : eq(lots.objectKind, kind),
        code === undefined ? undefined : soughtLots(code),
      ),
    )
    .orderBy(asc(lots.id))
    .limit(most + 1);
  return pageOf(rows, most, (last) => last.lot.id);
}

/**
 * Why a line comes before another for a lot: each reason with its points. Waiting counts a point a week up to
 * five, so that nobody waits for ever behind nearer homes. The same kind of thing is a condition and no
 * reason. Where a lot is counted otherwise than a line (pieces for sets), the desk sees both units, and the
 * two people decide.
 */
function points(now: Date, expiresBy: string) {
  const weeks = sql`floor(extract(epoch from (${now.toISOString()}::timestamptz - ${publicNeeds.waitingSince})) / ${sql.raw(String(WEEK_SECONDS))})`;
  const when = (condition: SQL, worth: number) =>
    sql<number>`case when ${condition} then ${sql.raw(String(worth))} else 0 end`;
  const waiting = sql<number>`greatest(0, least(${sql.raw(String(MAX_WAITING_POINTS))}, ${weeks}))::int`;
  const sameTown = when(sql`${publicNeeds.townCode} = ${servicePoints.townCode}`, POINTS.sameTown);
  const wholeNeed = when(sql`${needLines.open} <= ${free}`, POINTS.wholeNeed);
  const expiresSoon = when(
    and(isNotNull(lots.bestBefore), lte(lots.bestBefore, expiresBy)) ?? sql`false`,
    POINTS.expiresSoon,
  );
  return {
    waiting,
    sameTown,
    wholeNeed,
    expiresSoon,
    score: sql<number>`(${waiting} + ${sameTown} + ${wholeNeed} + ${expiresSoon})::int`,
  };
}

/** Every line that one of these lots could serve now, each numbered from the best of its lot. */
async function ranking(ctx: UseCaseContext, db: Database | Transaction, which: SQL | undefined) {
  const expiresBy = shanghaiDay(plusDays(ctx.now(), await limit(db, ctx, "matchExpiresSoonDays")));
  const { waiting, sameTown, wholeNeed, expiresSoon, score } = points(ctx.now(), expiresBy);
  return db.$with("ranked").as(
    db
      .select({
        lotId: sql<string>`${lots.id}`.as("lot_id"),
        lineId: sql<string>`${needLines.id}`.as("line_id"),
        waiting: waiting.as("waiting"),
        sameTown: sameTown.as("same_town"),
        wholeNeed: wholeNeed.as("whole_need"),
        expiresSoon: expiresSoon.as("expires_soon"),
        score: score.as("score"),
        place:
          sql<string>`row_number() over (partition by ${lots.id} order by ${score} desc, ${publicNeeds.waitingSince}, ${needLines.id})`.as(
            "place",
          ),
      })
      .from(lots)
      .innerJoin(lotStock, atItsPoint)
      .innerJoin(servicePoints, eq(servicePoints.id, lots.pointId))
      .innerJoin(
        needLines,
        and(eq(needLines.objectKind, lots.objectKind), sql`${needLines.accepts} and ${needLines.open} > 0`),
      )
      .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
      .where(and(unmatched(ctx), which)),
  );
}

type Points = Readonly<{ waiting: number; sameTown: number; wholeNeed: number; expiresSoon: number }>;

/** The reasons that count, as they are kept and shown. */
const reasonsOf = ({ waiting, sameTown, wholeNeed, expiresSoon }: Points): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ waiting, same_town: sameTown, whole_need: wholeNeed, expires_soon: expiresSoon }).filter(
      ([, worth]) => worth > 0,
    ),
  );

type Ranked = Awaited<ReturnType<typeof ranking>>;

async function candidates(
  ctx: UseCaseContext,
  db: Database | Transaction,
  which: SQL | undefined,
  within: (ranked: Ranked) => SQL | undefined,
) {
  const ranked = await ranking(ctx, db, which);
  const rows = await db
    .with(ranked)
    .select({
      lotId: ranked.lotId,
      line: LINE,
      lineUnit: unitsOfMeasure,
      need: NEED,
      town: TOWN,
      score: ranked.score,
      waiting: ranked.waiting,
      sameTown: ranked.sameTown,
      wholeNeed: ranked.wholeNeed,
      expiresSoon: ranked.expiresSoon,
    })
    .from(ranked)
    .innerJoin(needLines, eq(needLines.id, ranked.lineId))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .innerJoin(towns, eq(towns.code, publicNeeds.townCode))
    .where(within(ranked))
    .orderBy(asc(ranked.lotId), asc(ranked.place));
  return rows.map(({ waiting, sameTown, wholeNeed, expiresSoon, ...row }) => ({
    ...row,
    reasons: reasonsOf({ waiting, sameTown, wholeNeed, expiresSoon }),
  }));
}

export type Candidate = Awaited<ReturnType<typeof candidates>>[number];

/** The best lines for each of these lots, in one statement for all of them. */
export async function bestCandidates(
  ctx: UseCaseContext,
  lotIds: readonly string[],
  each: number,
  filter: MatchFilter = {},
): Promise<ReadonlyMap<string, Candidate[]>> {
  if (lotIds.length === 0) return new Map();
  const rows = await candidates(
    ctx,
    ctx.db,
    and(inArray(lots.id, [...lotIds]), asked(filter)),
    ({ place }) => sql`${place} <= ${each}`,
  );
  const found = new Map<string, Candidate[]>();
  for (const row of rows) found.set(row.lotId, [...(found.get(row.lotId) ?? []), row]);
  return found;
}

const WAITING_A_PAGE = 20;

/**
 * Lines that wait for one of these kinds of things, longest waiting first, by key.
 * @param kinds undefined where the filter names one wish, whose lines are all shown
 * @param after the last line that was seen
 */
export async function waitingLines(
  ctx: UseCaseContext,
  kinds: readonly string[] | undefined,
  filter: MatchFilter,
  after?: string,
) {
  requireRole(ctx.actor, "operator");
  if (kinds?.length === 0) return pageOf<never, string>([], WAITING_A_PAGE, () => "");
  const behind = sql`(${publicNeeds.waitingSince}, ${needLines.id}) > (
    select p.waiting_since, l.id from need_line l join public_need p on p.need_id = l.need_id where l.id = ${after})`;
  const rows = await ctx.db
    .select({ line: LINE, lineUnit: unitsOfMeasure, need: NEED, town: TOWN, kind: objectKinds })
    .from(needLines)
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .innerJoin(towns, eq(towns.code, publicNeeds.townCode))
    .innerJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .where(
      and(
        sql`${needLines.accepts} and ${needLines.open} > 0`,
        kinds && inArray(needLines.objectKind, [...kinds]),
        asked(filter),
        after === undefined ? undefined : behind,
      ),
    )
    .orderBy(asc(publicNeeds.waitingSince), asc(needLines.id))
    .limit(WAITING_A_PAGE + 1);
  return pageOf(rows, WAITING_A_PAGE, (last) => last.line.id);
}

const CANDIDATES_A_PAGE = 20;

/**
 * Waiting lines that a lot could serve, best first, each with its reasons, a page at a time. Suggests only:
 * two people decide.
 * @param after the last line that was seen; once it is served itself, the list starts anew
 * @throws {DomainError} NOT_ALLOWED unless operator, NOT_FOUND for a lot of which nothing is free
 */
export async function candidatesFor(
  ctx: UseCaseContext,
  lotId: string,
  after?: string,
): Promise<{ rows: Candidate[]; next: string | undefined }> {
  requireRole(ctx.actor, "operator");
  const { rows: found } = await freeLots(ctx, { lotId });
  if (found.length === 0) throw new DomainError("NOT_FOUND");
  const seen = (ranked: Ranked) =>
    after === undefined
      ? sql`0`
      : sql`coalesce((select r.place from ${ranked} r where r.line_id = ${after}), 0)`;
  const rows = await candidates(
    ctx,
    ctx.db,
    eq(lots.id, lotId),
    (ranked) =>
      sql`${ranked.place} > ${seen(ranked)} and ${ranked.place} <= ${seen(ranked)} + ${CANDIDATES_A_PAGE + 1}`,
  );
  return pageOf(rows, CANDIDATES_A_PAGE, (last) => last.line.id);
}

/** One line for one lot, as it stands in this transaction; undefined where the lot cannot serve it. */
export async function candidate(
  tx: Transaction,
  ctx: UseCaseContext,
  lotId: string,
  lineId: string,
): Promise<Candidate | undefined> {
  const [found] = await candidates(
    ctx,
    tx,
    and(eq(lots.id, lotId), eq(needLines.id, lineId)),
    () => undefined,
  );
  return found;
}
