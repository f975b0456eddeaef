import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, isCodedText, isName, LOCALE_CODES, oneOf, sealed, since2000, units } from "./columns";
import { ROLES } from "./identity";
import { CORRECTING_EVENTS, LATE_EVENTS } from "./tallies";

/** The roles in which something is done, or nobody in particular. */
export const ACTING_ROLES = [...ROLES, "system", "visitor"] as const;
export type ActingRole = (typeof ACTING_ROLES)[number];

/** The buckets that the units of a need line stand in: each unit in exactly one. */
export const BUCKETS = ["open", "held", "pledged", "in_hub", "delivered", "waived"] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Who came to hold what, and who may come in at all. */
export const ROLE_EVENTS = [
  "role.grant",
  "role.revoke",
  "role_proposal.propose",
  "role_proposal.approve",
  "role_proposal.reject",
  "role_proposal.withdraw",
  "invitation.make",
  "invitation.accept",
  "invitation.withdraw",
  "account.disable",
  "account.enable",
  "account.reset_second_step",
  "step_reset.propose",
  "step_reset.approve",
  "step_reset.reject",
  "step_reset.withdraw",
] as const;
export type RoleEvent = (typeof ROLE_EVENTS)[number];

/**
 * A change of who may do what, without everybody's own right to give: these are few, and found by an index of
 * their own.
 */
export const IS_ROLE_CHANGE = sql`${oneOf(sql`event`, ROLE_EVENTS)} and (data ->> 'role') is distinct from 'donor'`;

/**
 * Every change of everything, one row each, in the change's own transaction; append-only.
 * `entity_version` is unique for an entity, so two writers can never both claim the same step.
 * Carries ids, codes, quantities and coded reasons only: no name, no free text.
 */
export const journal = pgTable(
  "journal",
  {
    id: id().primaryKey(),
    entity: text("entity").notNull(),
    entityId: uuid("entity_id").notNull(),
    entityVersion: integer("entity_version").notNull(),
    event: text("event").notNull(),
    fromState: text("from_state"),
    toState: text("to_state"),
    /**
     * The units this event moved between buckets of one line: replaying them gives the line's stored buckets.
     */
    lineId: uuid("line_id"),
    bucketFrom: text("bucket_from").$type<Bucket>(),
    bucketTo: text("bucket_to").$type<Bucket>(),
    quantity: units("quantity"),
    needId: uuid("need_id"),
    giftId: uuid("gift_id"),
    data: jsonb("data").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    reason: text("reason"),
    actorId: uuid("actor_id"),
    actorRole: text("actor_role").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    uniqueIndex("journal_step").on(t.entity, t.entityId, t.entityVersion),
    check(
      "journal_units_whole",
      sql`(${t.lineId} is null) = (${t.quantity} is null) and (${t.lineId} is null) = (${t.bucketFrom} is null) and (${t.lineId} is null) = (${t.bucketTo} is null)`,
    ),
    check(
      "journal_units_positive",
      sql`${t.quantity} is null or (${t.quantity} > 0 and ${t.bucketFrom} <> ${t.bucketTo})`,
    ),
    check(
      "journal_buckets",
      sql`(${t.bucketFrom} is null or ${oneOf(t.bucketFrom, BUCKETS)}) and (${t.bucketTo} is null or ${oneOf(t.bucketTo, BUCKETS)})`,
    ),
    check("journal_role", oneOf(t.actorRole, ACTING_ROLES)),
    check("journal_entity", isCodedText(t.entity)),
    check("journal_event", sql`${t.event} ~ '^[a-z_]+[.][a-z_]+$'`),
    check(
      "journal_states",
      sql`(${t.fromState} is null or ${isCodedText(t.fromState)}) and (${t.toState} is null or ${isCodedText(t.toState)})`,
    ),
    check("journal_moment", since2000(t.occurredAt)),
    check("journal_not_before", sql`${t.occurredAt} <= ${t.recordedAt}`),
    check("journal_reason", isCodedText(t.reason)),
    index("journal_by_gift").on(t.giftId, t.id),
    index("journal_by_need").on(t.needId, t.id),
    index("journal_by_line").on(t.lineId, t.id),
    index("journal_by_actor").on(t.actorId, t.id),
    index("journal_role_changes").on(t.id).where(IS_ROLE_CHANGE),
    // What the sum of days is checked by stands in it, so that the journal's own rows are not read for it.
    index("journal_delivered")
      .on(t.id, t.giftId, t.lineId, t.occurredAt, t.quantity)
      .where(sql`bucket_to = 'delivered'`),
    index("journal_told_in_public")
      .on(t.recordedAt, t.event)
      .where(oneOf(sql`event`, [...CORRECTING_EVENTS, ...LATE_EVENTS])),
    index("journal_moment_corrections")
      .on(sql`(data ->> 'entry')`, t.id)
      .where(sql`entity = 'moment_correction'`),
  ],
);

