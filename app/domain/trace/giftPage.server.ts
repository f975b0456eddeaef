import { and, desc, eq, inArray, isNotNull, isNull, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { deliveriesOfGift } from "~/domain/delivery/queries.server";
import { trackHash } from "~/domain/giving/confirmGift.server";
import { jointDayOfGift } from "~/domain/giving/jointDayQueries.server";
import { anyServiceDone } from "~/domain/giving/serviceVisits.server";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { pageOf } from "~/domain/kernel/page";
import { plusMinutes } from "~/domain/kernel/time";
import { readDetails } from "~/domain/needs/words.server";
import { gifts, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { servicePoints } from "~db/schema/reference";
import { offersOf, pledgeRows } from "./giftRows.server";
import { giftTimeline } from "./giftTimeline.server";
import { hasArrived, passedWordsOf } from "./wordsForDonors.server";

type Gift = typeof gifts.$inferSelect;

/**
 * What a gift is of and its whole way, as its donor and whoever has their link read it; what is sealed of its
 * lines stays sealed.
 */
async function wayOf(ctx: UseCaseContext, gift: Gift) {
  const [rows, [offer], deliveryIds] = await Promise.all([
    pledgeRows(ctx, eq(pledges.giftId, gift.id)),
    offersOf(ctx, [gift.id]),
    deliveriesOfGift(ctx, gift.id),
  ]);
  const needIds = rows.flatMap(({ pledge }) => (hasArrived(pledge) ? [pledge.needId] : []));
  const [timeline, words] = await Promise.all([
    giftTimeline(ctx, gift.id, deliveryIds),
    passedWordsOf(ctx, { deliveryIds, needIds }),
  ]);
  return { rows, offer, timeline, words };
}

type Way = Awaited<ReturnType<typeof wayOf>>;

/** Size and colour are for the donor of this very line; nothing else of the household is read. */
const withDetails = (ctx: UseCaseContext, rows: Way["rows"]) =>
  inTransaction(ctx, (tx) =>
    Promise.all(
      rows.map(async ({ detailsSealed, householdId, ...row }) => ({
        ...row,
        details: await readDetails(
          tx,
          ctx,
          { id: row.pledge.needId, householdId },
          { id: row.lineId, detailsSealed },
        ),
      })),
    ),
  );

const pointOf = async (ctx: UseCaseContext, { pointId }: Gift) =>
  pointId === null
    ? undefined
    : (await ctx.db.select().from(servicePoints).where(eq(servicePoints.id, pointId)))[0];

/** Until when the donor may take the gift back; null once that is over, or a service of it was done. */
async function canUndoUntil(ctx: UseCaseContext, gift: Gift): Promise<Date | null> {
  if (gift.confirmedAt === null) return null;
  const ends = plusMinutes(gift.confirmedAt, await limit(ctx.db, ctx, "undoMinutes"));
  return ends > ctx.now() && !(await anyServiceDone(ctx.db, gift.id)) ? ends : null;
}

/**
 * Promises whose wish was taken down and that did not go on to another: what becomes of them is the donor's
 * to say.
 */
async function lostTargets(ctx: UseCaseContext, giftId: string): Promise<string[]> {
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

const publicGift = ({
  id,
  code,
  kind,
  createdAt,
  confirmedAt,
  arrivalWay,
  displayChoice,
  displayName,
  ifGone,
}: Gift) => ({
  id,
  code,
  kind,
  createdAt,
  confirmedAt,
  arrivalWay,
  displayChoice,
  displayName,
  ifGone,
});

/** The donor's own gift. @throws {DomainError} NOT_FOUND for everybody else's */
export async function giftPage(ctx: UseCaseContext, code: string) {
  const { userId } = requireUser(ctx.actor);
  const [gift] = await ctx.db
    .select()
    .from(gifts)
    .where(and(eq(gifts.code, code), eq(gifts.donorId, userId)));
  if (!gift) throw new DomainError("NOT_FOUND");
  const { rows, ...way } = await wayOf(ctx, gift);
  return {
    gift: publicGift(gift),
    ...way,
    rows: await withDetails(ctx, rows),
    asking: await lostTargets(ctx, gift.id),
    point: await pointOf(ctx, gift),
    canUndoUntil: await canUndoUntil(ctx, gift),
    jointDay: await jointDayOfGift(ctx, gift.id),
  };
}

/**
 * What whoever holds the link reads of a promise: the thing and how it stands, not who gives it, how it
 * travels or where.
 */
const sharedRow = ({
  pledge,
  lineKind,
  itemHans,
  itemHant,
  unit,
  icon,
  needCode,
  needState,
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
    needState,
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
  const [gift] = await ctx.db
    .select()
    .from(gifts)
    .where(eq(gifts.trackTokenHash, trackHash(token)));
  if (!gift) throw new DomainError("NOT_FOUND");
  const { rows, timeline, words, offer } = await wayOf(ctx, gift);
  return { rows: rows.map(sharedRow), timeline, words, offer: offer && sharedOffer(offer) };
}

const GIFTS_A_PAGE = 20;

/** The donor's gifts, newest first, by key. */
export async function myGifts(ctx: UseCaseContext, before?: string) {
  const { userId } = requireUser(ctx.actor);
  const rows = await ctx.db
    .select()
    .from(gifts)
    .where(and(eq(gifts.donorId, userId), before === undefined ? undefined : lt(gifts.id, before)))
    .orderBy(desc(gifts.id))
    .limit(GIFTS_A_PAGE + 1);
  const { rows: page, next } = pageOf(rows, GIFTS_A_PAGE, (last) => last.id);
  const ids = page.map((gift) => gift.id);
  const [lines, offered] =
    ids.length === 0
      ? [[], []]
      : await Promise.all([pledgeRows(ctx, inArray(pledges.giftId, ids)), offersOf(ctx, ids)]);
  return {
    gifts: page.map((gift) => ({
      ...publicGift(gift),
      rows: lines
        .filter((row) => row.pledge.giftId === gift.id)
        .map(({ detailsSealed: _sealed, householdId: _hidden, ...row }) => row),
      offer: offered.find(({ offer }) => offer.giftId === gift.id),
    })),
    next,
  };
}
