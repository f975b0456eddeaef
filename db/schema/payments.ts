import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { fen, id, instant, LOCALE_CODES, oneOf, since2000, units } from "./columns";
import { pledges } from "./giving";
import { appUsers } from "./identity";
import { needLines, needs } from "./needs";
import { charities, programmes } from "./organisations";
import { TASK_RESOLUTIONS, type TaskResolution } from "./paymentVocabulary";

/** `processing`: the payer did their part and the money is on its way; the units stay held for as long. */
export const CHECKOUT_STATES = ["open", "processing", "paid", "expired", "failed"] as const;
export type CheckoutState = (typeof CHECKOUT_STATES)[number];

/** One Stripe Checkout session for one money pledge, on the charity's own account. */
export const checkouts = pgTable(
  "checkout",
  {
    id: id().primaryKey(),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    charityId: uuid("charity_id")
      .notNull()
      .references(() => charities.id),
    programmeId: uuid("programme_id")
      .notNull()
      .references(() => programmes.id),
    stripeAccountId: text("stripe_account_id").notNull(),
    /** Null between our row and Stripe's answer: the idempotency key makes asking again safe. */
    sessionId: text("session_id").unique(),
    paymentIntentId: text("payment_intent_id").unique(),
    url: text("url"),
    /** The language in which the donor pays: asking again must ask for exactly the same. */
    locale: text("locale").$type<(typeof LOCALE_CODES)[number]>().notNull(),
    amountFen: fen("amount_fen").notNull(),
    state: text("state").$type<CheckoutState>().notNull(),
    version: integer("version").notNull().default(1),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    paidAt: instant("paid_at"),
    /** The day until which the charity buys things that were paid for. */
    buyBy: instant("buy_by"),
    /** Whether something of it is still to be bought; kept by triggers, whoever changes what it goes by. */
    toBuy: boolean("to_buy").notNull().default(false),
    /** When its donor was told that they are not bought yet. */
    lateToldAt: instant("late_told_at"),
    /**
     * When the clock last asked Stripe about it: those asked longest ago come first, so none can hold up the
     * others.
     */
    lookedAt: instant("looked_at"),
  },
  (t) => [
    check("checkout_locale", oneOf(t.locale, LOCALE_CODES)),
    check("checkout_state", oneOf(t.state, CHECKOUT_STATES)),
    check("checkout_amount", sql`${t.amountFen} > 0`),
    check(
      "checkout_paid_whole",
      sql`(${t.state} = 'paid') = (${t.paymentIntentId} is not null and ${t.paidAt} is not null)`,
    ),
    check("checkout_buy_by", sql`${t.buyBy} is null or ${t.state} = 'paid'`),
    check("checkout_to_buy_has_day", sql`not ${t.toBuy} or ${t.buyBy} is not null`),
    check("checkout_late_told", sql`${t.lateToldAt} is null or ${t.buyBy} < ${t.lateToldAt}`),
    // What was bought keeps its day for ever: these hold what is still to be bought.
    index("checkout_to_buy")
      .on(t.charityId, t.buyBy, t.id)
      .where(sql`to_buy`),
    index("checkout_to_buy_late")
      .on(t.buyBy)
      .where(sql`to_buy and late_told_at is null`),
    index("checkout_by_pledge").on(t.pledgeId),
    index("checkout_open")
      .on(t.createdAt)
      .where(sql`state in ('open', 'processing')`),
  ],
);

/**
 * The inbox of Stripe: each event's id is claimed once. Unknown sessions wait here and are tried again, never
 * answered and forgotten. `payload` keeps what we act on, in our own words: Stripe's object carries the
 * payer's name and mail address.
 */
export const stripeEvents = pgTable(
  "stripe_event",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    account: text("account"),
    objectId: text("object_id").notNull(),
    payload: text("payload").notNull(),
    receivedAt: instant("received_at").notNull(),
    outcome: text("outcome").$type<"waiting" | "handled" | "ignored" | "refused">().notNull(),
    attempts: integer("attempts").notNull().default(0),
    handledAt: instant("handled_at"),
  },
  (t) => [
    check("stripe_event_outcome", oneOf(t.outcome, ["waiting", "handled", "ignored", "refused"])),
    index("stripe_event_waiting")
      .on(t.receivedAt)
      .where(sql`outcome = 'waiting'`),
    index("stripe_event_by_day").on(t.handledAt),
  ],
);

/**
 * A paid unit becomes a thing: what finance bought, from whom, on which voucher; approved by another person.
 */
