import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { fen, id, instant, isCodedText, notNegative, oneOf, since2000, units } from "./columns";
import { unitsOfMeasure } from "./reference";

export const MONEY_HALVES = ["where", "what_for"] as const;
export type MoneyHalf = (typeof MONEY_HALVES)[number];

/**
 * Keyed by gift, line, fund or place, never by a person ("cash:<charity>", "fund:<programme>:available",
 * "ext:donor").
 */
export const moneyAccounts = pgTable(
  "money_account",
  { code: text("code").primaryKey(), half: text("half").$type<MoneyHalf>().notNull() },
  (t) => [
    check("money_account_half", oneOf(t.half, MONEY_HALVES)),
    unique("money_account_of_half").on(t.code, t.half),
  ],
);

export const MONEY_ENTRY_KINDS = [
  "receive",
  "commit",
  "uncommit",
  "spend",
  "top_up",
  "refund",
  "reverse",
] as const;
export type MoneyEntryKind = (typeof MONEY_ENTRY_KINDS)[number];

/**
 * One event of the money book: two transfers of equal amount, one of where the money is, one of what it is
 * for.
 */
export const moneyEntries = pgTable(
  "money_entry",
  {
    id: id().primaryKey(),
    kind: text("kind").$type<MoneyEntryKind>().notNull(),
    /** What caused it, once: ("payment_intent", "pi_…"), ("purchase", id) … */
    sourceType: text("source_type").notNull(),
    sourceId: text("source_id").notNull(),
    programmeId: uuid("programme_id").notNull(),
    /** Running number within its fund, without gaps, in the order of posting: what an accountant quotes. */
    number: bigint("number", { mode: "bigint" }).notNull(),
    giftId: uuid("gift_id"),
    lineId: uuid("line_id"),
    reversesId: uuid("reverses_id"),
    /** Day in Asia/Shanghai to which the entry belongs. */
    accountingDate: date("accounting_date", { mode: "string" }).notNull(),
    actorId: uuid("actor_id"),
    approverId: uuid("approver_id"),
    occurredAt: instant("occurred_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    check("money_entry_source", isCodedText(t.sourceType)),
    check("money_entry_moment", since2000(t.occurredAt)),
    check("money_entry_kind", oneOf(t.kind, MONEY_ENTRY_KINDS)),
    uniqueIndex("money_entry_once").on(t.sourceType, t.sourceId, t.kind),
    uniqueIndex("money_entry_numbered").on(t.programmeId, t.number),
    uniqueIndex("money_entry_reversed_once").on(t.reversesId),
    foreignKey({ columns: [t.reversesId], foreignColumns: [t.id], name: "money_entry_reverses" }),
    check("money_entry_reverse_names", sql`(${t.kind} = 'reverse') = (${t.reversesId} is not null)`),
    index("money_entry_by_day").on(t.accountingDate, t.id),
    index("money_entry_by_gift").on(t.giftId),
  ],
);

/**
 * From one account to another, amount above zero: balanced by construction, and never across the two halves.
 */
export const moneyTransfers = pgTable(
  "money_transfer",
  {
    entryId: uuid("entry_id")
      .notNull()
      .references(() => moneyEntries.id),
    half: text("half").$type<MoneyHalf>().notNull(),
    fromAccount: text("from_account").notNull(),
    toAccount: text("to_account").notNull(),
    amountFen: fen("amount_fen").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.half] }),
    check("money_transfer_half", oneOf(t.half, MONEY_HALVES)),
    check("money_transfer_amount", sql`${t.amountFen} > 0`),
    check("money_transfer_moves", sql`${t.fromAccount} <> ${t.toAccount}`),
    foreignKey({
      columns: [t.fromAccount, t.half],
      foreignColumns: [moneyAccounts.code, moneyAccounts.half],
      name: "money_transfer_from",
    }),
    foreignKey({
      columns: [t.toAccount, t.half],
      foreignColumns: [moneyAccounts.code, moneyAccounts.half],
      name: "money_transfer_to",
    }),
    index("money_transfer_by_from").on(t.fromAccount),
    index("money_transfer_by_to").on(t.toAccount),
  ],
);

/**
 * A lot is the accepted units of one pledge (or offer) and one inspection; its label is what the store sticks
 * on it. Value and its basis are frozen here. Units that part from their lot (for
 * another line, or for none) become a lot of their own with `split_from`, of the same inspection, value and
 * date.
 */
