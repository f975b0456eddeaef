import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { lots } from "./books";
import { id, instant, oneOf, units } from "./columns";
import { DECLINE_REASONS, type DeclineReason } from "./goodsVocabulary";
import { appUsers } from "./identity";
import { needLines } from "./needs";
import { objectKinds, servicePoints, towns, unitsOfMeasure } from "./reference";

/** Why an offer is not taken: all that its donor reads of it, and all that the journal keeps. */
export const OFFER_STATES = ["offered", "declined", "accepted", "received", "withdrawn"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/**
 * Goods offered to no wish: staff accept them to a service point, where they become a lot that can be
 * matched.
 */
export const offers = pgTable(
  "offer",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    donorId: uuid("donor_id")
      .notNull()
      .references(() => appUsers.id),
    objectKind: text("object_kind")
      .notNull()
      .references(() => objectKinds.code),
    description: text("description").notNull(),
    condition: text("condition").$type<"new" | "as_new" | "used">().notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unitsOfMeasure.code),
    quantity: units("quantity").notNull(),
    /**
     * Units counted at the point so far; the offer is `received` once they are all there, or no more will
     * come.
     */
    arrived: units("arrived")
      .notNull()
      .default(sql`0`),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    pointId: uuid("point_id").references(() => servicePoints.id),
    /** Until when an accepted offer is awaited at its point. */
    dueAt: instant("due_at"),
    remindedAt: instant("reminded_at"),
    state: text("state").$type<OfferState>().notNull(),
    version: integer("version").notNull().default(1),
    declineReason: text("decline_reason").$type<DeclineReason>(),
    giftId: uuid("gift_id"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("offer_state", oneOf(t.state, OFFER_STATES)),
    check("offer_condition", oneOf(t.condition, ["new", "as_new", "used"])),
    check("offer_quantity", sql`${t.quantity} > 0`),
    check(
      "offer_accepted_whole",
      sql`${t.state} not in ('accepted', 'received') or (${t.pointId} is not null and ${t.dueAt} is not null)`,
    ),
    index("offer_due")
      .on(t.dueAt)
      .where(sql`state = 'accepted'`),
    check("offer_arrived", sql`${t.arrived} between 0 and ${t.quantity}`),
    check(
      "offer_arrived_at",
      sql`${t.arrived} = 0 or (${t.pointId} is not null and ${t.state} in ('accepted', 'received'))`,
    ),
    check("offer_all_arrived", sql`${t.arrived} < ${t.quantity} or ${t.state} = 'received'`),
    check("offer_decline_reason", oneOf(t.declineReason, DECLINE_REASONS)),
    check("offer_declined", sql`(${t.state} = 'declined') = (${t.declineReason} is not null)`),
    index("offer_by_state").on(t.state, t.id),
    index("offer_by_donor").on(t.donorId, t.id),
    index("offer_by_gift")
      .on(t.giftId)
      .where(sql`gift_id is not null`),
  ],
);

export const ALLOCATION_STATES = ["proposed", "applied", "rejected", "withdrawn", "expired"] as const;
export type AllocationState = (typeof ALLOCATION_STATES)[number];

/**
 * Staff's decision that so much of a lot goes to a need line: one proposes, another approves and thereby
 * applies it. While it is proposed its units are reserved in the store (`lot_stock.reserved`) and held of the
 * line (`need_line.held`).
 */
export const allocations = pgTable(
  "allocation",
  {
    id: id().primaryKey(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    lineId: uuid("line_id")
      .notNull()
      .references(() => needLines.id),
    quantity: units("quantity").notNull(),
    state: text("state").$type<AllocationState>().notNull(),
    version: integer("version").notNull().default(1),
    score: integer("score").notNull(),
    /** The reasons shown when it was proposed: code → points. */
    reasons: jsonb("reasons").$type<Record<string, number>>().notNull(),
    proposedBy: uuid("proposed_by").notNull(),
    decidedBy: uuid("decided_by"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("allocation_state", oneOf(t.state, ALLOCATION_STATES)),
    check("allocation_quantity", sql`${t.quantity} > 0`),
    check("allocation_decided", sql`(${t.state} in ('applied', 'rejected')) = (${t.decidedBy} is not null)`),
    check("allocation_four_eyes", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.proposedBy}`),
    index("allocation_by_lot").on(t.lotId),
    index("allocation_by_line").on(t.lineId),
    index("allocation_proposed")
      .on(t.expiresAt)
      .where(sql`state = 'proposed'`),
  ],
);
