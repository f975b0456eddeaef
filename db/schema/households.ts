import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { hashedBy, id, instant, oneOf, sealed, since2000 } from "./columns";
import { appUsers, ROLES } from "./identity";
import { beneficiaryGroups, PUBLIC_GROUPS, type PublicGroup, towns } from "./reference";

export const AGE_BANDS = [
  "under_6",
  "6_to_13",
  "14_to_17",
  "18_to_59",
  "60_to_79",
  "80_up",
  "mixed",
] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/**
 * Who is helped: one household, or a group (a class, a village) looked after by an institution. Everything
 * that could point to a person is sealed under this household's own data key; erasing it destroys the key.
 */
export const households = pgTable(
  "household",
  {
    id: id().primaryKey(),
    /** Short public-safe code that staff use on paper; says nothing. */
    code: text("code").notNull().unique(),
    kind: text("kind").$type<"household" | "group">().notNull(),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    heads: integer("heads").notNull(),
    groupCode: text("group_code")
      .notNull()
      .references(() => beneficiaryGroups.code),
    publicGroup: text("public_group").$type<PublicGroup>().notNull(),
    ageBand: text("age_band").$type<AgeBand>().notNull(),
    /** The household's data key wrapped by the master key; null once erased. */
    dataKeyWrapped: text("data_key_wrapped"),
    keyId: text("key_id").notNull(),
    /** JSON: name, phone, address. Read opened; the delivery address while a parcel is out. */
    contactSealed: sealed("contact_sealed"),
    /** JSON: exact disability, illness, 低保 number, income (opened by town, operator, auditor). */
    circumstancesSealed: sealed("circumstances_sealed"),
    /** JSON: school, village, guardian, ID number (opened). */
    identitySealed: sealed("identity_sealed"),
    /**
     * Keyed hashes (HMAC) of normalised name+town, phone and ID number: find duplicates without reading
     * anybody's name.
     */
    nameHash: text("name_hash").notNull(),
    phoneHash: text("phone_hash"),
    idHash: text("id_hash"),
    /** By which rule of "the same person" the three were hashed; older ones are hashed anew. */
    lookupRule: integer("lookup_rule").notNull().default(0),
    /**
     * The id of the key of HASH_KEY by which the three were hashed; "" is the key without one. Under another
     * than the newest they are hashed anew.
     */
    hashKey: text("hash_key").notNull().default(""),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => appUsers.id),
    createdAt: instant("created_at").notNull(),
    erasedAt: instant("erased_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    check("household_kind", oneOf(t.kind, ["household", "group"])),
    check("household_public_group", oneOf(t.publicGroup, PUBLIC_GROUPS)),
    check("household_age_band", oneOf(t.ageBand, AGE_BANDS)),
    check("household_heads", sql`${t.heads} > 0`),
    check(
      "household_erased_whole",
      sql`${t.erasedAt} is null or (${t.dataKeyWrapped} is null and ${t.contactSealed} is null and ${t.circumstancesSealed} is null and ${t.identitySealed} is null)`,
    ),
    index("household_by_name_hash").on(t.nameHash),
    index("household_by_phone_hash").on(t.phoneHash),
    index("household_by_id_hash").on(t.idHash),
    check(
      "household_hash_key",
      sql`${hashedBy(t.hashKey, t.nameHash)} and ${hashedBy(t.hashKey, t.phoneHash)} and ${hashedBy(t.hashKey, t.idHash)}`,
    ),
    index("household_by_hash_key").on(t.hashKey, t.id),
    index("household_by_lookup_rule").on(t.lookupRule, t.id),
    index("household_by_town").on(t.townCode, t.id),
  ],
);

export const CONSENT_SCOPES = ["collect", "share", "publish", "photograph", "contact"] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];

/**
 * One consent of one scope. Under 14 the guardian gives it. Withdrawing `publish`
 * unpublishes at once.
 */
export const consents = pgTable(
  "consent",
  {
    id: id().primaryKey(),
    householdId: uuid("household_id")
      .notNull()
      .references(() => households.id),
    scope: text("scope").$type<ConsentScope>().notNull(),
    givenBy: text("given_by").$type<"self" | "guardian" | "institution">().notNull(),
    givenAt: instant("given_at").notNull(),
    recordedBy: uuid("recorded_by").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnRecordedBy: uuid("withdrawn_recorded_by"),
  },
  (t) => [
    check("consent_moment", since2000(t.givenAt)),
    check("consent_scope", oneOf(t.scope, CONSENT_SCOPES)),
    check("consent_given_by", oneOf(t.givenBy, ["self", "guardian", "institution"])),
    uniqueIndex("consent_live")
      .on(t.householdId, t.scope)
      .where(sql`withdrawn_at is null`),
    index("consent_by_household").on(t.householdId),
  ],
);

export const OPENING_REASONS = [
  "verify_wish",
  "contact_recipient",
  "entitlements",
  "deliver",
  "complaint",
  "correction",
  "audit",
] as const;
export type OpeningReason = (typeof OPENING_REASONS)[number];

/**
 * A grant to read one sealed record for a while (`openingMinutes`), with its reason. The town can review who
 * opened what.
 */
export const recordOpenings = pgTable(
  "record_opening",
  {
    id: id().primaryKey(),
    subjectKind: text("subject_kind").$type<"household" | "donor">().notNull(),
    subjectId: uuid("subject_id").notNull(),
    actorId: uuid("actor_id").notNull(),
    role: text("role").notNull(),
    reason: text("reason").$type<OpeningReason>().notNull(),
    openedAt: instant("opened_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    check("record_opening_subject", oneOf(t.subjectKind, ["household", "donor"])),
    check("record_opening_role", oneOf(t.role, ROLES)),
    check("record_opening_reason", oneOf(t.reason, OPENING_REASONS)),
    index("record_opening_live").on(t.subjectId, t.actorId, t.expiresAt),
  ],
);
