import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { fen, id, instant, notNegative, oneOf, sealed, since2000, units } from "./columns";
import { AGE_BANDS, type AgeBand, households } from "./households";
import { appUsers } from "./identity";
import { type Gap, GAPS, OVER_CAP_REASONS, type OverCapReason } from "./needVocabulary";
import { WAITS_FOR_CITY, WAITS_FOR_TOWN } from "./needWaits";
import { organisations, programmes } from "./organisations";
import { objectKinds, PUBLIC_GROUPS, type PublicGroup, towns, unitsOfMeasure } from "./reference";

export const NEED_STATES = [
  "draft",
  "submitted",
  "verified",
  "published",
  "suspended",
  "closed",
  "returned",
  "rejected",
  "merged",
  "withdrawn",
  "expired",
] as const;
export type NeedState = (typeof NEED_STATES)[number];

export const NEED_KINDS = ["wish", "organisation_need"] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/**
 * Anything that asks for help. A wish is for one household or group and is filed by a caseworker; an
 * organisation's own need is for its work. Labels such as "covered" are computed, never stored.
 */
export const needs = pgTable(
  "need",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    kind: text("kind").$type<NeedKind>().notNull(),
    state: text("state").$type<NeedState>().notNull(),
    version: integer("version").notNull().default(1),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    householdId: uuid("household_id").references(() => households.id),
    organisationId: uuid("organisation_id").references(() => organisations.id),
    /**
     * As filed; may still name a school or a person, so it is sealed under the household's key. JSON: title,
     * story.
     */
    wordsSealed: sealed("words_sealed"),
    /** Entitlements were checked before charity was asked: by whom. */
    entitlementsCheckedBy: uuid("entitlements_checked_by"),
    entitlementsCheckedAt: instant("entitlements_checked_at"),
    /**
     * What the household was likely entitled to and did not receive when the wish was submitted, and why
     * charity was asked all the same.
     */
    entitlementGap: jsonb("entitlement_gap").$type<{ items: string[]; reason: string }>(),
    /** Coded reason for asking for more than the usual cap; a second person approves it at verification. */
    overCapReason: text("over_cap_reason").$type<OverCapReason>(),
    /** Possible duplicates shown to the filer, and what they said of them: codes only. */
    duplicateCheck: jsonb("duplicate_check").$type<{ shown: string[]; judged: "none" | "different" }>(),
    filedBy: uuid("filed_by")
      .notNull()
      .references(() => appUsers.id),
    filedAt: instant("filed_at"),
    wantedBy: instant("wanted_by"),
    verifiedBy: uuid("verified_by").references(() => appUsers.id),
    verifiedAt: instant("verified_at"),
    overCapApprovedBy: uuid("over_cap_approved_by").references(() => appUsers.id),
    publishedBy: uuid("published_by").references(() => appUsers.id),
    publishedAt: instant("published_at"),
    expiresAt: instant("expires_at"),
    /** Until when whoever waits for the city's word has it: while submitted, verified or suspended. */
    reviewDueAt: instant("review_due_at"),
    /** Set once the clock brought it before everybody who may act, for the state it is in. */
    escalatedAt: instant("escalated_at"),
    mergedIntoId: uuid("merged_into_id"),
    /** Where an imported row came from: importing it again finds it. Keyed hash of its town, file and key. */
    importKey: text("import_key").unique(),
    /**
     * Keyed hash of what an imported row said: the same row of another file is found by it. Gone with the
     * household.
     */
    importContent: text("import_content"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("need_wanted_by", since2000(t.wantedBy)),
    check("need_state", oneOf(t.state, NEED_STATES)),
    check("need_kind", oneOf(t.kind, NEED_KINDS)),
    check(
      "need_for_somebody",
      sql`(${t.kind} = 'wish') = (${t.householdId} is not null) and (${t.kind} = 'organisation_need') = (${t.organisationId} is not null)`,
    ),
    check("need_filed", sql`${t.state} in ('draft', 'withdrawn') or ${t.filedAt} is not null`),
    check("need_four_eyes", sql`${t.verifiedBy} is null or ${t.verifiedBy} <> ${t.filedBy}`),
    check(
      "need_six_eyes",
      sql`${t.publishedBy} is null or (${t.publishedBy} <> ${t.filedBy} and ${t.publishedBy} <> ${t.verifiedBy})`,
    ),
    check(
      "need_over_cap_reason",
      sql`${t.overCapReason} is null or ${oneOf(t.overCapReason, OVER_CAP_REASONS)}`,
    ),
    check(
      "need_over_cap_second",
      sql`${t.overCapApprovedBy} is null or (${t.overCapApprovedBy} <> ${t.filedBy} and ${t.overCapApprovedBy} <> ${t.verifiedBy})`,
    ),
    check(
      "need_published_whole",
      sql`${t.state} not in ('published', 'suspended', 'closed') or (${t.verifiedBy} is not null and ${t.publishedBy} is not null and ${t.publishedAt} is not null)`,
    ),
    check(
      "need_review_due",
      sql`(${t.state} in ('submitted', 'verified', 'suspended')) = (${t.reviewDueAt} is not null)`,
    ),
    check("need_escalated_waits", sql`${t.escalatedAt} is null or ${t.reviewDueAt} is not null`),
    index("need_review_due_by")
      .on(t.reviewDueAt, t.id)
      .where(sql`review_due_at is not null`),
    index("need_review_of_town").on(t.townCode, t.reviewDueAt, t.id).where(WAITS_FOR_TOWN),
    index("need_review_of_city").on(t.reviewDueAt, t.id).where(WAITS_FOR_CITY),
    check("need_imported_by_key", sql`${t.importContent} is null or ${t.importKey} is not null`),
    index("need_by_import")
      .on(t.importContent)
      .where(sql`import_content is not null`),
    index("need_by_state_town").on(t.state, t.townCode, t.id),
    unique("need_of_household").on(t.householdId, t.id),
    index("need_by_filer").on(t.filedBy, t.id),
    index("need_expiring")
      .on(t.expiresAt)
      .where(sql`state = 'published'`),
    index("need_running")
      .on(t.publishedAt, t.id)
      .where(sql`kind = 'organisation_need' and state = 'published'`),
    index("need_by_organisation")
      .on(t.organisationId, t.id)
      .where(sql`organisation_id is not null`),
  ],
);

