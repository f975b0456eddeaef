import { sql } from "drizzle-orm";
import { check, index, inet, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "./columns";

/** What of somebody's use of the portal an auditor reads afterwards. */
export const USE_KINDS = [
  "sign_in",
  "sign_in_failed",
  "refused",
  "export",
  "opening",
  "role",
  "own_account",
] as const;
export type UseKind = (typeof USE_KINDS)[number];

/** An address as it came; an older one is that of its network only. */
export const WHOLE_ADDRESS = sql`masklen(address) = case family(address) when 4 then 32 else 128 end`;

/**
 * Who used the portal for what, when, and from where; never what was typed. The journal is evidence and
 * stays: this goes after six months, and of the addresses only the networks are kept after 90 days. The same
 * again within a minute is one row that counts.
 */
export const portalUses = pgTable(
  "portal_use",
  {
    id: id().primaryKey(),
    at: instant("at").notNull(),
    kind: text("kind").$type<UseKind>().notNull(),
    /**
     * Whoever did it; for a sign-in that failed the account that was tried; empty for the portal itself, and
     * where no account was.
     */
    actorId: uuid("actor_id"),
    /** The page's pattern, the file's name, or the event of the journal: never an address as it was typed. */
    what: text("what").notNull(),
    journalId: uuid("journal_id"),
    clientAddress: inet("address"),
    times: integer("times").notNull().default(1),
  },
  (t) => [
    check("portal_use_kind", oneOf(t.kind, USE_KINDS)),
    check("portal_use_what", sql`${t.what} ~ '^[A-Za-z0-9_./:*-]{1,200}$'`),
    check(
      "portal_use_of_journal",
      sql`(${t.journalId} is not null) = (${oneOf(t.kind, ["opening", "role"])})`,
    ),
    check(
      "portal_use_by_somebody",
      sql`${t.actorId} is not null or ${oneOf(t.kind, ["sign_in_failed", "role"])}`,
    ),
    check("portal_use_times", sql`${t.times} >= 1`),
    uniqueIndex("portal_use_once_of_journal").on(t.journalId),
    index("portal_use_by_day").on(t.at, t.id),
    index("portal_use_again").on(t.kind, t.actorId, t.at),
    index("portal_use_whole_address").on(t.at).where(WHOLE_ADDRESS),
  ],
);
