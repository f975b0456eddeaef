import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import {
  ANSWER_WAYS,
  type AnswerWay,
  ASKED_FOR,
  type AskedFor,
  CALL_BACK_OUTCOMES,
  CALL_BACK_TRIES,
  type CallBackOutcome,
} from "./callBackVocabulary";
import { id, instant, oneOf, sealed } from "./columns";
import { appUsers } from "./identity";
import { towns } from "./reference";
import { IS_CALM } from "./referrals";

const CALL_BACK_STATES = ["waiting", "in_hand", "done"] as const;

/** Somebody without an account asks that a town's caseworkers call them, or write. */
export const callBacks = pgTable(
  "call_back",
  {
    id: id().primaryKey(),
    /** What they are told, to name it by on the phone. */
    code: text("code").notNull().unique(),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    way: text("way").$type<AnswerWay>().notNull(),
    askedFor: text("asked_for").$type<AskedFor>().notNull(),
    state: text("state").$type<(typeof CALL_BACK_STATES)[number]>().notNull(),
    version: integer("version").notNull().default(1),
    /** Name, phone and words; emptied some time after its end. */
    askedSealed: sealed("asked_sealed"),
    /** By when somebody answers. */
    dueAt: instant("due_at"),
    /** Since when it is past that; emptied when somebody tries. */
    escalatedAt: instant("escalated_at"),
    /** Times somebody tried and could not reach them. */
    tries: integer("tries").notNull().default(0),
    /** Who opened it last, and so has it in hand. */
    openedBy: uuid("opened_by").references(() => appUsers.id),
    openedAt: instant("opened_at"),
    createdAt: instant("created_at").notNull(),
    outcome: text("outcome").$type<CallBackOutcome>(),
    /** What whoever tried last, or closed it, says of it. */
    saidSealed: sealed("said_sealed"),
    closedBy: uuid("closed_by").references(() => appUsers.id),
    closedAt: instant("closed_at"),
  },
  (t) => [
    check("call_back_way", oneOf(t.way, ANSWER_WAYS)),
    check("call_back_asked_for", oneOf(t.askedFor, ASKED_FOR)),
    check("call_back_state", oneOf(t.state, CALL_BACK_STATES)),
    check("call_back_outcome", oneOf(t.outcome, CALL_BACK_OUTCOMES)),
    check("call_back_asked", sql`${t.state} = 'done' or ${t.askedSealed} is not null`),
    check("call_back_due", sql`(${t.state} = 'done') = (${t.dueAt} is null)`),
    check("call_back_escalated", sql`${t.escalatedAt} is null or ${t.dueAt} is not null`),
    check(
      "call_back_closed",
      sql`(${t.state} = 'done') = (${t.closedAt} is not null and ${t.closedBy} is not null and ${t.outcome} is not null)`,
    ),
    check("call_back_opened", sql`(${t.openedBy} is null) = (${t.openedAt} is null)`),
    check("call_back_in_hand", sql`${t.state} = 'waiting' or ${t.openedBy} is not null`),
    check(
      "call_back_tried",
      sql`${t.tries} between 0 and ${sql.raw(String(CALL_BACK_TRIES))} and (${t.outcome} is distinct from 'not_reached' or ${t.tries} = ${sql.raw(String(CALL_BACK_TRIES))})`,
    ),
    // A town's call-backs in the order of its list: what is past its day first, then what is due first.
    index("call_back_open")
      .on(t.townCode, IS_CALM, t.dueAt, t.id)
      .where(sql`due_at is not null`),
    index("call_back_due")
      .on(t.dueAt)
      .where(sql`due_at is not null and escalated_at is null`),
    index("call_back_kept")
      .on(t.closedAt)
      .where(sql`closed_at is not null and asked_sealed is not null`),
    index("call_back_by_opener").on(t.openedBy),
    index("call_back_by_closer").on(t.closedBy),
  ],
);
