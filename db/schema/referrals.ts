import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf, sealed } from "./columns";
import { listItems } from "./directory";
import { households } from "./households";
import { appUsers } from "./identity";
import { towns } from "./reference";
import {
  CANNOT_REASONS,
  type CannotReason,
  CONTACT_TRIES,
  FOLLOW_UP_OUTCOMES,
  type FollowUpOutcome,
  NOT_HELPED_REASONS,
  type NotHelpedReason,
  OWNER_ANSWERS,
  type OwnerAnswer,
  REFERRAL_STATES,
  type ReferralState,
  WITHOUT_REASONS,
  type WithoutReason,
} from "./referralVocabulary";

/** Orders what is before the reviewer in front of the rest. */
export const IS_CALM = sql`((escalated_at is null)::int)`;

/**
 * A household brought to whoever can help it: one department for an item of the lists, or several with one
 * lead (a joint case, which has no item). Open as long as it has a clock: `due_at` is empty exactly when it
 * has ended.
 */
export const referrals = pgTable(
  "referral",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    householdId: uuid("household_id")
      .notNull()
      .references(() => households.id),
    /** The item asked for; null for a joint case. */
    itemCode: text("item_code").references(() => listItems.code),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    state: text("state").$type<ReferralState>().notNull(),
    version: integer("version").notNull().default(1),
    /** By when the next word is due in the state it is in. */
    dueAt: instant("due_at"),
    /** Since when it is overdue and before the town's reviewer; emptied when it moves on. */
    escalatedAt: instant("escalated_at"),
    /** Times somebody tried to reach the household and could not. */
    tries: integer("tries").notNull().default(0),
    closedReason: text("closed_reason").$type<NotHelpedReason>(),
    /** The referral that took its place. */
    nextReferralId: uuid("next_referral_id").references((): AnyPgColumn => referrals.id),
    withoutReason: text("without_reason").$type<WithoutReason>(),
    /** What is asked for, under the household's key. */
    askedSealed: sealed("asked_sealed"),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => appUsers.id),
    createdAt: instant("created_at").notNull(),
    closedAt: instant("closed_at"),
  },
  (t) => [
    check("referral_state", oneOf(t.state, REFERRAL_STATES)),
    check("referral_closed_reason", oneOf(t.closedReason, NOT_HELPED_REASONS)),
    check("referral_without_reason", oneOf(t.withoutReason, WITHOUT_REASONS)),
    check("referral_has_clock", sql`(${t.state} in ('got_help', 'not_helped')) = (${t.dueAt} is null)`),
    check("referral_ended", sql`(${t.dueAt} is null) = (${t.closedAt} is not null)`),
    check("referral_says_why", sql`(${t.state} = 'not_helped') = (${t.closedReason} is not null)`),
    check(
      "referral_says_where",
      sql`(${t.closedReason} is not distinct from 'referred_elsewhere') = (${t.nextReferralId} is not null)`,
    ),
    check(
      "referral_tried",
      sql`${t.closedReason} is distinct from 'could_not_contact' or ${t.tries} >= ${sql.raw(String(CONTACT_TRIES))}`,
    ),
    uniqueIndex("referral_one_open")
      .on(t.householdId, t.itemCode)
      .where(sql`due_at is not null`),
    // A town's open referrals in the order of its list: before the reviewer first, then what is due first.
    index("referral_open")
      .on(t.townCode, IS_CALM, t.dueAt, t.id)
      .where(sql`due_at is not null`),
    index("referral_joint_open")
      .on(t.townCode, IS_CALM, t.dueAt, t.id)
      .where(sql`due_at is not null and item_code is null`),
    index("referral_due")
      .on(t.dueAt)
      .where(sql`due_at is not null and escalated_at is null`),
    index("referral_ended")
      .on(t.closedAt, t.id)
      .where(sql`closed_at is not null`),
    index("referral_of_household").on(t.householdId, t.id),
    index("referral_by_next")
      .on(t.nextReferralId)
      .where(sql`next_referral_id is not null`),
  ],
);

/**
 * A department that a referral was brought to: the name of an office, never of a person. Exactly one leads.
 */
export const referralOwners = pgTable(
  "referral_owner",
  {
    id: id().primaryKey(),
    referralId: uuid("referral_id")
      .notNull()
      .references(() => referrals.id),
    department: text("department").notNull(),
    isLead: boolean("is_lead").notNull(),
    answer: text("answer").$type<OwnerAnswer>().notNull().default("waiting"),
    cannotReason: text("cannot_reason").$type<CannotReason>(),
    addedAt: instant("added_at").notNull(),
    removedAt: instant("removed_at"),
  },
  (t) => [
    check("referral_owner_answer", oneOf(t.answer, OWNER_ANSWERS)),
    check("referral_owner_cannot_reason", oneOf(t.cannotReason, CANNOT_REASONS)),
    check("referral_owner_says_why", sql`(${t.answer} = 'cannot') = (${t.cannotReason} is not null)`),
    check("referral_owner_lead_stays", sql`not (${t.isLead} and ${t.removedAt} is not null)`),
    uniqueIndex("referral_owner_one_lead")
      .on(t.referralId)
      .where(sql`is_lead`),
    uniqueIndex("referral_owner_once")
      .on(t.referralId, t.department)
      .where(sql`removed_at is null`),
    index("referral_owner_by_referral").on(t.referralId),
  ],
);

/** What the town's caseworkers owe a household whose referral brought no help. */
export const followUps = pgTable(
  "follow_up",
  {
    id: id().primaryKey(),
    referralId: uuid("referral_id")
      .notNull()
      .unique()
      .references(() => referrals.id),
    householdId: uuid("household_id")
      .notNull()
      .references(() => households.id),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    state: text("state").$type<"open" | "done">().notNull(),
    version: integer("version").notNull().default(1),
    dueAt: instant("due_at").notNull(),
    reason: text("reason").$type<NotHelpedReason>().notNull(),
    outcome: text("outcome").$type<FollowUpOutcome>(),
    doneBy: uuid("done_by").references(() => appUsers.id),
    doneAt: instant("done_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("follow_up_state", oneOf(t.state, ["open", "done"])),
    check("follow_up_reason", oneOf(t.reason, NOT_HELPED_REASONS)),
    check("follow_up_outcome", oneOf(t.outcome, FOLLOW_UP_OUTCOMES)),
    check(
      "follow_up_done",
      sql`(${t.state} = 'done') = (${t.outcome} is not null and ${t.doneBy} is not null and ${t.doneAt} is not null)`,
    ),
    index("follow_up_open")
      .on(t.townCode, t.dueAt, t.id)
      .where(sql`state = 'open'`),
    index("follow_up_by_household").on(t.householdId),
  ],
);
