import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { fen, id, instant, oneOf, units } from "./columns";
import { pledges } from "./giving";
import { charities, programmes } from "./organisations";

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
    /** Null between our row and Stripe's answer: the idempotency key (`checkout:<id>`) makes asking again safe. */
    sessionId: text("session_id").unique(),
    paymentIntentId: text("payment_intent_id").unique(),
    url: text("url"),
    amountFen: fen("amount_fen").notNull(),
    state: text("state").$type<"open" | "paid" | "expired" | "failed">().notNull(),
    version: integer("version").notNull().default(1),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    paidAt: instant("paid_at"),
  },
  (t) => [
    check("checkout_state", oneOf(t.state, ["open", "paid", "expired", "failed"])),
    check("checkout_amount", sql`${t.amountFen} > 0`),
    index("checkout_by_pledge").on(t.pledgeId),
    index("checkout_open")
      .on(t.expiresAt)
      .where(sql`state = 'open'`),
  ],
);

/** The inbox of Stripe: each event's id is claimed once. Unknown sessions wait here and are tried again, never answered and forgotten. */
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
  ],
);

/** A paid unit becomes a thing: what finance bought, from whom, on which voucher; approved by another person (decisions 22). */
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
    check("purchase_amount", sql`${t.amountFen} > 0 and ${t.quantity} > 0`),
    check("purchase_four_eyes", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.recordedBy}`),
    uniqueIndex("purchase_voucher")
      .on(t.programmeId, t.supplier, t.voucherNumber)
      .where(sql`state <> 'rejected'`),
    index("purchase_by_pledge").on(t.pledgeId),
  ],
);

/** Something only a person of the charity can settle: money that came late, an account that does not match. */
export const financeTasks = pgTable(
  "finance_task",
  {
    id: id().primaryKey(),
    kind: text("kind").$type<"late_payment" | "second_payment" | "wrong_account" | "wrong_amount" | "unknown_session">().notNull(),
    reference: text("reference").notNull(),
    pledgeId: uuid("pledge_id"),
    amountFen: fen("amount_fen"),
    state: text("state").$type<"open" | "done">().notNull(),
    version: integer("version").notNull().default(1),
    openedAt: instant("opened_at").notNull(),
    closedBy: uuid("closed_by"),
    closedAt: instant("closed_at"),
    resolution: text("resolution"),
  },
  (t) => [
    check("finance_task_kind", oneOf(t.kind, ["late_payment", "second_payment", "wrong_account", "wrong_amount", "unknown_session"])),
    check("finance_task_state", oneOf(t.state, ["open", "done"])),
    uniqueIndex("finance_task_once").on(t.kind, t.reference),
  ],
);
