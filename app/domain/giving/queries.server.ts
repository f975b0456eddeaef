import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { deliveriesOfGift } from "~/domain/delivery/queries.server";
import { anyServiceDone } from "~/domain/delivery/serviceVisits.server";
import { hasArrived, passedWordsOf } from "~/domain/delivery/wordsForDonors.server";
import { requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { plusMinutes } from "~/domain/kernel/time";
import { countable } from "~/domain/needs/countable.server";
import { openLinesOf, withLines } from "~/domain/needs/queries.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { readDetails } from "~/domain/needs/words.server";
import { inTransaction } from "~/domain/kernel/context.server";
import { stillToBuy } from "~/domain/payments/toBuy.server";
import { gifts, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { lots } from "~db/schema/books";
import { deliveries, deliveryItems } from "~db/schema/delivery";
import { checkouts, financeTasks } from "~db/schema/payments";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";
import { trackHash } from "./confirmGift.server";
import { jointDayOfGift } from "./jointDayQueries.server";

/** What the basket says of a wish. */
const WISH = {
  needId: publicNeeds.needId,
  code: publicNeeds.code,
  townCode: publicNeeds.townCode,
  titleHans: publicNeeds.titleHans,
  titleHant: publicNeeds.titleHant,
} as const;

/** What the basket's lines are and need now; lines of wishes that are gone are left out. */
export async function basketLines(ctx: UseCaseContext, lineIds: readonly string[]) {
  if (lineIds.length === 0) return [];
  const rows = await ctx.db
    .select(WISH)
    .from(publicNeeds)
    .where(
      inArray(
        publicNeeds.needId,
        ctx.db
          .select({ id: needLines.needId })
          .from(needLines)
          .where(inArray(needLines.id, [...lineIds])),
      ),
    );
  const cards = await withLines(ctx.db, rows);
  return cards.flatMap((wish) =>
    wish.lines.filter((line) => lineIds.includes(line.id)).map((line) => ({ wish, line })),
  );
}

/** The open lines of a filtered list, at most so many: "claim the whole list". */
export async function linesOfFilter(
  ctx: UseCaseContext,
  filter: WishFilter,
): Promise<{ lineId: string; quantity: number }[]> {
  return openLinesOf(ctx, filter, await limit(ctx.db, ctx, "basketLines"));
}

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
  householdId: needs.householdId,
  townCode: needs.townCode,
  town: { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
  /** Whom the donor of a service calls to agree on its day. */
  townPhone: sql<
    string | null
  >`(select p.phone from ${servicePoints} p where p.town_code = ${needs.townCode} order by p.id limit 1)`,
  /**
   * Of its accepted units, those in their recipients' hands; and whether every delivery with some of them was
   * confirmed.
   */
  delivered:
    sql<bigint>`(select coalesce(sum(i.delivered_quantity), 0) from ${deliveryItems} i join ${lots} l on l.id = i.lot_id where l.pledge_id = ${pledges.id})`.mapWith(
      pledges.settled,
    ),
  acknowledged: sql<boolean>`not exists (select 1 from ${deliveryItems} i join ${lots} l on l.id = i.lot_id join ${deliveries} d on d.id = i.delivery_id
    where l.pledge_id = ${pledges.id} and i.delivered_quantity > 0 and d.state <> 'confirmed')`,
  moneyWaits: sql<boolean>`exists (select 1 from ${financeTasks} f where f.pledge_id = ${pledges.id} and f.kind = 'late_payment' and f.state = 'open')`,
  /** Of things that were paid for and are not all bought: by when, and since when that day is past. */
  buyBy:
    sql<Date | null>`(select max(c.buy_by) from ${checkouts} c where c.pledge_id = ${pledges.id} and ${stillToBuy})`.mapWith(
      pledges.dueAt,
    ),
  lateToldAt:
    sql<Date | null>`(select max(c.late_told_at) from ${checkouts} c where c.pledge_id = ${pledges.id} and ${stillToBuy})`.mapWith(
      pledges.dueAt,
    ),
  unit: unitsOfMeasure,
  icon: objectKinds.icon,
} as const;

const pledgeRows = (ctx: UseCaseContext, where: SQL | undefined) =>
  ctx.db
    .select(lineOf)
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, needLines.unitCode))
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(where)
    .orderBy(asc(pledges.id));

type Gift = typeof gifts.$inferSelect;

/** What was offered to no wish in particular, by its gift. */
const offersOf = (ctx: UseCaseContext, giftIds: readonly string[]) =>
  ctx.db
    .select({ offer: OFFER, kind: objectKinds, unit: unitsOfMeasure, point: servicePoints })
    .from(offers)
    .innerJoin(objectKinds, eq(objectKinds.code, offers.objectKind))
    .innerJoin(unitsOfMeasure, eq(unitsOfMeasure.code, offers.unitCode))
    .leftJoin(servicePoints, eq(servicePoints.id, offers.pointId))
    .where(inArray(offers.giftId, [...giftIds]));

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

/**
 * Steps of whole deliveries belong to every gift in them: what failed, what was tried again, what was said of
 * it afterwards.
 */
const DELIVERY_STEPS = ["fail", "try_again", "turn_back", "overdue", "dispute", "confirm"].map(
  (event) => `delivery.${event}`,
);

/** What happened to the recipient is theirs: a donor reads that it was not delivered, not why. */
const PRIVATE_REASONS: ReadonlySet<string> = new Set([
  "died",
  "moved",
  "died_or_moved",
  "consent_withdrawn",
  "recipient_refused",
  "refused",
]);

/**
 * The whole way of a gift, read back from the journal: each step with its time and role, never a person. A
 * delivery's own steps are shown where something of this gift is in it, never those of other deliveries for
 * the same wish.
 */
async function giftTimeline(ctx: UseCaseContext, giftId: string, deliveryIds: readonly string[]) {
  const own = eq(journal.giftId, giftId);
  const ofDelivery =
    deliveryIds.length === 0
      ? undefined
      : and(
          eq(journal.entity, "delivery"),
          inArray(journal.entityId, [...deliveryIds]),
          inArray(journal.event, DELIVERY_STEPS),
        );
  const rows = await ctx.db
    .select({
      id: journal.id,
      event: journal.event,
      at: journal.occurredAt,
      role: journal.actorRole,
      quantity: countable,
      reason: journal.reason,
      data: journal.data,
    })
    .from(journal)
    .leftJoin(needLines, eq(needLines.id, journal.lineId))
    .where(or(own, ofDelivery))
    .orderBy(asc(journal.id))
    .limit(500);
  return rows.map((row) =>
    row.reason !== null && PRIVATE_REASONS.has(row.reason) ? { ...row, reason: null } : row,
  );
}

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
 * Of a promise, what whoever holds the link reads: the thing and how it stands, not who gives it, how it
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
  const page = rows.slice(0, GIFTS_A_PAGE);
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
    next: rows.length > GIFTS_A_PAGE ? page.at(-1)?.id : undefined,
  };
}
