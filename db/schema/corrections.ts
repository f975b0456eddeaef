import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, oneOf, units } from "./columns";
import { parcels } from "./delivery";
import { CORRECTION_REASONS, type CorrectionReason } from "./goodsVocabulary";

export const CORRECTION_STATES = ["proposed", "applied", "rejected", "withdrawn"] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/**
 * A miscount, put right by a counter-entry of two people: one says what is really there, another agrees.
 * Before the inspection `was` and `shall` are what was counted; after it, what was accepted. What was written
 * first stays in the journal.
 */
export const countCorrections = pgTable(
  "count_correction",
  {
    id: id().primaryKey(),
    parcelId: uuid("parcel_id")
      .notNull()
      .references(() => parcels.id),
    stage: text("stage").$type<"counted" | "inspected">().notNull(),
    was: units("was").notNull(),
    shall: units("shall").notNull(),
    reason: text("reason").$type<CorrectionReason>().notNull(),
    state: text("state").$type<CorrectionState>().notNull(),
    version: integer("version").notNull().default(1),
    proposedBy: uuid("proposed_by").notNull(),
    decidedBy: uuid("decided_by"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("count_correction_stage", oneOf(t.stage, ["counted", "inspected"])),
    check("count_correction_corrects", sql`${t.was} >= 0 and ${t.shall} >= 0 and ${t.was} <> ${t.shall}`),
    check("count_correction_reason", oneOf(t.reason, CORRECTION_REASONS)),
    check("count_correction_state", oneOf(t.state, CORRECTION_STATES)),
    check(
      "count_correction_decided",
      sql`(${t.state} in ('applied', 'rejected')) = (${t.decidedBy} is not null)`,
    ),
    check("count_correction_four_eyes", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.proposedBy}`),
    index("count_correction_by_parcel").on(t.parcelId),
    uniqueIndex("count_correction_one_proposed")
      .on(t.parcelId)
      .where(sql`state = 'proposed'`),
  ],
);
