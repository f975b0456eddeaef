import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { lots } from "./books";
import { id, instant, notNegative, oneOf, sealed, since2000, units } from "./columns";
import { pledges } from "./giving";
import { type Receiver, RECEIVERS, REFUSAL_REASONS, type RefusalReason } from "./goodsVocabulary";
import { households } from "./households";
import { offers } from "./matching";
import { needLines, needs } from "./needs";
import { servicePoints, storedFiles } from "./reference";

/** A parcel that came to a service point and was counted. A short one leaves the rest pledged. */
export const parcels = pgTable(
  "parcel",
  {
    id: id().primaryKey(),
    pledgeId: uuid("pledge_id").references(() => pledges.id),
    offerId: uuid("offer_id").references(() => offers.id),
    purchaseId: uuid("purchase_id"),
    pointId: uuid("point_id")
      .notNull()
      .references(() => servicePoints.id),
    /** Zero only after a correction: it was counted where nothing had come. */
    counted: units("counted").notNull(),
    receivedBy: uuid("received_by").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: instant("created_at").notNull(),
    inspectedAt: instant("inspected_at"),
  },
  (t) => [
    check("parcel_counted", notNegative(t.counted)),
    check("parcel_moment", since2000(t.occurredAt)),
    check("parcel_source", sql`(${t.pledgeId} is null) <> (${t.offerId} is null)`),
    index("parcel_by_pledge").on(t.pledgeId),
    index("parcel_by_offer").on(t.offerId),
    index("parcel_by_purchase")
      .on(t.purchaseId)
      .where(sql`purchase_id is not null`),
    index("parcel_waiting")
      .on(t.pointId, t.id)
      .where(sql`inspected_at is null`),
  ],
);

/**
 * What was found in a parcel. The inspector is never the donor. Value and basis are frozen on the
 * lot.
 */
export const inspections = pgTable(
  "inspection",
  {
    id: id().primaryKey(),
    parcelId: uuid("parcel_id")
      .notNull()
      .unique()
      .references(() => parcels.id),
    accepted: units("accepted").notNull(),
    refused: units("refused").notNull(),
    refusalReason: text("refusal_reason").$type<RefusalReason>(),
    /** What happens with the refused units: back to the donor, or disposed of with their consent. */
    refusedGoTo: text("refused_go_to").$type<"returned" | "disposed">(),
    inspectedBy: uuid("inspected_by").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("inspection_moment", since2000(t.occurredAt)),
    check("inspection_counts", sql`${t.accepted} >= 0 and ${t.refused} >= 0`),
    check("inspection_refusal_reason", oneOf(t.refusalReason, REFUSAL_REASONS)),
    check("inspection_refused_go_to", oneOf(t.refusedGoTo, ["returned", "disposed"])),
    check(
      "inspection_reason",
      sql`(${t.refused} > 0) = (${t.refusalReason} is not null) and (${t.refused} > 0) = (${t.refusedGoTo} is not null)`,
    ),
    index("inspection_refused")
      .on(t.refusedGoTo)
      .where(sql`refused > 0`),
  ],
);