/**
 * A draft that is not whole: its form as it was typed. It becomes a need (or changes one) under the same id
 * and code once everything is there, so that every row of `need` is whole; until then nothing of it counts,
 * and nobody but those who write it sees it.
 */
export const unfinishedDrafts = pgTable(
  "need_draft",
  {
    /** That of the need, also before there is one. */
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    kind: text("kind").$type<NeedKind>().notNull(),
    filedBy: uuid("filed_by")
      .notNull()
      .references(() => appUsers.id),
    /** Where it is on record already. */
    householdId: uuid("household_id").references(() => households.id),
    organisationId: uuid("organisation_id").references(() => organisations.id),
    /**
     * JSON of the typed fields; may name a person whom nothing else names yet, so it goes after some days.
     */
    formSealed: sealed("form_sealed").notNull(),
    createdAt: instant("created_at").notNull(),
    changedAt: instant("changed_at").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    check("need_draft_kind", oneOf(t.kind, NEED_KINDS)),
    check(
      "need_draft_whose",
      sql`(${t.kind} = 'organisation_need') = (${t.organisationId} is not null) and (${t.kind} = 'wish' or ${t.householdId} is null)`,
    ),
    check("need_draft_sealed", sql`${t.formSealed} like 'v1:%'`),
    check("need_draft_times", sql`${t.changedAt} >= ${t.createdAt}`),
    index("need_draft_by_filer").on(t.filedBy, t.changedAt),
    index("need_draft_by_organisation").on(t.organisationId),
    index("need_draft_by_household").on(t.householdId),
    index("need_draft_untouched").on(t.changedAt),
  ],
);

export const LINE_KINDS = ["goods", "service", "money"] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/**
 * What is asked: so many units of one thing. Each unit stands in exactly one bucket; `open` is what is left,
 * computed by the database, so that nothing can be promised twice.
 */
