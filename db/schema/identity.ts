import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, LOCALE_CODES, oneOf, sealed } from "./columns";

export const ROLES = [
  "donor",
  "org_viewer",
  "org_editor",
  "org_manager",
  "caseworker",
  "town_reviewer",
  "operator",
  "storekeeper",
  "courier",
  "finance",
  "auditor",
  "admin",
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that move money or give roles: they need a second admin. */
export const SECOND_ADMIN_ROLES = ["finance", "operator", "admin"] as const satisfies readonly Role[];

/**
 * Where a role holds. `city` needs no id; the others name a town code, an organisation, a service point or a
 * charity.
 */
export const SCOPE_KINDS = ["city", "town", "organisation", "point", "charity"] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/**
 * Somebody who can sign in. Holds no secret: the password hash lives apart, so that no query of users can
 * carry it along.
 */
export const appUsers = pgTable(
  "app_user",
  {
    id: id().primaryKey(),
    /** None of whoever came by a code to their phone and never named one. */
    email: text("email"),
    /** What staff of the portal see ("陈社工"); a donor's public name is chosen gift by gift. */
    displayName: text("display_name").notNull(),
    locale: text("locale").notNull().default("zh-Hans"),
    createdAt: instant("created_at").notNull(),
    /**
     * When whoever has the account followed a link that was sent to its address, or typed a code that was
     * sent to it or to their phone. Until then nobody is let in, and it holds no role.
     */
    mailConfirmedAt: instant("mail_confirmed_at"),
    /** Cannot sign in: an admin closed the account, or its person left. */
    disabledAt: instant("disabled_at"),
    /** Left for good: of the person nothing is kept. The row stays, since gifts and the journal name it. */
    leftAt: instant("left_at"),
    /** Counts the account's own entries in the journal. */
    version: integer("version").notNull().default(0),
  },
  (t) => [
    check("app_user_locale", oneOf(t.locale, LOCALE_CODES)),
    uniqueIndex("app_user_email").on(sql`lower(${t.email})`),
    index("app_user_unconfirmed")
      .on(t.createdAt)
      .where(sql`mail_confirmed_at is null`),
    check("app_user_closed_was_somebodys", sql`${t.disabledAt} is null or ${t.mailConfirmedAt} is not null`),
    check(
      "app_user_left_is_empty",
      sql`${t.leftAt} is null or (${t.disabledAt} is not null and ${t.email} = 'left:' || ${t.id}::text)`,
    ),
  ],
);

export const credentials = pgTable("credential", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => appUsers.id),
  passwordHash: text("password_hash").notNull(),
  changedAt: instant("changed_at").notNull(),
});

/** Why a session was ended by somebody; one that nobody used any more, or that is too old, just runs out. */
const SESSION_ENDS = ["signed_out", "everywhere", "password", "disabled"] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/**
 * A sign-in. The id is SHA-256 of the cookie's token: a stolen table opens no session. One that ended stays
 * for some days (a limit), so that whoever comes back with a form they filled is told why they are asked to
 * sign in, and keeps what they typed.
 */
