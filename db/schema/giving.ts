import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { fen, id, instant, oneOf, sealed, units } from "./columns";
import { appUsers } from "./identity";
import { needLines, needs } from "./needs";
import { servicePoints } from "./reference";

export const ARRIVAL_WAYS = ["drop_off", "courier", "pick_up", "in_person"] as const;
export type ArrivalWay = (typeof ARRIVAL_WAYS)[number];
export const IF_GONE = ["next_oldest", "ask_me", "give_back"] as const;
export type IfGone = (typeof IF_GONE)[number];
export const DISPLAY_CHOICES = ["name", "kind_person", "alias"] as const;
export type DisplayChoice = (typeof DISPLAY_CHOICES)[number];

/**
 * One act of giving: one code, one or many pledges. What is asked once is asked at confirmation and kept
 * here.
 */
export const gifts = pgTable(
  "gift",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    donorId: uuid("donor_id")
      .notNull()
      .references(() => appUsers.id),
    kind: text("kind").$type<"goods" | "money">().notNull(),
    createdAt: instant("created_at").notNull(),
    confirmedAt: instant("confirmed_at"),
    arrivalWay: text("arrival_way").$type<ArrivalWay>(),
    pointId: uuid("point_id").references(() => servicePoints.id),
    displayChoice: text("display_choice").$type<DisplayChoice>(),
    displayName: text("display_name"),
    ifGone: text("if_gone").$type<IfGone>(),
    notRelativeDeclaredAt: instant("not_relative_declared_at"),
    /** Null: not asked. It is asked again when the charity can issue receipts. */
    receiptWanted: boolean("receipt_wanted"),
    /** SHA-256 of the 160-bit token of `/t/:token`; null once revoked. */
    trackTokenHash: text("track_token_hash").unique(),
  },
  (t) => [
    check("gift_arrival", sql`${t.arrivalWay} is null or ${oneOf(t.arrivalWay, ARRIVAL_WAYS)}`),
    check("gift_display", sql`${t.displayChoice} is null or ${oneOf(t.displayChoice, DISPLAY_CHOICES)}`),
    check("gift_if_gone", sql`${t.ifGone} is null or ${oneOf(t.ifGone, IF_GONE)}`),
    check("gift_kind", oneOf(t.kind, ["goods", "money"])),
    check(
      "gift_confirmed_whole",
      // What was offered to no wish in particular asks neither what if the wish is gone nor about its
      // recipient: both or none.
      sql`${t.confirmedAt} is null or (${t.displayChoice} is not null and (${t.ifGone} is null) = (${t.notRelativeDeclaredAt} is null))`,
    ),
    // What a donor chose to be shown as is what is shown: a name where they chose one, and never one where
    // they chose none.
    check(
      "gift_shown_name",
      sql`${t.displayChoice} is null or (${t.displayChoice} = 'kind_person') = (${t.displayName} is null)`,
    ),
    check(
      "gift_name_is_name",
      sql`${t.displayName} is null or (${t.displayName} ~ '[^\\s\\d[:punct:]]' and ${t.displayName} !~ '@' and length(${t.displayName}) <= 40)`,
    ),
    index("gift_by_donor").on(t.donorId, t.id),
  ],
);

export const GOODS_PLEDGE_STATES = ["promised", "confirmed", "released", "cancelled", "revoked"] as const;
export const MONEY_PLEDGE_STATES = ["promised", "paying", "paid", "failed", "expired", "cancelled"] as const;
export const PLEDGE_STATES = [
  "promised",
  "confirmed",
  "released",
  "cancelled",
  "revoked",
  "paying",
  "paid",
  "failed",
  "expired",
] as const;
export type GoodsPledgeState = (typeof GOODS_PLEDGE_STATES)[number];
export type MoneyPledgeState = (typeof MONEY_PLEDGE_STATES)[number];
export type PledgeState = (typeof PLEDGE_STATES)[number];

/**
 * A donor's promise of so many units of one line. Never deleted: a released pledge is history too. `quantity`
 * is what was promised; `settled` is how much of it has arrived in the books (accepted goods, done service,
 * bought things); `given_back` is how much returned to open. What still stands = quantity - settled -
 * given_back.
 */