export const needLines = pgTable(
  "need_line",
  {
    id: id().primaryKey(),
    needId: uuid("need_id")
      .notNull()
      .references(() => needs.id),
    position: integer("position").notNull(),
    kind: text("kind").$type<LineKind>().notNull(),
    objectKind: text("object_kind").references(() => objectKinds.code),
    /** What the public reads ("儿童学习桌椅"). */
    itemHans: text("item_hans").notNull(),
    itemHant: text("item_hant").notNull(),
    /** Size, colour and the like: donor of this line, town, store, operator. */
    detailsSealed: sealed("details_sealed"),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unitsOfMeasure.code),
    unitPriceFen: fen("unit_price_fen").notNull(),
    requested: units("requested").notNull(),
    held: units("held")
      .notNull()
      .default(sql`0`),
    pledged: units("pledged")
      .notNull()
      .default(sql`0`),
    inHub: units("in_hub")
      .notNull()
      .default(sql`0`),
    delivered: units("delivered")
      .notNull()
      .default(sql`0`),
    waived: units("waived")
      .notNull()
      .default(sql`0`),
    open: bigint("open", { mode: "bigint" })
      .notNull()
      .generatedAlwaysAs(sql`requested - held - pledged - in_hub - delivered - waived`),
    /**
     * Takes pledges now. On the line itself, so that the one conditional UPDATE of a pledge sees a suspension
     * that raced it.
     */
    accepts: boolean("accepts").notNull().default(false),
    version: integer("version").notNull().default(1),
    programmeId: uuid("programme_id").references(() => programmes.id),
  },
  (t) => [
    uniqueIndex("need_line_position").on(t.needId, t.position),
    check("need_line_kind", oneOf(t.kind, LINE_KINDS)),
    check("need_line_object", sql`(${t.kind} = 'money') = (${t.objectKind} is null)`),
    check("need_line_requested", sql`${t.requested} > 0`),
    check("need_line_price", sql`${t.unitPriceFen} > 0`),
    check("need_line_held", notNegative(t.held)),
    check("need_line_pledged", notNegative(t.pledged)),
    check("need_line_in_hub", notNegative(t.inHub)),
    check("need_line_delivered", notNegative(t.delivered)),
    check("need_line_waived", notNegative(t.waived)),
    check("need_line_never_over", sql`held + pledged + in_hub + delivered + waived <= requested`),
    index("need_line_by_object").on(t.objectKind),
    /** How much of each need is open, read from here alone: needs are filtered by it. */
    index("need_line_gap")
      .on(t.needId, t.open)
      .where(sql`kind <> 'money' and open > 0`),
    /** Lines of which money was paid and not spent. */
    index("need_line_to_spend")
      .on(t.id)
      .where(sql`kind = 'money' and pledged > 0`),
    index("need_line_to_serve")
      .on(t.objectKind)
      .where(sql`accepts and open > 0`),
  ],
);

/**
 * What the public may read of a published need: the only table that public pages, search and feeds ask.
 * Written by publishNeed, taken away whole by withdrawal. Holds no identifier of a person.
 */
export const publicNeeds = pgTable(
  "public_need",
  {
    needId: uuid("need_id")
      .primaryKey()
      .references(() => needs.id),
    code: text("code").notNull().unique(),
    kind: text("kind").$type<NeedKind>().notNull(),
    titleHans: text("title_hans").notNull(),
    titleHant: text("title_hant").notNull(),
    storyHans: text("story_hans").notNull(),
    storyHant: text("story_hant").notNull(),
    pseudonym: text("pseudonym"),
    ageBand: text("age_band").$type<AgeBand>(),
    publicGroup: text("public_group").$type<PublicGroup>(),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    /** The kind of the first line, by which lists are filtered and drawings chosen. */
    lineKind: text("line_kind").$type<LineKind>().notNull(),
    objectKind: text("object_kind").references(() => objectKinds.code),
    organisationId: uuid("organisation_id").references(() => organisations.id),
    verifiedAt: instant("verified_at").notNull(),
    verifiedRole: text("verified_role").notNull(),
    publishedAt: instant("published_at").notNull(),
    /** What an operator reports of an organisation's closed need: what was done with money and things. */
    reportHans: text("report_hans"),
    reportHant: text("report_hant"),
    /** Waiting is counted from the day the need was filed: the longest waiting comes first. */
    waitingSince: instant("waiting_since").notNull(),
    expiresAt: instant("expires_at"),
    /**
     * Open for pledges now: published, not suspended, and units left. Kept by moveUnits and by the need's own
     * transitions.
     */
    isOpen: boolean("is_open").notNull(),
    /** Kept beside it: how many units of things and services are open. */
    gap: text("gap").$type<Gap>().notNull(),
    /** Title, items, story and names, folded by the app (NFKC, lower case, simplified). */
    searchText: text("search_text").notNull(),
    /**
     * Sounds, first letters and neighbours of title and items, for what is typed in pinyin or with one
     * mistake.
     */
    searchKeys: text("search_keys").notNull().default(""),
  },
  (t) => [
    check("public_need_kind", oneOf(t.kind, NEED_KINDS)),
    check("public_need_line_kind", oneOf(t.lineKind, LINE_KINDS)),
    check("public_need_verified_role", oneOf(t.verifiedRole, ["town_reviewer", "operator"])),
    check("public_need_group", oneOf(t.publicGroup, PUBLIC_GROUPS)),
    check("public_need_age", oneOf(t.ageBand, AGE_BANDS)),
    check("public_need_gap", oneOf(t.gap, GAPS)),
    index("public_need_waiting").on(t.isOpen, t.waitingSince, t.needId),
    index("public_need_newest").on(t.publishedAt, t.needId),
    index("public_need_facets").on(t.isOpen, t.townCode, t.lineKind, t.publicGroup, t.objectKind),
  ],
);

/**
 * Counts what came to the public pages and what left them. One row, written in the same transaction; copies
 * of public pages are checked against it.
 */
export const publicVersions = pgTable(
  "public_version",
  {
    one: boolean("one").primaryKey().default(true),
    version: bigint("version", { mode: "number" }).notNull(),
  },
  (t) => [check("public_version_one_row", sql`${t.one}`)],
);
