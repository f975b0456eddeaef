import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { fen, id, instant, oneOf, since2000 } from "./columns";
import { pledges } from "./giving";
import { needLines } from "./needs";
import { programmes } from "./organisations";

export const SPENDING_STATES = ["proposed", "approved", "rejected"] as const;
export type SpendingState = (typeof SPENDING_STATES)[number];

/**
 * Money of an organisation's own need that was spent: to whom, on which voucher, on what day; recorded by one
 * person of the charity's finance and approved by another. Paid out of the gifts for that line, the oldest
 * first, share by share.
 */
export const spendings = pgTable(
  "spending",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    lineId: uuid("line_id")
      .notNull()
      .references(() => needLines.id),
    programmeId: uuid("programme_id")
      .notNull()
      .references(() => programmes.id),
    payee: text("payee").notNull(),
    voucherNumber: text("voucher_number").notNull(),
    /** Both in the one form by which two are compared, as of a purchase. */
    payeeKey: text("payee_key").notNull(),
    voucherKey: text("voucher_key").notNull(),
    spentOn: instant("spent_on").notNull(),
    amountFen: fen("amount_fen").notNull(),
    state: text("state").$type<SpendingState>().notNull(),
    version: integer("version").notNull().default(1),
    recordedBy: uuid("recorded_by").notNull(),
    decidedBy: uuid("decided_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("spending_state", oneOf(t.state, SPENDING_STATES)),
    check("spending_moment", since2000(t.spentOn)),
    check(
      "spending_voucher_key",
      sql`${t.voucherKey} <> '' and ${t.voucherKey} = upper(${t.voucherKey}) and ${t.voucherKey} !~ '[[:space:]-]'`,
    ),
    check("spending_amount", sql`${t.amountFen} > 0`),
    check("spending_four_eyes", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.recordedBy}`),
    check("spending_decided", sql`(${t.state} = 'proposed') = (${t.decidedBy} is null)`),
    uniqueIndex("spending_voucher")
      .on(t.programmeId, t.payeeKey, t.voucherKey)
      .where(sql`state <> 'rejected'`),
    index("spending_by_line").on(t.lineId),
    index("spending_to_decide").on(sql`(${t.state} = 'proposed')`, t.id),
  ],
);

/** How much of a spending one gift paid: its entries of the money book are this row's. */
export const spendingShares = pgTable(
  "spending_share",
  {
    id: id().primaryKey(),
    spendingId: uuid("spending_id")
      .notNull()
      .references(() => spendings.id),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    amountFen: fen("amount_fen").notNull(),
  },
  (t) => [
    check("spending_share_amount", sql`${t.amountFen} > 0`),
    uniqueIndex("spending_share_once").on(t.spendingId, t.pledgeId),
    index("spending_share_by_pledge").on(t.pledgeId),
  ],
);
