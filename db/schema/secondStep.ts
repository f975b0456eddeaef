import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, oneOf, sealed } from "./columns";
import { appUsers } from "./identity";
import { STEP_RESET_REASONS, type StepResetReason } from "./stepWords";

/**
 * The app on somebody's phone that makes their codes: one for each account. Until `confirmedAt` it is only being set up, and asks nobody
 * for anything. `lastUsedStep` is the half minute of the last code that was taken: no code works twice.
 */
export const secondFactors = pgTable(
  "second_factor",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => appUsers.id),
    secretSealed: sealed("secret_sealed").notNull(),
    createdAt: instant("created_at").notNull(),
    confirmedAt: instant("confirmed_at"),
    lastUsedStep: integer("last_used_step"),
  },
  (t) => [check("second_factor_sealed", sql`${t.secretSealed} like 'v1:%'`), check("second_factor_confirmed_whole", sql`(${t.confirmedAt} is null) = (${t.lastUsedStep} is null)`)],
);

/** One of the ten codes that stand in for a lost phone, each once. Only the keyed hash of its 80 random bits is kept. */
export const recoveryCodes = pgTable(
  "recovery_code",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => secondFactors.userId),
    codeHash: text("code_hash").notNull().unique(),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("recovery_code_user").on(t.userId)],
);

/**
 * The password was right and the second step is still to come: for ten minutes, in the browser that has the token, once. Five wrong codes
 * end it. It opens nothing by itself.
 */
export const signInSteps = pgTable(
  "sign_in_step",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    tokenHash: text("token_hash").notNull().unique(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    wrongCodes: integer("wrong_codes").notNull().default(0),
    closedAt: instant("closed_at"),
  },
  (t) => [
    check("sign_in_step_ends", sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '10 minutes'`),
    check("sign_in_step_tries", sql`${t.wrongCodes} between 0 and 5 and (${t.wrongCodes} < 5 or ${t.closedAt} is not null)`),
    index("sign_in_step_user").on(t.userId),
    index("sign_in_step_by_end").on(t.expiresAt),
  ],
);

const STEP_RESET_STATES = ["waiting", "approved", "rejected", "withdrawn"] as const;
export type StepResetState = (typeof STEP_RESET_STATES)[number];

/** One admin wants the second step of somebody reset who lost everything; another admin decides. */
export const stepResets = pgTable(
  "step_reset",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    reason: text("reason").$type<StepResetReason>().notNull(),
    state: text("state").$type<StepResetState>().notNull(),
    version: integer("version").notNull().default(1),
    proposedBy: uuid("proposed_by")
      .notNull()
      .references(() => appUsers.id),
    createdAt: instant("created_at").notNull(),
    decidedBy: uuid("decided_by").references(() => appUsers.id),
  },
  (t) => [
    check("step_reset_reason", oneOf(t.reason, STEP_RESET_REASONS)),
    check("step_reset_state", oneOf(t.state, STEP_RESET_STATES)),
    check("step_reset_decided", sql`(${t.state} in ('approved', 'rejected')) = (${t.decidedBy} is not null)`),
    check("step_reset_not_for_oneself", sql`${t.proposedBy} <> ${t.userId}`),
    check("step_reset_four_eyes", sql`${t.decidedBy} is null or (${t.decidedBy} <> ${t.proposedBy} and ${t.decidedBy} <> ${t.userId})`),
    uniqueIndex("step_reset_one_waiting")
      .on(t.userId)
      .where(sql`state = 'waiting'`),
  ],
);
