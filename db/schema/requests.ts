import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, oneOf, sealed, since2000 } from "./columns";
import { households } from "./households";
import { needs } from "./needs";

export const REQUEST_KINDS = ["refuse", "correct", "withdraw_consent", "erase"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What became of a request that waited for somebody. */
export const REQUEST_OUTCOMES = ["corrected", "was_right", "not_possible", "taken_back", "erased"] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/**
 * What a recipient asked for through any caseworker: to refuse, to have something corrected, to withdraw
 * consent, to be erased.
 */
export const recipientRequests = pgTable(
  "recipient_request",
  {
    id: id().primaryKey(),
    householdId: uuid("household_id")
      .notNull()
      .references(() => households.id),
    /** The one wish it is about; none where it is about the household and all its wishes. */
    needId: uuid("need_id"),
    kind: text("kind").$type<RequestKind>().notNull(),
    state: text("state").$type<"open" | "done">().notNull(),
    version: integer("version").notNull().default(1),
    wordsSealed: sealed("words_sealed"),
    recordedBy: uuid("recorded_by").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Until when somebody has an answer for the recipient; none once it is done. */
    dueAt: instant("due_at"),
    /** When the clock brought it before the admins too, because nobody of the town had answered. */
    escalatedAt: instant("escalated_at"),
    closedBy: uuid("closed_by"),
    closedAt: instant("closed_at"),
    outcome: text("outcome").$type<RequestOutcome>(),
    /** What was done, in words for the recipient. */
    answerSealed: sealed("answer_sealed"),
  },
  (t) => [
    check("recipient_request_moment", since2000(t.occurredAt)),
    check("recipient_request_kind", oneOf(t.kind, REQUEST_KINDS)),
    check("recipient_request_state", oneOf(t.state, ["open", "done"])),
    check("recipient_request_outcome", oneOf(t.outcome, REQUEST_OUTCOMES)),
    check("recipient_request_one_wish", sql`${t.needId} is null or ${t.kind} in ('refuse', 'correct')`),
    foreignKey({
      columns: [t.householdId, t.needId],
      foreignColumns: [needs.householdId, needs.id],
      name: "recipient_request_own_wish",
    }),
    check("recipient_request_closed", sql`(${t.state} = 'done') = (${t.closedAt} is not null)`),
    check("recipient_request_due", sql`(${t.state} = 'open') = (${t.dueAt} is not null)`),
    check("recipient_request_escalated", sql`${t.escalatedAt} is null or ${t.dueAt} is not null`),
    index("recipient_request_by_household").on(t.householdId, t.id),
    index("recipient_request_by_need").on(t.needId),
    index("recipient_request_open")
      .on(t.dueAt, t.id)
      .where(sql`state = 'open'`),
  ],
);
