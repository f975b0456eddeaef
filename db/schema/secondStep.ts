import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, notNegative, oneOf, sealed } from "./columns";
import { appUsers, sessions } from "./identity";
import { STEP_RESET_REASONS, type StepResetReason } from "./stepVocabulary";

/**
 * The app on somebody's phone that makes their codes: one for each account. Until `confirmedAt` it is only
 * being set up, and asks nobody for anything. `lastUsedStep` is the half minute of the last code that was
 * taken: no code works twice.
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
  (t) => [
    check("second_factor_sealed", sql`${t.secretSealed} like 'v1:%'`),
    check("second_factor_confirmed_whole", sql`(${t.confirmedAt} is null) = (${t.lastUsedStep} is null)`),
  ],
);

/** How a browser reaches the thing that a passkey lies in, as WebAuthn names it. */
export const PASSKEY_TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;
export type PasskeyTransport = (typeof PASSKEY_TRANSPORTS)[number];

/**
 * A passkey of somebody: a key pair whose secret half never leaves their phone, computer or security key.
 * What stands here opens nothing. One credential is one account's. `signCount` is what its authenticator last
 * counted; one that counts backwards was copied.
 */
export const passkeys = pgTable(
  "passkey",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    /** The authenticator's own name for it, in base64url. */
    credentialId: text("credential_id").notNull().unique(),
    /** COSE, in base64url. */
    publicKey: text("public_key").notNull(),
    signCount: bigint("sign_count", { mode: "number" }).notNull(),
    transports: text("transports").array().$type<PasskeyTransport[]>().notNull(),
    /** The name that its person gave it. */
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull(),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [
    check(
      "passkey_credential",
      sql`${t.credentialId} ~ '^[A-Za-z0-9_-]+$' and length(${t.credentialId}) <= 1364`,
    ),
    check("passkey_public_key", sql`${t.publicKey} ~ '^[A-Za-z0-9_-]+$' and length(${t.publicKey}) <= 2000`),
    check("passkey_count", notNegative(t.signCount)),
    check(
      "passkey_transports",
      sql`${t.transports} <@ array[${sql.raw(PASSKEY_TRANSPORTS.map((each) => `'${each}'`).join(", "))}] and cardinality(${t.transports}) <= ${sql.raw(String(PASSKEY_TRANSPORTS.length))}`,
    ),
    check("passkey_name", sql`length(${t.name}) between 1 and 40`),
    check("passkey_used_later", sql`${t.lastUsedAt} >= ${t.createdAt}`),
    index("passkey_user").on(t.userId),
  ],
);

/** What a challenge is for: to make a passkey, to come in, or to show it once more. */
const CHALLENGE_USES = ["add", "sign_in", "confirm"] as const;
export type ChallengeUse = (typeof CHALLENGE_USES)[number];

/**
 * A random number that a passkey has to sign, once, within five minutes, in the very session or the very
 * sign-in for which it was made; it goes with either. Only its hash is kept.
 */
export const passkeyChallenges = pgTable(
  "passkey_challenge",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    purpose: text("purpose").$type<ChallengeUse>().notNull(),
    challengeHash: text("challenge_hash").notNull().unique(),
    /** A session's id changes when it is stepped up; the challenges of its other windows go along. */
    sessionId: text("session_id").references(() => sessions.id, { onUpdate: "cascade", onDelete: "cascade" }),
    signInStepId: uuid("sign_in_step_id").references(() => signInSteps.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    check("passkey_challenge_purpose", oneOf(t.purpose, CHALLENGE_USES)),
    check(
      "passkey_challenge_of",
      sql`(${t.purpose} = 'sign_in') = (${t.signInStepId} is not null) and (${t.signInStepId} is null) <> (${t.sessionId} is null)`,
    ),
    check(
      "passkey_challenge_ends",
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '5 minutes'`,
    ),
    index("passkey_challenge_user").on(t.userId),
    index("passkey_challenge_session").on(t.sessionId),
    index("passkey_challenge_step").on(t.signInStepId),
    index("passkey_challenge_by_end").on(t.expiresAt),
  ],
);

/**
 * One of the ten codes that stand in for a lost phone or key, each once. Only the keyed hash of its 80 random
 * bits is kept. Made with the first second step of whatever kind, gone with the last (a check says so).
 */
export const recoveryCodes = pgTable(
  "recovery_code",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    codeHash: text("code_hash").notNull().unique(),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("recovery_code_user").on(t.userId)],
);

/**
 * The password was right and the second step is still to come: for ten minutes, in the browser that has the
 * token, once. Five wrong codes end it. It opens nothing by itself.
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
    check(
      "sign_in_step_ends",
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '10 minutes'`,
    ),
    check(
      "sign_in_step_tries",
      sql`${t.wrongCodes} between 0 and 5 and (${t.wrongCodes} < 5 or ${t.closedAt} is not null)`,
    ),
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
    check(
      "step_reset_four_eyes",
      sql`${t.decidedBy} is null or (${t.decidedBy} <> ${t.proposedBy} and ${t.decidedBy} <> ${t.userId})`,
    ),
    uniqueIndex("step_reset_one_waiting")
      .on(t.userId)
      .where(sql`state = 'waiting'`),
  ],
);