export const purchases = pgTable(
  "purchase",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    programmeId: uuid("programme_id")
      .notNull()
      .references(() => programmes.id),
    quantity: units("quantity").notNull(),
    supplier: text("supplier").notNull(),
    voucherNumber: text("voucher_number").notNull(),
    /**
     * Both in the one form by which two are compared (kernel/typed): however it is written, a voucher of a
     * supplier counts once.
     */
    supplierKey: text("supplier_key").notNull(),
    voucherKey: text("voucher_key").notNull(),
    boughtOn: instant("bought_on").notNull(),
    amountFen: fen("amount_fen").notNull(),
    state: text("state").$type<"proposed" | "approved" | "rejected">().notNull(),
    version: integer("version").notNull().default(1),
    recordedBy: uuid("recorded_by").notNull(),
    decidedBy: uuid("decided_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("purchase_state", oneOf(t.state, ["proposed", "approved", "rejected"])),
    check("purchase_moment", since2000(t.boughtOn)),
    check(
      "purchase_voucher_key",
      sql`${t.voucherKey} <> '' and ${t.voucherKey} = upper(${t.voucherKey}) and ${t.voucherKey} !~ '[[:space:]-]'`,
    ),
    check("purchase_amount", sql`${t.amountFen} > 0 and ${t.quantity} > 0`),
    check("purchase_four_eyes", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.recordedBy}`),
    uniqueIndex("purchase_voucher")
      .on(t.programmeId, t.supplierKey, t.voucherKey)
      .where(sql`state <> 'rejected'`),
    index("purchase_by_pledge").on(t.pledgeId),
    index("purchase_to_decide").on(sql`(${t.state} = 'proposed')`, t.id),
  ],
);

export const INTENT_STATES = ["waiting", "told", "withdrawn"] as const;
export type IntentState = (typeof INTENT_STATES)[number];

/**
 * 付款意向: somebody would pay on a day on which no charity may collect. Holds no units
 * and takes no money; its donor is told when payments open again.
 */
export const givingIntents = pgTable(
  "giving_intent",
  {
    id: id().primaryKey(),
    donorId: uuid("donor_id")
      .notNull()
      .references(() => appUsers.id),
    needId: uuid("need_id")
      .notNull()
      .references(() => needs.id),
    lineId: uuid("line_id")
      .notNull()
      .references(() => needLines.id),
    quantity: units("quantity").notNull(),
    state: text("state").$type<IntentState>().notNull(),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("giving_intent_state", oneOf(t.state, INTENT_STATES)),
    check("giving_intent_quantity", sql`${t.quantity} > 0`),
    uniqueIndex("giving_intent_once")
      .on(t.donorId, t.lineId)
      .where(sql`state = 'waiting'`),
    index("giving_intent_waiting")
      .on(t.id)
      .where(sql`state = 'waiting'`),
    index("giving_intent_by_line").on(t.lineId),
    index("giving_intent_by_need").on(t.needId),
  ],
);

export const FINANCE_TASK_KINDS = [
  "late_payment",
  "second_payment",
  "wrong_account",
  "wrong_amount",
  "unknown_session",
  "refund_failed",
  "unknown_refund",
  "target_gone",
] as const;
export type FinanceTaskKind = (typeof FINANCE_TASK_KINDS)[number];
/**
 * How a task ended: the units were taken after all, the money went back, the donor left it to the programme,
 * or it is explained.
 */
/**
 * Something only a person of the charity can settle: money that came late, an account that does not match.
 */
export const financeTasks = pgTable(
  "finance_task",
  {
    id: id().primaryKey(),
    kind: text("kind").$type<FinanceTaskKind>().notNull(),
    /** What it is about: a payment, a session, an event, a refund. */
    reference: text("reference").notNull(),
    /** Whose finance has to look at it; null when nobody can tell. */
    charityId: uuid("charity_id").references(() => charities.id),
    pledgeId: uuid("pledge_id"),
    checkoutId: uuid("checkout_id"),
    amountFen: fen("amount_fen"),
    state: text("state").$type<"open" | "done">().notNull(),
    version: integer("version").notNull().default(1),
    openedAt: instant("opened_at").notNull(),
    closedBy: uuid("closed_by"),
    closedAt: instant("closed_at"),
    resolution: text("resolution").$type<TaskResolution>(),
    /** Where it can be read up: the number of a letter, a statement, a voucher. */
    evidence: text("evidence"),
  },
  (t) => [
    check("finance_task_kind", oneOf(t.kind, FINANCE_TASK_KINDS)),
    check("finance_task_state", oneOf(t.state, ["open", "done"])),
    check(
      "finance_task_resolution",
      sql`${t.resolution} is null or ${oneOf(t.resolution, TASK_RESOLUTIONS)}`,
    ),
    check(
      "finance_task_done_whole",
      sql`(${t.state} = 'done') = (${t.closedBy} is not null and ${t.closedAt} is not null and ${t.resolution} is not null)`,
    ),
    uniqueIndex("finance_task_once").on(t.kind, t.reference),
    index("finance_task_open")
      .on(t.openedAt)
      .where(sql`state = 'open'`),
  ],
);

export const REFUND_STATES = ["proposed", "asked", "made", "failed", "rejected"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/**
 * Money on its way back to its payer: asked by the donor within `undoMinutes`, or proposed by one person of
 * finance and approved by another. From `asked` on it is in the money book; the clock asks Stripe until it is
 * made. What failed is taken back in the book.
 */
export const refunds = pgTable(
  "refund",
  {
    id: id().primaryKey(),
    checkoutId: uuid("checkout_id")
      .notNull()
      .references(() => checkouts.id),
    paymentIntentId: text("payment_intent_id").notNull(),
    amountFen: fen("amount_fen").notNull(),
    /** The task that it settles; null where the donor undid the payment. */
    taskId: uuid("task_id").references(() => financeTasks.id),
    state: text("state").$type<RefundState>().notNull(),
    version: integer("version").notNull().default(1),
    stripeRefundId: text("stripe_refund_id").unique(),
    requestedBy: uuid("requested_by").notNull(),
    approvedBy: uuid("approved_by"),
    createdAt: instant("created_at").notNull(),
    askedAt: instant("asked_at"),
    triedAt: instant("tried_at"),
  },
  (t) => [
    check("refund_state", oneOf(t.state, REFUND_STATES)),
    check("refund_amount", sql`${t.amountFen} > 0`),
    check("refund_four_eyes", sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.requestedBy}`),
    check(
      "refund_asked_when",
      sql`${t.state} not in ('asked', 'made', 'failed') or ${t.askedAt} is not null`,
    ),
    uniqueIndex("refund_once")
      .on(t.paymentIntentId)
      .where(sql`state not in ('rejected', 'failed')`),
    index("refund_under_way")
      .on(t.triedAt)
      .where(sql`state = 'asked'`),
    index("refund_by_checkout").on(t.checkoutId),
    index("refund_by_task")
      .on(t.taskId)
      .where(sql`task_id is not null`),
  ],
);