/**
 * Work that an event owes to one handler; drained by the worker with SKIP LOCKED and leases. Handlers may run
 * twice.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: id().primaryKey(),
    journalId: uuid("journal_id")
      .notNull()
      .references(() => journal.id),
    handler: text("handler").notNull(),
    state: text("state").$type<"waiting" | "done" | "dead">().notNull(),
    runAt: instant("run_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    leasedUntil: instant("leased_until"),
    lastError: text("last_error"),
  },
  (t) => [
    check("outbox_handler", isName(t.handler)),
    check("outbox_state", oneOf(t.state, ["waiting", "done", "dead"])),
    uniqueIndex("outbox_once").on(t.journalId, t.handler),
    index("outbox_due")
      .on(t.runAt, t.id)
      .where(sql`state = 'waiting'`),
    index("outbox_done")
      .on(t.runAt)
      .where(sql`state = 'done'`),
    index("outbox_not_done")
      .on(t.state, t.id)
      .where(sql`state <> 'done'`),
  ],
);

/**
 * A backup was brought back into this database. Until it is let go nothing is sent and no clock runs: what
 * waits in the backup may have gone out between then and the loss.
 */
export const restorations = pgTable(
  "restoration",
  {
    id: id().primaryKey(),
    /** The moment at which the database is the backup's. */
    takenAt: instant("taken_at").notNull(),
    restoredAt: instant("restored_at").notNull(),
    releasedAt: instant("released_at"),
  },
  (t) => [
    check("restoration_order", sql`${t.takenAt} <= ${t.restoredAt} and ${t.restoredAt} <= ${t.releasedAt}`),
    uniqueIndex("restoration_held")
      .on(sql`(released_at is null)`)
      .where(sql`released_at is null`),
  ],
);

/**
 * Leases of the clocks (hold expiry, reminders …), so that several workers run each of them once at a time.
 */
export const clockLeases = pgTable(
  "clock_lease",
  {
    name: text("name").primaryKey(),
    leasedUntil: instant("leased_until").notNull(),
    lastRanAt: instant("last_ran_at"),
    runs: bigint("runs", { mode: "number" }).notNull().default(0),
  },
  (t) => [check("clock_lease_name", isName(t.name))],
);

/**
 * A message the portal sent or will send; the demo shows them instead of delivering. To whom it goes is the
 * account's address; where it goes elsewhere (an address to confirm, somebody without an account), the
 * address is sealed, and gone once it was sent.
 */
export const messages = pgTable(
  "message",
  {
    id: id().primaryKey(),
    /** One message for one event, handler and addressee, however often its handler runs. */
    onceKey: text("once_key").notNull().unique(),
    /** Text messages to recipients are pushes, and kept there. */
    channel: text("channel").$type<"mail" | "text">().notNull(),
    userId: uuid("user_id"),
    template: text("template").notNull(),
    locale: text("locale").notNull(),
    data: jsonb("data").$type<Record<string, string | number>>().notNull().default({}),
    toSealed: sealed("to_sealed"),
    /**
     * A link or a code that opens something, kept until it was sent: only the demo, which shows its letters,
     * keeps it as long as it holds.
     */
    linkSealed: sealed("link_sealed"),
    createdAt: instant("created_at").notNull(),
    sentAt: instant("sent_at"),
  },
  (t) => [
    check("message_channel", oneOf(t.channel, ["mail", "text"])),
    check("message_template", isName(t.template)),
    check("message_locale", oneOf(t.locale, LOCALE_CODES)),
    check(
      "message_sealed",
      sql`(${t.toSealed} is null or ${t.toSealed} like 'v1:%') and (${t.linkSealed} is null or ${t.linkSealed} like 'v1:%')`,
    ),
    index("message_by_user").on(t.userId, t.id),
    index("message_by_day").on(t.createdAt),
  ],
);
