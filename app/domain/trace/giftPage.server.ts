import { and, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { deliveriesOfGift, passedPhotosOn } from "~/domain/delivery/queries.server";
import { trackHash } from "~/domain/giving/confirmGift.server";
import { jointDayOfGift, mayHaveJointDay } from "~/domain/giving/jointDayQueries.server";
import { anyServiceDone } from "~/domain/giving/serviceVisits.server";
import { requireUser } from "~/domain/kernel/actor";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import { type Database, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { pageOf } from "~/domain/kernel/page";
import { plusMinutes } from "~/domain/kernel/time";
import { readDetails } from "~/domain/needs/words.server";
import { readPoints } from "~/domain/reference/queries.server";
import { gifts, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { offersOf, pledgeRows, rowsHeld, rowsOfGift } from "./giftRows.server";
import { giftTimeline } from "./giftTimeline.server";
import { humanWays } from "./giftWays";
import { hasArrived, passedWordsOf } from "./wordsForDonors.server";

/** A gift as its pages know it. */
const GIFT = {
  id: gifts.id,
  code: gifts.code,
  kind: gifts.kind,
  createdAt: gifts.createdAt,
  confirmedAt: gifts.confirmedAt,
  arrivalWay: gifts.arrivalWay,
  displayChoice: gifts.displayChoice,
  displayName: gifts.displayName,
  ifGone: gifts.ifGone,
} as const;

/**
 * A gift, and what there is to be read of it: for what most gifts do not have no question is asked. The
 * offsets keep the planner from reading a table whole instead of asking of one gift.
 */
const giftsWhere = (db: Database, which: SQL | undefined) =>
  db
    .select({
      gift: GIFT,
      pointId: gifts.pointId,
      deliveryIds: deliveriesOfGift(db),
      isOffer: sql<boolean>`exists (select 1 from ${offers} o where o.gift_id = gift.id offset 0)`,
      mayHaveJointDay,
    })
    .from(gifts)
    .where(which);

const ownGift = builtOnce((db) =>
  giftsWhere(
    db,
    and(eq(gifts.code, sql.placeholder("code")), eq(gifts.donorId, sql.placeholder("donorId"))),
  ).prepare("own_gift"),
);

const sharedGift = builtOnce((db) =>
  giftsWhere(db, eq(gifts.trackTokenHash, sql.placeholder("hash"))).prepare("shared_gift"),
);

type Found = Awaited<ReturnType<ReturnType<typeof ownGift>["execute"]>>[number];

/**
 * What a gift is of and its whole way, as its donor and whoever has their link read it; what is sealed of its
 * lines stays sealed.
 */
async function wayOf(ctx: UseCaseContext, { gift, deliveryIds, isOffer }: Found) {
  const [rows, [offer], timeline] = await Promise.all([
    rowsOfGift(ctx, gift.id),
    isOffer ? offersOf(ctx, [gift.id]) : [],
    giftTimeline(ctx, gift.id, deliveryIds),
  ]);
  const needIds = rows.flatMap(({ pledge }) => (hasArrived(pledge) ? [pledge.needId] : []));
  const days = {
    inspectWithinDays: await limit(ctx.db, ctx, "inspectWithinDays"),
    deliverWithinDays: await limit(ctx.db, ctx, "deliverWithinDays"),
  };
  return {
    rows,
    offer,
    timeline,
    ways: humanWays({ rows, offer, timeline, now: ctx.now(), days }),
    words: await passedWordsOf(ctx, { deliveryIds, needIds }),
  };
}

type Way = Awaited<ReturnType<typeof wayOf>>;

/** Size and colour are for the donor of this very line; nothing else of the household is read. */
const withDetails = (ctx: UseCaseContext, rows: Way["rows"]) =>
  Promise.all(
    rows.map(async ({ detailsSealed, householdId, ...row }) => ({
      ...row,
      details: await readDetails(
        ctx.db,
        ctx,
        { id: row.pledge.needId, householdId },
        { id: row.lineId, detailsSealed },
      ),
    })),
  );

const pointOf = async (ctx: UseCaseContext, pointId: string | null) =>
  pointId === null ? undefined : (await readPoints(ctx)).find(({ point }) => point.id === pointId)?.point;

/** Until when the donor may take the gift back; null once that is over, or a service of it was done. */
async function canUndoUntil(
  ctx: UseCaseContext,
  { id, confirmedAt }: Found["gift"],
  rows: Way["rows"],
): Promise<Date | null> {
  if (confirmedAt === null) return null;
  const ends = plusMinutes(confirmedAt, await limit(ctx.db, ctx, "undoMinutes"));
  if (ends <= ctx.now()) return null;
  const isService = rows.some(({ pledge }) => pledge.kind === "service");
  return isService && (await anyServiceDone(ctx.db, id)) ? null : ends;
}

/** Given just now: it can still be taken back, and nothing of it has come further than its first step. */
const isJustGiven = (undoUntil: Date | null, ways: Way["ways"]): boolean =>
  undoUntil !== null &&
  ways.length > 0 &&
  ways.every(({ steps }) => steps.every(({ reached }, index) => index === 0 || reached === 0n));

/**
 * Promises whose wish was taken down and that did not go on to another: what becomes of them is the donor's
 * to say.
 */
async function lostTargets(ctx: UseCaseContext, giftId: string, pledged: Way["rows"]): Promise<string[]> {
  if (!pledged.some(({ pledge }) => pledge.state === "cancelled")) return [];
  const next = alias(pledges, "next");
  const rows = await ctx.db
    .select({ id: pledges.id })
    .from(pledges)
    .innerJoin(
      journal,
      and(
        eq(journal.entity, "pledge"),
        eq(journal.entityId, pledges.id),
        eq(journal.event, "pledge.target_gone"),
      ),
    )
    .leftJoin(next, eq(next.retargetedFrom, pledges.id))
    .where(
      and(
        eq(pledges.giftId, giftId),
        eq(pledges.state, "cancelled"),
        isNotNull(pledges.confirmedAt),
        isNull(next.id),
      ),
    );
  return rows.map((row) => row.id);
}

/** The donor's own gift. @throws {DomainError} NOT_FOUND for everybody else's */
export async function giftPage(ctx: UseCaseContext, code: string) {
  const { userId: donorId } = requireUser(ctx.actor);
  const [found] = await ownGift(ctx.db).execute({ code, donorId });
  if (!found) throw new DomainError("NOT_FOUND");
  const { gift, pointId, deliveryIds, mayHaveJointDay: asksForDay } = found;
  const { rows, ...way } = await wayOf(ctx, found);
  const undoUntil = await canUndoUntil(ctx, gift, rows);
  return {
    gift,
    isNew: isJustGiven(undoUntil, way.ways),
    ...way,
    rows: await withDetails(ctx, rows),
    photos: await passedPhotosOn(ctx, deliveryIds),
    asking: await lostTargets(ctx, gift.id, rows),
    point: await pointOf(ctx, pointId),
    canUndoUntil: undoUntil,
    jointDay: asksForDay ? await jointDayOfGift(ctx, gift.id) : { current: undefined, mayPropose: false },
  };
}

/**
 * What is held of the donor's own gift and waits to be confirmed, line by line; empty where nothing is.
 * @throws {DomainError} NOT_FOUND for everybody else's
 */
export async function heldGift(ctx: UseCaseContext, code: string) {
  const { userId: donorId } = requireUser(ctx.actor);
  const rows = await rowsHeld(ctx, { code, donorId });
  if (rows.length === 0 && (await ownGift(ctx.db).execute({ code, donorId })).length === 0)
    throw new DomainError("NOT_FOUND");
  return withDetails(ctx, rows);
}

/**
 * What whoever holds the link reads of a promise: the thing, for whom in the words of its public wish, and
 * how it stands; not who gives it, how it travels or over which point.
 */
const sharedRow = ({
  pledge,
  lineKind,
  itemHans,
  itemHant,
  unit,
  icon,
  needCode,
  needKind,
  needState,
  publicGroup,
  town,
  delivered,
  acknowledged,
  moneyWaits,
  buyBy,
  lateToldAt,
}: Way["rows"][number]) => {
  const { id, kind, state, quantity, settled, givenBack, unitPriceFen, dueAt, arrangedFor } = pledge;
  const promise = { id, kind, state, quantity, settled, givenBack, unitPriceFen, dueAt, arrangedFor };
  return {
    pledge: promise,
    lineKind,
    itemHans,
    itemHant,
    unit,
    icon,
    needCode,
    needKind,
    needState,
    publicGroup,
    town,
    delivered,
    acknowledged,
    moneyWaits,
    buyBy,
    lateToldAt,
  };
};

const sharedOffer = ({
  offer: { quantity, description, state, dueAt, declineReason },
  kind,
  unit,
}: NonNullable<Way["offer"]>) => ({
  offer: { quantity, description, state, dueAt, declineReason },
  kind,
  unit,
  point: null,
});

/**
 * The same way without an account, for whoever holds the link: named columns only, no donor's name or id, no
 * details of the line.
 */
export async function trackPage(ctx: UseCaseContext, token: string) {
  const [found] = await sharedGift(ctx.db).execute({ hash: trackHash(token) });
  if (!found) throw new DomainError("NOT_FOUND");
  const { rows, timeline, ways, words, offer } = await wayOf(ctx, found);
  return { rows: rows.map(sharedRow), timeline, ways, words, offer: offer && sharedOffer(offer) };
}

const GIFTS_A_PAGE = 20;

/** The donor's gifts, newest first, by key. */
export async function myGifts(ctx: UseCaseContext, before?: string) {
  const { userId } = requireUser(ctx.actor);
  const rows = await ctx.db
    .select(GIFT)
    .from(gifts)
    .where(and(eq(gifts.donorId, userId), before === undefined ? undefined : lt(gifts.id, before)))
    .orderBy(desc(gifts.id))
    .limit(GIFTS_A_PAGE + 1);
  const { rows: page, next } = pageOf(rows, GIFTS_A_PAGE, (last) => last.id);
  const ids = page.map((gift) => gift.id);
  const [lines, offered] =
    ids.length === 0
      ? [[], []]
      : await Promise.all([pledgeRows(ctx.db, inArray(pledges.giftId, ids)), offersOf(ctx, ids)]);
  return {
    gifts: page.map((gift) => ({
      ...gift,
      rows: lines
        .filter((row) => row.pledge.giftId === gift.id)
        .map(({ detailsSealed: _sealed, householdId: _hidden, ...row }) => row),
      offer: offered.find(({ offer }) => offer.giftId === gift.id),
    })),
    next,
  };
}