export const lots = pgTable(
  "lot",
  {
    id: id().primaryKey(),
    label: text("label").notNull().unique(),
    inspectionId: uuid("inspection_id").notNull(),
    splitFrom: uuid("split_from"),
    pledgeId: uuid("pledge_id"),
    offerId: uuid("offer_id"),
    /** The line it is meant for; an offer's lot has none until an allocation is applied. */
    lineId: uuid("line_id"),
    objectKind: text("object_kind").notNull(),
    /** What its quantity counts while it belongs to no line: pieces, boxes. */
    unitCode: text("unit_code")
      .notNull()
      .references(() => unitsOfMeasure.code),
    pointId: uuid("point_id").notNull(),
    /** Zero only after a correction: it was counted where nothing had come. */
    quantity: units("quantity").notNull(),
    unitValueFen: fen("unit_value_fen"),
    valueBasis: text("value_basis").$type<"invoice" | "fair_value" | "not_valued">().notNull(),
    bestBefore: date("best_before", { mode: "string" }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("lot_quantity", notNegative(t.quantity)),
    check("lot_source", sql`(${t.pledgeId} is null) <> (${t.offerId} is null)`),
    check("lot_value_basis", oneOf(t.valueBasis, ["invoice", "fair_value", "not_valued"])),
    check("lot_valued", sql`(${t.valueBasis} = 'not_valued') = (${t.unitValueFen} is null)`),
    uniqueIndex("lot_of_inspection")
      .on(t.inspectionId)
      .where(sql`split_from is null`),
    foreignKey({ columns: [t.splitFrom], foreignColumns: [t.id], name: "lot_split_from" }),
    index("lot_by_inspection").on(t.inspectionId),
    index("lot_by_line").on(t.lineId),
    index("lot_by_pledge").on(t.pledgeId),
    index("lot_unmatched")
      .on(t.id)
      .where(sql`line_id is null`),
    index("lot_by_offer")
      .on(t.offerId)
      .where(sql`offer_id is not null`),
    index("lot_by_split_from")
      .on(t.splitFrom)
      .where(sql`split_from is not null`),
  ],
);

/**
 * `split` is where units leave one lot and enter the one parted from it: over all lots it is always empty.
 */
export const PLACE_KINDS = [
  "donor",
  "supplier",
  "point",
  "courier",
  "recipient",
  "returned",
  "disposed",
  "lost",
  "split",
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/**
 * One move of the goods book: so many units of one lot from one place to another. Places are codes
 * ("point:<id>", "courier:<delivery id>").
 */
export const goodsMoves = pgTable(
  "goods_move",
  {
    id: id().primaryKey(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    fromKind: text("from_kind").$type<PlaceKind>().notNull(),
    fromPlace: text("from_place").notNull(),
    toKind: text("to_kind").$type<PlaceKind>().notNull(),
    toPlace: text("to_place").notNull(),
    quantity: units("quantity").notNull(),
    sourceType: text("source_type").notNull(),
    sourceId: uuid("source_id").notNull(),
    /** A coded value, never words of a person. */
    reason: text("reason"),
    actorId: uuid("actor_id"),
    accountingDate: date("accounting_date", { mode: "string" }).notNull(),
    occurredAt: instant("occurred_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    check("goods_move_source", isCodedText(t.sourceType)),
    check("goods_move_moment", since2000(t.occurredAt)),
    check("goods_move_quantity", sql`${t.quantity} > 0`),
    check("goods_move_moves", sql`${t.fromPlace} <> ${t.toPlace}`),
    check("goods_move_reason", isCodedText(t.reason)),
    check("goods_move_from", oneOf(t.fromKind, PLACE_KINDS)),
    check("goods_move_to", oneOf(t.toKind, PLACE_KINDS)),
    uniqueIndex("goods_move_once").on(t.sourceType, t.sourceId, t.lotId, t.fromPlace, t.toPlace),
    index("goods_move_by_lot").on(t.lotId, t.id),
    index("goods_move_by_day").on(t.accountingDate, t.id),
    index("goods_move_write_offs")
      .on(t.fromPlace, t.id)
      .where(sql`source_type = 'write_off'`),
  ],
);

/**
 * How much of a lot stands where, kept in the same transaction as its moves; never below zero in a place of
 * ours.
 */
export const lotStock = pgTable(
  "lot_stock",
  {
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    place: text("place").notNull(),
    quantity: units("quantity").notNull(),
    /**
     * Those of the units that a proposal keeps for a line until it is decided: nobody else takes them
     * meanwhile.
     */
    reserved: units("reserved")
      .notNull()
      .default(sql`0`),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.lotId, t.place] }),
    check("lot_stock_quantity", notNegative(t.quantity)),
    check("lot_stock_reserved", sql`${t.reserved} between 0 and ${t.quantity}`),
    index("lot_stock_by_place")
      .on(t.place, t.lotId)
      .where(sql`quantity > 0`),
  ],
);