export const DELIVERY_STATES = [
  "packed",
  "dispatched",
  "handed_over",
  "confirmed",
  "failed_attempt",
  "returning",
  "returned",
  "lost",
  "cancelled",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Goods on the way from a service point to one household or group. The label names it and opens nothing. */
export const deliveries = pgTable(
  "delivery",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    needId: uuid("need_id")
      .notNull()
      .references(() => needs.id),
    householdId: uuid("household_id").references(() => households.id),
    pointId: uuid("point_id")
      .notNull()
      .references(() => servicePoints.id),
    state: text("state").$type<DeliveryState>().notNull(),
    version: integer("version").notNull().default(1),
    courierId: uuid("courier_id"),
    packedBy: uuid("packed_by").notNull(),
    dispatchedAt: instant("dispatched_at"),
    /**
     * Hash of the recipient's secret (QR) and of its four digits, each keyed; who showed or printed it is not
     * who delivers.
     */
    secretHash: text("secret_hash"),
    digitsHash: text("digits_hash"),
    secretShownBy: uuid("secret_shown_by"),
    secretTries: integer("secret_tries").notNull().default(0),
    /**
     * Until when somebody should say that it came; past it the clock marks it, and never says so by itself.
     */
    confirmBy: instant("confirm_by"),
    unconfirmedSince: instant("unconfirmed_since"),
    /**
     * Part was handed over, and the rest is with who delivers it: until it is brought back or lost. Kept by
     * triggers.
     */
    hasRest: boolean("has_rest").notNull().default(false),
    /** The recipient or a witness said that it was not so; taken away by a later confirmation. */
    disputedAt: instant("disputed_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("delivery_moment", since2000(t.dispatchedAt)),
    check("delivery_state", oneOf(t.state, DELIVERY_STATES)),
    check("delivery_courier", sql`${t.state} in ('packed', 'cancelled') or ${t.courierId} is not null`),
    check(
      "delivery_secret_apart",
      sql`${t.secretShownBy} is null or ${t.courierId} is null or ${t.secretShownBy} <> ${t.courierId}`,
    ),
    check("delivery_rest", sql`not ${t.hasRest} or ${t.state} in ('handed_over', 'confirmed')`),
    check("delivery_tries", sql`${t.secretTries} between 0 and 5`),
    index("delivery_by_need").on(t.needId),
    index("delivery_by_courier").on(t.courierId, t.state),
    index("delivery_to_confirm")
      .on(t.confirmBy)
      .where(sql`state = 'handed_over'`),
    index("delivery_by_point").on(t.pointId, t.state, t.id),
    index("delivery_by_household").on(t.householdId),
    index("delivery_under_way")
      .on(t.id)
      .where(sql`state in ('packed', 'dispatched', 'failed_attempt', 'returning')`),
    index("delivery_to_take_back")
      .on(t.pointId, t.id)
      .where(sql`state = 'returning' or has_rest`),
    index("delivery_brought")
      .on(t.courierId, t.id)
      .where(sql`state in ('handed_over', 'confirmed')`),
  ],
);

export const ITEM_OUTCOMES = ["handed_over", "refused", "not_home", "damaged", "died_or_moved"] as const;
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

/** Part of a lot in a delivery. */
export const deliveryItems = pgTable(
  "delivery_item",
  {
    id: id().primaryKey(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    lineId: uuid("line_id")
      .notNull()
      .references(() => needLines.id),
    quantity: units("quantity").notNull(),
    deliveredQuantity: units("delivered_quantity")
      .notNull()
      .default(sql`0`),
    returnedQuantity: units("returned_quantity")
      .notNull()
      .default(sql`0`),
    lostQuantity: units("lost_quantity")
      .notNull()
      .default(sql`0`),
    disposedQuantity: units("disposed_quantity")
      .notNull()
      .default(sql`0`),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    check(
      "delivery_item_quantity",
      sql`${t.quantity} > 0 and ${t.deliveredQuantity} >= 0 and ${t.returnedQuantity} >= 0 and ${t.lostQuantity} >= 0 and ${t.disposedQuantity} >= 0 and ${t.deliveredQuantity} + ${t.returnedQuantity} + ${t.lostQuantity} + ${t.disposedQuantity} <= ${t.quantity}`,
    ),
    uniqueIndex("delivery_item_lot").on(t.deliveryId, t.lotId),
    index("delivery_item_by_lot").on(t.lotId),
    index("delivery_item_by_line").on(t.lineId),
  ],
);

export const PROOFS = ["secret", "two_witnesses", "photo", "signed_list"] as const;
export type Proof = (typeof PROOFS)[number];

/** Who took the goods at the door. */
/** One attempt at the door: its outcome and, where something was handed over, its proof. */
export const handovers = pgTable(
  "handover",
  {
    id: id().primaryKey(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    outcome: text("outcome").$type<ItemOutcome>().notNull(),
    proof: text("proof").$type<Proof>(),
    deliveredBy: uuid("delivered_by").notNull(),
    receiver: text("receiver").$type<Receiver>(),
    /** A colleague who was there; what they say of it themselves comes later, from their own account. */
    witnessedBy: uuid("witnessed_by"),
    witnessSaid: text("witness_said").$type<"present" | "absent">(),
    secondWitnessSealed: sealed("second_witness_sealed"),
    /** Signatures on a group's list; the list itself is a sealed file. */
    signedCount: integer("signed_count"),
    fileId: uuid("file_id").references(() => storedFiles.id),
    /** A photo is private until somebody of the city passed it for the donors. */
    photoDecision: text("photo_decision").$type<"passed" | "kept">(),
    photoDecidedBy: uuid("photo_decided_by"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("handover_moment", since2000(t.occurredAt)),
    check("handover_outcome", oneOf(t.outcome, ITEM_OUTCOMES)),
    check("handover_proof", sql`(${t.outcome} = 'handed_over') = (${t.proof} is not null)`),
    check("handover_proof_kind", sql`${t.proof} is null or ${oneOf(t.proof, PROOFS)}`),
    check(
      "handover_photo_word",
      sql`${t.photoDecision} is null or ${oneOf(t.photoDecision, ["passed", "kept"])}`,
    ),
    check("handover_receiver", sql`${t.receiver} is null or ${oneOf(t.receiver, RECEIVERS)}`),
    index("handover_to_witness")
      .on(t.witnessedBy, t.deliveryId)
      .where(sql`witness_said is null and witnessed_by is not null`),
    index("handover_photos")
      .on(t.deliveryId)
      .where(sql`proof = 'photo' and photo_decision is null`),
    check("handover_witness_apart", sql`${t.witnessedBy} is null or ${t.witnessedBy} <> ${t.deliveredBy}`),
    check(
      "handover_two_witnesses",
      sql`${t.proof} is distinct from 'two_witnesses' or (${t.witnessedBy} is not null and ${t.secondWitnessSealed} is not null)`,
    ),
    check(
      "handover_file",
      sql`(${t.proof} in ('photo', 'signed_list')) is not true or ${t.fileId} is not null`,
    ),
    check(
      "handover_signed",
      sql`(${t.proof} is not distinct from 'signed_list') = (${t.signedCount} is not null) and (${t.signedCount} is null or ${t.signedCount} > 0)`,
    ),
    check(
      "handover_witness_said",
      sql`${t.witnessSaid} is null or (${t.witnessedBy} is not null and ${oneOf(t.witnessSaid, ["present", "absent"])})`,
    ),
    check(
      "handover_photo_decided",
      sql`(${t.photoDecision} is null) = (${t.photoDecidedBy} is null) and (${t.photoDecision} is null or ${t.fileId} is not null)`,
    ),
    check("handover_photo_eyes", sql`${t.photoDecidedBy} is null or ${t.photoDecidedBy} <> ${t.deliveredBy}`),
    uniqueIndex("handover_file_once").on(t.fileId),
    index("handover_by_delivery").on(t.deliveryId),
  ],
);

/** A unit of service that was done, and whether the recipient (or a caseworker for them) accepted it. */
export const serviceVisits = pgTable(
  "service_visit",
  {
    id: id().primaryKey(),
    pledgeId: uuid("pledge_id")
      .notNull()
      .references(() => pledges.id),
    lineId: uuid("line_id")
      .notNull()
      .references(() => needLines.id),
    quantity: units("quantity").notNull(),
    providerName: text("provider_name").notNull(),
    doneOn: date("done_on", { mode: "string" }).notNull(),
    state: text("state").$type<"done" | "accepted" | "disputed">().notNull(),
    version: integer("version").notNull().default(1),
    recordedBy: uuid("recorded_by").notNull(),
    acceptedBy: uuid("accepted_by"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("service_visit_moment", since2000(t.occurredAt)),
    check("service_visit_state", oneOf(t.state, ["done", "accepted", "disputed"])),
    check("service_visit_quantity", sql`${t.quantity} > 0`),
    check("service_visit_apart", sql`${t.acceptedBy} is null or ${t.acceptedBy} <> ${t.recordedBy}`),
    index("service_visit_by_pledge").on(t.pledgeId),
    index("service_visit_by_line").on(t.lineId),
    index("service_visit_done")
      .on(t.id)
      .where(sql`state = 'done'`),
  ],
);

/**
 * The recipient's word, 1 to 5 and in words. Nothing reaches donors or the public before a person passed it.
 */
export const feedbacks = pgTable(
  "feedback",
  {
    id: id().primaryKey(),
    needId: uuid("need_id")
      .notNull()
      .references(() => needs.id),
    deliveryId: uuid("delivery_id").references(() => deliveries.id),
    rating: integer("rating").notNull(),
    wordsSealed: sealed("words_sealed"),
    /** What was passed for donors and the public, redacted by a person. */
    publicWords: text("public_words"),
    state: text("state").$type<"heard" | "passed" | "kept_private">().notNull(),
    version: integer("version").notNull().default(1),
    recordedBy: uuid("recorded_by").notNull(),
    moderatedBy: uuid("moderated_by"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("feedback_moment", since2000(t.occurredAt)),
    check("feedback_rating", sql`${t.rating} between 1 and 5`),
    check("feedback_state", oneOf(t.state, ["heard", "passed", "kept_private"])),
    check("feedback_passed_has_words", sql`(${t.state} = 'passed') = (${t.publicWords} is not null)`),
    check("feedback_four_eyes", sql`${t.moderatedBy} is null or ${t.moderatedBy} <> ${t.recordedBy}`),
    index("feedback_by_need").on(t.needId),
    index("feedback_heard")
      .on(t.id)
      .where(sql`state = 'heard'`),
    index("feedback_by_delivery").on(t.deliveryId),
  ],
);
