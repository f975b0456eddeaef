import { eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { readData } from "~/domain/kernel/journal/eventData";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { isNameIn, ownOf } from "~/domain/kernel/own";
import { pointOfTown } from "~/domain/reference/queries.server";
import { charitiesAt } from "~/domain/register/register.server";
import { calendarDay, day, money } from "~/i18n/format";
import { type Locale, nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";
import { lots } from "~db/schema/books";
import { collections, gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts } from "~db/schema/payments";
import { servicePoints, towns } from "~db/schema/reference";

type Data = Readonly<Record<string, string>>;
/**
 * Which letter an event writes, what it says beside code and link, and what keeps two letters of one moment
 * and gift apart.
 */
export type LetterWords = Readonly<{ template: string; data: Data; apart?: string }>;

/** Letters that say the same of everything that a gift may hold. */
const PLAIN: Readonly<Record<string, string>> = {
  "pledge.expire": "released",
  "pledge.target_gone": "targetGone",
  "pledge.retarget": "retargeted",
  "pledge.return_part": "returned",
  "refund.ask": "refunded",
  "refund.approve": "refunded",
  "delivery_item.hand_over": "delivered",
  "delivery_item.lose": "lost",
  "delivery_item.dispose": "lost",
  "lot.write_off": "lost",
  "offer.receive": "offerArrived",
  "offer.receive_part": "offerArrived",
  "offer.return_part": "returned",
  "count_correction.approve": "corrected",
  "service_visit.accept": "serviceDone",
  "pledge.spend": "spent",
  "joint_day.suggest": "jointDaySuggested",
  "joint_day.agree": "jointDayAgreed",
  "joint_day.decline": "jointDayCalledOff",
  "joint_day.lapse": "jointDayCalledOff",
};

/** A service asks its donor for something else than goods do: it is never brought to a store. */
const OF_PLEDGE = {
  "pledge.confirm": { goods: "confirmed", service: "confirmedService" },
  "pledge.remind": { goods: "remind", service: "remindService" },
  "pledge.revoke": { goods: "revoked", service: "revokedService" },
  "pledge.arrange": { goods: "serviceArranged", service: "serviceArranged" },
} as const satisfies Record<string, Readonly<{ goods: string; service: string }>>;

const OF_OFFER = {
  "offer.accept": "offerAccepted",
  "offer.remind": "offerRemind",
  "offer.lapse": "offerLapsed",
  "offer.decline": "offerDeclined",
} as const satisfies Record<string, string>;

const OF_COLLECTION = {
  "collection.not_home": "collectionNotHome",
  "collection.cannot_come": "collectionCannotCome",
  "collection.overdue": "collectionNobodyCame",
  "collection.collect": "collectionCollected",
} as const satisfies Record<string, string>;

/** What finance did with money that could not go where it was meant; the rest is told by other letters. */
const OF_TASK: Readonly<Record<string, string>> = {
  "finance_task.open late_payment": "paidLate",
  "finance_task.open second_payment": "paidTwice",
  "finance_task.open target_gone": "moneyWishGone",
  "finance_task.settle kept_in_programme": "moneyKept",
};

/**
 * The letter that an event writes to its gift's donor, in their language; undefined when it writes none.
 * Tells nothing of any recipient.
 */
export async function letterOf(
  ctx: UseCaseContext,
  event: JournalRow,
  locale: Locale,
): Promise<LetterWords | undefined> {
  const plain = ownOf(PLAIN, event.event);
  if (plain !== undefined) return { template: plain, data: {} };
  if (isNameIn(OF_PLEDGE, event.event)) return ofPledge(ctx, event, locale);
  if (event.event === "lot.release")
    return {
      template: "lotReleased",
      data: placeOf(locale, await pointOfLot(ctx, readData("lot.release", event.data).free)),
    };
  if (event.event === "checkout.buy_late")
    return { template: "buyLate", data: await fundOf(ctx, event.giftId, locale) };
  if (event.event === "pledge.pay" || event.event === "pledge.pay_late") return ofPayment(ctx, event, locale);
  if (isNameIn(OF_OFFER, event.event)) return ofOffer(ctx, event, locale);
  if (isNameIn(OF_COLLECTION, event.event)) return ofCollection(ctx, event, locale);
  // What is opened says its kind as well; only what is settled has a resolution.
  const { kind, resolution } = readData("finance_task.settle", event.data);
  const task = ownOf(
    OF_TASK,
    `${event.event} ${String(event.event === "finance_task.settle" ? resolution : kind)}`,
  );
  return task === undefined ? undefined : { template: task, data: await fundOf(ctx, event.giftId, locale) };
}

type Point = typeof servicePoints.$inferSelect;

/** Where it is, when it is open, how to reach it: what somebody needs who goes there. */
const placeOf = (locale: Locale, point: Point | undefined): Data =>
  point
    ? { point: nameIn(locale, point), address: point.address, hours: point.hours, phone: point.phone }
    : { point: "", address: "", hours: "", phone: "" };

async function pointById(ctx: UseCaseContext, pointId: string | null): Promise<Point | undefined> {
  if (pointId === null) return undefined;
  const [point] = await ctx.db.select().from(servicePoints).where(eq(servicePoints.id, pointId));
  return point;
}

/** Where a lot was taken in. */
async function pointOfLot(ctx: UseCaseContext, label: string | undefined): Promise<Point | undefined> {
  const [lot] = await ctx.db
    .select({ pointId: lots.pointId })
    .from(lots)
    .where(eq(lots.label, label ?? ""));
  return pointById(ctx, lot?.pointId ?? null);
}

async function ofPledge(
  ctx: UseCaseContext,
  event: JournalRow,
  locale: Locale,
): Promise<LetterWords | undefined> {
  const [row] = await ctx.db
    .select({ pledge: pledges, way: gifts.arrivalWay, pointId: gifts.pointId, town: towns })
    .from(pledges)
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .where(eq(pledges.id, event.entityId));
  const templates = ownOf(OF_PLEDGE, event.event);
  if (!row || !templates) return undefined;
  const { pledge, town } = row;
  const isService = pledge.kind === "service";
  const point = isService
    ? await pointOfTown(ctx.db, town.code)
    : ((await pointById(ctx, row.pointId)) ?? (await pointOfTown(ctx.db, town.code)));
  const until = pledge.dueAt === null ? "" : day(locale, pledge.dueAt);
  const late =
    event.event === "pledge.revoke" ? { days: String(await limit(ctx.db, ctx, "revokeDaysAfterDue")) } : {};
  const data = { day: until, ...late, town: nameIn(locale, town), ...placeOf(locale, point) };
  if (!isService && event.event === "pledge.confirm" && row.way === "pick_up")
    return { template: "confirmedPickUp", data: { ...data, ...(await whenOf(ctx, pledge.giftId, locale)) } };
  if (pledge.arrangedFor !== null && event.event !== "pledge.revoke")
    return {
      template: "serviceArranged",
      data: { ...data, day: calendarDay(locale, pledge.arrangedFor) },
      apart: pledge.id,
    };
  return {
    template: isService ? templates.service : templates.goods,
    data,
    ...(isService ? { apart: town.code } : {}),
  };
}

/** On which day and in which part of it a gift is collected. */
async function whenOf(ctx: UseCaseContext, giftId: string, locale: Locale): Promise<Data> {
  const [row] = await ctx.db
    .select({ day: collections.day, part: collections.part })
    .from(collections)
    .where(eq(collections.giftId, giftId));
  if (!row) return { when: "" };
  return {
    when: `${calendarDay(locale, row.day)}${locale === "en" ? ", " : ""}${serverT(locale, ["gifts"])(`gifts.part_${row.part}` as MessageKey)}`,
  };
}

async function ofCollection(
  ctx: UseCaseContext,
  event: JournalRow,
  locale: Locale,
): Promise<LetterWords | undefined> {
  const [row] = await ctx.db
    .select({ pointId: collections.pointId })
    .from(collections)
    .where(eq(collections.id, event.entityId));
  const template = ownOf(OF_COLLECTION, event.event);
  if (!row || template === undefined || event.giftId === null) return undefined;
  return {
    template,
    data: {
      ...placeOf(locale, await pointById(ctx, row.pointId)),
      ...(await whenOf(ctx, event.giftId, locale)),
    },
  };
}

async function ofOffer(
  ctx: UseCaseContext,
  event: JournalRow,
  locale: Locale,
): Promise<LetterWords | undefined> {
  const [offer] = await ctx.db.select().from(offers).where(eq(offers.id, event.entityId));
  const template = ownOf(OF_OFFER, event.event);
  if (!offer || template === undefined) return undefined;
  const reason =
    offer.declineReason === null
      ? ""
      : serverT(locale, ["matching"])(`matching.decline_${offer.declineReason}` as MessageKey);
  return {
    template,
    data: {
      ...placeOf(locale, await pointById(ctx, offer.pointId)),
      day: offer.dueAt === null ? "" : day(locale, offer.dueAt),
      reason,
    },
  };
}

/** Sum, fund and charity of a gift of money, as booked, and by when things are bought with it. */
async function fundOf(ctx: UseCaseContext, giftId: string | null, locale: Locale): Promise<Data> {
  const charity = charitiesAt(ctx.db, ctx.now());
  const [row] = await ctx.db
    .select({
      amountFen: checkouts.amountFen,
      buyBy: checkouts.buyBy,
      fund: {
        nameHans: programmes.nameHans,
        nameHant: programmes.nameHant,
        nameEn: programmes.nameEn,
        filingNumber: programmes.filingNumber,
      },
      charity: { nameHans: charity.nameHans, nameHant: charity.nameHant, nameEn: charity.nameEn },
      phone: charity.contactPhone,
    })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(programmes, eq(programmes.id, checkouts.programmeId))
    .innerJoin(charity, eq(charity.id, checkouts.charityId))
    .where(eq(pledges.giftId, giftId ?? ""))
    .limit(1);
  if (!row) return { sum: "", fund: "", filing: "", charity: "", phone: "", day: "" };
  const until = row.buyBy === null ? "" : day(locale, row.buyBy);
  return {
    day: until,
    sum: money(locale, row.amountFen),
    fund: nameIn(locale, row.fund),
    filing: row.fund.filingNumber,
    charity: nameIn(locale, row.charity),
    phone: row.phone,
  };
}

async function ofPayment(
  ctx: UseCaseContext,
  event: JournalRow,
  locale: Locale,
): Promise<LetterWords | undefined> {
  const [row] = await ctx.db
    .select({ lineKind: needLines.kind })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(eq(pledges.id, event.entityId));
  return {
    template: row?.lineKind === "money" ? "paidMoney" : "paid",
    data: await fundOf(ctx, event.giftId, locale),
  };
}