export const pledges = pgTable(
  "pledge",
  {
    id: id().primaryKey(),
    giftId: uuid("gift_id")
      .notNull()
      .references(() => gifts.id),
    donorId: uuid("donor_id")
      .notNull()
      .references(() => appUsers.id),
    needId: uuid("need_id")
      .notNull()
      .references(() => needs.id),
    lineId: uuid("line_id")
      .notNull()
      .references(() => needLines.id),
    kind: text("kind").$type<"goods" | "service" | "money">().notNull(),
    state: text("state").$type<PledgeState>().notNull(),
    version: integer("version").notNull().default(1),
    quantity: units("quantity").notNull(),
    settled: units("settled")
      .notNull()
      .default(sql`0`),
    givenBack: units("given_back")
      .notNull()
      .default(sql`0`),
    /** Frozen when promised: a later edit cannot change the bill. */
    unitPriceFen: fen("unit_price_fen").notNull(),
    holdUntil: instant("hold_until"),
    confirmedAt: instant("confirmed_at"),
    dueAt: instant("due_at"),
    /** The calendar day (Asia/Shanghai) of a service on which its donor and the town's caseworker agreed. */
    arrangedFor: date("arranged_for", { mode: "string" }),
    remindedAt: instant("reminded_at"),
    courierName: text("courier_name"),
    waybill: text("waybill"),
    /**
     * Set when the parcel was handed to a courier: from then on the donor cannot cancel, only staff can
     * return.
     */
    sentAt: instant("sent_at"),
    createdAt: instant("created_at").notNull(),
    /** The promise that this one goes on with, after its wish was taken down; one promise goes on once. */
    retargetedFrom: uuid("retargeted_from"),
  },
  (t) => [
    foreignKey({ columns: [t.retargetedFrom], foreignColumns: [t.id], name: "pledge_goes_on" }),
    unique("pledge_goes_on_once").on(t.retargetedFrom),
    check("pledge_kind", oneOf(t.kind, ["goods", "service", "money"])),
    check("pledge_state", oneOf(t.state, PLEDGE_STATES)),
    check(
      "pledge_state_of_kind",
      sql`case when ${t.kind} = 'money' then ${oneOf(t.state, MONEY_PLEDGE_STATES)} else ${oneOf(t.state, GOODS_PLEDGE_STATES)} end`,
    ),
    check(
      "pledge_quantity",
      sql`${t.quantity} > 0 and ${t.settled} >= 0 and ${t.givenBack} >= 0 and ${t.settled} + ${t.givenBack} <= ${t.quantity}`,
    ),
    check("pledge_arranged_service", sql`${t.arrangedFor} is null or ${t.kind} = 'service'`),
    check("pledge_held_has_clock", sql`${t.state} <> 'promised' or ${t.holdUntil} is not null`),
    index("pledge_by_gift").on(t.giftId),
    index("pledge_by_line").on(t.lineId, t.state),
    index("pledge_by_donor").on(t.donorId, t.id),
    index("pledge_live_holds")
      .on(t.holdUntil)
      .where(sql`state in ('promised', 'paying')`),
    index("pledge_held_by_donor")
      .on(t.donorId)
      .where(sql`state in ('promised', 'paying')`),
    index("pledge_due")
      .on(t.dueAt)
      .where(sql`state = 'confirmed' and settled = 0`),
    // A promise that was kept stays confirmed or paid for ever: these hold what is still to be done.
    index("pledge_services")
      .on(t.dueAt, t.id)
      .where(sql`kind = 'service' and state = 'confirmed' and settled + given_back < quantity`),
    index("pledge_paid_standing")
      .on(t.lineId)
      .where(sql`state = 'paid' and settled + given_back < quantity`),
    index("pledge_by_waybill")
      .on(sql`lower(${t.waybill})`)
      .where(sql`waybill is not null`),
  ],
);

export const JOINT_DAY_STATES = ["proposed", "agreed", "held", "cancelled"] as const;
export type JointDayState = (typeof JOINT_DAY_STATES)[number];
/** Who brings, and who receives: the two sides of a joint day. */
export const JOINT_DAY_SIDES = ["donor", "point"] as const;
export type JointDaySide = (typeof JOINT_DAY_SIDES)[number];