export const sessions = pgTable(
  "session",
  {
    id: text("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    /** When it was last used, to the minute. */
    lastSeenAt: instant("last_seen_at").notNull(),
    endedAt: instant("ended_at"),
    endedWhy: text("ended_why").$type<SessionEnd>(),
    /**
     * When whoever uses it last proved anew who they are: a second step at signing in, or later for an act
     * that asks for it.
     */
    steppedUpAt: instant("stepped_up_at"),
    /** Wrong codes since then; the fifth ends the session. */
    wrongCodes: integer("wrong_codes").notNull().default(0),
    /** Begun by the demo's door, which counts as both steps for as long as the session holds. */
    byDemoDoor: boolean("by_demo_door").notNull().default(false),
  },
  (t) => [
    check(
      "session_tries",
      sql`${t.wrongCodes} between 0 and 5 and (${t.wrongCodes} < 5 or ${t.endedAt} is not null)`,
    ),
    check("session_ended_whole", sql`(${t.endedAt} is null) = (${t.endedWhy} is null)`),
    check("session_ended_why", sql`${t.endedWhy} is null or ${oneOf(t.endedWhy, SESSION_ENDS)}`),
    index("session_user").on(t.userId),
    index("session_by_end").on(t.expiresAt),
  ],
);

const LINK_PURPOSES = ["password", "mail", "sign_up"] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link that was sent by mail and does one thing once: only the hash of its 160 random bits is kept. */
export const oneTimeLinks = pgTable(
  "one_time_link",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    purpose: text("purpose").$type<LinkPurpose>().notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    /** The address that the link confirms; gone once it is closed. */
    newMailSealed: sealed("new_mail_sealed"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    closedAt: instant("closed_at"),
    closedWhy: text("closed_why").$type<"used" | "replaced">(),
  },
  (t) => [
    check("one_time_link_purpose", oneOf(t.purpose, LINK_PURPOSES)),
    check(
      "one_time_link_ends",
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '24 hours'`,
    ),
    check(
      "one_time_link_closed_whole",
      sql`(${t.closedAt} is null) = (${t.closedWhy} is null) and (${t.closedWhy} is null or ${oneOf(t.closedWhy, ["used", "replaced"])})`,
    ),
    check(
      "one_time_link_mail",
      sql`(${t.newMailSealed} is not null) = (${t.purpose} = 'mail' and ${t.closedAt} is null)`,
    ),
    uniqueIndex("one_time_link_one_open")
      .on(t.userId, t.purpose)
      .where(sql`closed_at is null`),
  ],
);

/**
 * An admin invites somebody to a role in a place, by a link that holds for a day and works once. Who accepts
 * is never who invited. The address is kept only until the invitation is closed.
 */
export const invitations = pgTable(
  "invitation",
  {
    id: id().primaryKey(),
    mailSealed: sealed("mail_sealed"),
    /** Keyed: finds an open invitation of the same address. */
    mailHash: text("mail_hash"),
    role: text("role").$type<Role>().notNull(),
    scopeKind: text("scope_kind").$type<ScopeKind>().notNull(),
    scopeId: text("scope_id").notNull().default(""),
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => appUsers.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    closedAt: instant("closed_at"),
    closedWhy: text("closed_why").$type<"accepted" | "withdrawn" | "replaced" | "expired">(),
    acceptedBy: uuid("accepted_by").references(() => appUsers.id),
  },
  (t) => [
    check("invitation_role", sql`${oneOf(t.role, ROLES)} and ${t.role} <> 'donor'`),
    check("invitation_scope", oneOf(t.scopeKind, SCOPE_KINDS)),
    check("invitation_scope_named", sql`(${t.scopeKind} = 'city') = (${t.scopeId} = '')`),
    check(
      "invitation_ends",
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '24 hours'`,
    ),
    check(
      "invitation_closed_whole",
      sql`(${t.closedAt} is null) = (${t.closedWhy} is null) and (${t.closedWhy} is null or ${oneOf(t.closedWhy, ["accepted", "withdrawn", "replaced", "expired"])})`,
    ),
    check(
      "invitation_accepted_whole",
      sql`(${t.closedWhy} is not distinct from 'accepted') = (${t.acceptedBy} is not null)`,
    ),
    check("invitation_two_people", sql`${t.acceptedBy} is null or ${t.acceptedBy} <> ${t.invitedBy}`),
    check(
      "invitation_mail",
      sql`(${t.mailSealed} is not null) = (${t.closedAt} is null) and (${t.mailHash} is not null) = (${t.closedAt} is null)`,
    ),
    uniqueIndex("invitation_one_open")
      .on(t.mailHash, t.role, t.scopeKind, t.scopeId)
      .where(sql`closed_at is null`),
  ],
);

/** One role of one person, bound to where it holds. Revoked, never deleted: the journal refers to it. */
export const roleGrants = pgTable(
  "role_grant",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    role: text("role").$type<Role>().notNull(),
    scopeKind: text("scope_kind").$type<ScopeKind>().notNull(),
    scopeId: text("scope_id").notNull().default(""),
    grantedBy: uuid("granted_by"),
    /** The second admin behind a role of SECOND_ADMIN_ROLES; empty where the machine's own keeper gave it. */
    approvedBy: uuid("approved_by"),
    grantedAt: instant("granted_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    check("role_grant_role", oneOf(t.role, ROLES)),
    check("role_grant_scope", oneOf(t.scopeKind, SCOPE_KINDS)),
    check("role_grant_two_people", sql`${t.grantedBy} is null or ${t.grantedBy} <> ${t.userId}`),
    check(
      "role_grant_approved_apart",
      sql`${t.approvedBy} is null or (${t.approvedBy} <> ${t.grantedBy} and ${t.approvedBy} <> ${t.userId})`,
    ),
    check(
      "role_grant_second_admin",
      sql`${t.grantedBy} is null or not ${oneOf(t.role, SECOND_ADMIN_ROLES)} or ${t.approvedBy} is not null`,
    ),
    check("role_grant_scope_named", sql`(${t.scopeKind} = 'city') = (${t.scopeId} = '')`),
    /** Who holds a role somewhere: of donors there are many, of everybody else few. */
    index("role_grant_standing")
      .on(t.role, t.scopeKind, t.scopeId)
      .where(sql`revoked_at is null`),
    uniqueIndex("role_grant_once")
      .on(t.userId, t.role, t.scopeKind, t.scopeId)
      .where(sql`revoked_at is null`),
  ],
);

const ROLE_PROPOSAL_STATES = ["waiting", "approved", "rejected", "withdrawn"] as const;
export type RoleProposalState = (typeof ROLE_PROPOSAL_STATES)[number];

/** One admin wants somebody to hold a role that moves money or gives roles; another admin decides. */
export const roleProposals = pgTable(
  "role_proposal",
  {
    id: id().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUsers.id),
    role: text("role").$type<Role>().notNull(),
    scopeKind: text("scope_kind").$type<ScopeKind>().notNull(),
    scopeId: text("scope_id").notNull().default(""),
    state: text("state").$type<RoleProposalState>().notNull(),
    version: integer("version").notNull().default(1),
    proposedBy: uuid("proposed_by")
      .notNull()
      .references(() => appUsers.id),
    createdAt: instant("created_at").notNull(),
    decidedBy: uuid("decided_by").references(() => appUsers.id),
  },
  (t) => [
    check("role_proposal_role", oneOf(t.role, SECOND_ADMIN_ROLES)),
    check("role_proposal_scope", oneOf(t.scopeKind, SCOPE_KINDS)),
    check("role_proposal_scope_named", sql`(${t.scopeKind} = 'city') = (${t.scopeId} = '')`),
    check("role_proposal_state", oneOf(t.state, ROLE_PROPOSAL_STATES)),
    check(
      "role_proposal_decided",
      sql`(${t.state} in ('approved', 'rejected')) = (${t.decidedBy} is not null)`,
    ),
    check("role_proposal_not_for_oneself", sql`${t.proposedBy} <> ${t.userId}`),
    check(
      "role_proposal_four_eyes",
      sql`${t.decidedBy} is null or (${t.decidedBy} <> ${t.proposedBy} and ${t.decidedBy} <> ${t.userId})`,
    ),
    uniqueIndex("role_proposal_one_waiting")
      .on(t.userId, t.role, t.scopeKind, t.scopeId)
      .where(sql`state = 'waiting'`),
  ],
);

/**
 * What a donor told us of themselves. Sealed: shown to the donor, to finance of the charity, and to an
 * operator who opens it.
 */
export const donorProfiles = pgTable(
  "donor_profile",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => appUsers.id),
    kind: text("kind").$type<"person" | "company">().notNull(),
    realNameSealed: sealed("real_name_sealed"),
    phoneSealed: sealed("phone_sealed"),
    /** Unified social credit code of a company. */
    creditCode: text("credit_code"),
    companyVerifiedAt: instant("company_verified_at"),
    companyVerifiedBy: uuid("company_verified_by"),
  },
  (t) => [
    check("donor_profile_kind", oneOf(t.kind, ["person", "company"])),
    index("donor_profile_to_verify")
      .on(t.userId)
      .where(sql`kind = 'company' and company_verified_at is null`),
  ],
);