/**
 * A day on which a company hands a whole gift over at a service point, together with the town's social
 * workers. One side names it, a person of the other agrees. Knows the gift and the point; of recipients it
 * knows nothing.
 */
export const jointDays = pgTable(
  "joint_day",
  {
    id: id().primaryKey(),
    giftId: uuid("gift_id")
      .notNull()
      .references(() => gifts.id),
    pointId: uuid("point_id")
      .notNull()
      .references(() => servicePoints.id),
    /** A calendar day in Asia/Shanghai. */
    day: date("day", { mode: "string" }).notNull(),
    state: text("state").$type<JointDayState>().notNull(),
    version: integer("version").notNull().default(1),
    /** Whose word stands: the other side answers. */
    proposedSide: text("proposed_side").$type<JointDaySide>().notNull(),
    proposedBy: uuid("proposed_by").notNull(),
    agreedBy: uuid("agreed_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("joint_day_state", oneOf(t.state, JOINT_DAY_STATES)),
    check("joint_day_side", oneOf(t.proposedSide, JOINT_DAY_SIDES)),
    check(
      "joint_day_agreed_whole",
      sql`case ${t.state} when 'proposed' then ${t.agreedBy} is null when 'cancelled' then true else ${t.agreedBy} is not null end`,
    ),
    check("joint_day_four_eyes", sql`${t.agreedBy} is null or ${t.agreedBy} <> ${t.proposedBy}`),
    uniqueIndex("joint_day_one_a_gift")
      .on(t.giftId)
      .where(sql`state in ('proposed', 'agreed')`),
    index("joint_day_by_gift").on(t.giftId, t.id),
    index("joint_day_coming")
      .on(t.pointId, t.day, t.id)
      .where(sql`state in ('proposed', 'agreed')`),
  ],
);

/** `missed`: it was not collected on its day, and its donor says what next. */
export const COLLECTION_STATES = ["asked", "missed", "collected", "brought", "cancelled"] as const;
export type CollectionState = (typeof COLLECTION_STATES)[number];
export const DAY_PARTS = ["morning", "afternoon"] as const;
export type DayPart = (typeof DAY_PARTS)[number];
/**
 * Why it was not collected: the donor was out, the point said that it cannot come, or its day passed without
 * a word.
 */
export const MISSED_WHY = ["not_home", "cannot_come", "nobody_came"] as const;
export type MissedWhy = (typeof MISSED_WHY)[number];

/**
 * A gift that its service point collects: where and when, until it is collected or its donor brings it after
 * all. One for a gift.
 */
export const collections = pgTable(
  "collection",
  {
    id: id().primaryKey(),
    giftId: uuid("gift_id")
      .notNull()
      .unique("collection_one_a_gift")
      .references(() => gifts.id),
    pointId: uuid("point_id")
      .notNull()
      .references(() => servicePoints.id),
    /** A calendar day in Asia/Shanghai. */
    day: date("day", { mode: "string" }).notNull(),
    part: text("part").$type<DayPart>().notNull(),
    /** The donor's address and phone, as JSON: for this point's storekeepers, and gone as soon as it ends. */
    whereSealed: sealed("where_sealed"),
    state: text("state").$type<CollectionState>().notNull(),
    version: integer("version").notNull().default(1),
    missedWhy: text("missed_why").$type<MissedWhy>(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("collection_state", oneOf(t.state, COLLECTION_STATES)),
    check("collection_part", oneOf(t.part, DAY_PARTS)),
    check(
      "collection_missed",
      sql`(${t.state} = 'missed') = (${t.missedWhy} is not null) and (${t.missedWhy} is null or ${oneOf(t.missedWhy, MISSED_WHY)})`,
    ),
    check(
      "collection_where_while_open",
      sql`(${t.state} in ('asked', 'missed')) = (${t.whereSealed} is not null)`,
    ),
    index("collection_coming")
      .on(t.pointId, t.day)
      .where(sql`state in ('asked', 'missed')`),
  ],
);
