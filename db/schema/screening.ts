import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, oneOf, sealed } from "./columns";
import { listItems } from "./directory";
import { FACT_VALUES, type FactValue } from "./factVocabulary";
import { households } from "./households";
import { appUsers } from "./identity";
import { towns } from "./reference";

const word = <Fact extends keyof typeof FACT_VALUES>(column: string) => text(column).$type<FactValue<Fact>>();

const FOLLOWS = {
  min: "income_total_min_fen / household_size_max",
  max: "income_total_max_fen / household_size_min",
} as const;
const SAID = { min: "income_per_head_min_fen", max: "income_per_head_max_fen" } as const;

/**
 * A bound of the income for each head, as `withDerived` has it: what follows where both bounds do or nothing
 * was said; else what was said.
 */
const perHead = (bound: "min" | "max") =>
  sql.raw(
    `case when (${FOLLOWS.min} is not null and ${FOLLOWS.max} is not null) or (${SAID.min} is null and ${SAID.max} is null) then ${FOLLOWS[bound]} else ${SAID[bound]} end`,
  );

/**
 * Screening facts of a household: codes in the clear, so that a changed rule can be asked of everybody at
 * once, and kept apart from the sealed record. Pages show them under an opened record only; erasing the
 * household deletes them. Null is "not known".
 */
export const householdFacts = pgTable(
  "household_facts",
  {
    householdId: uuid("household_id")
      .primaryKey()
      .references(() => households.id),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    status: word<"status">("status"),
    incomePerHeadMinFen: bigint("income_per_head_min_fen", { mode: "number" }),
    incomePerHeadMaxFen: bigint("income_per_head_max_fen", { mode: "number" }),
    incomeTotalMinFen: bigint("income_total_min_fen", { mode: "number" }),
    incomeTotalMaxFen: bigint("income_total_max_fen", { mode: "number" }),
    householdSizeMin: smallint("household_size_min"),
    householdSizeMax: smallint("household_size_max"),
    /**
     * Income for each head as rules read it: of all by their number where both are known, cut down to the
     * fen; else as it was said.
     */
    incomeHeadMinFen: bigint("income_head_min_fen", { mode: "number" }).generatedAlwaysAs(perHead("min")),
    incomeHeadMaxFen: bigint("income_head_max_fen", { mode: "number" }).generatedAlwaysAs(perHead("max")),
    assetsWithinLimit: boolean("assets_within_limit"),
    localRegistered: boolean("local_registered"),
    rural: boolean("rural"),
    livesAlone: boolean("lives_alone"),
    singleParent: boolean("single_parent"),
    homeShort: boolean("home_short"),
    homeUnsafe: boolean("home_unsafe"),
    suddenHardship: boolean("sudden_hardship"),
    disasterHit: boolean("disaster_hit"),
    highMedicalCost: boolean("high_medical_cost"),
    noneEmployed: boolean("none_employed"),
    onlyChildLost: boolean("only_child_lost"),
    membersComplete: boolean("members_complete").notNull(),
    /** Asked on a visit, or only what registration says. */
    origin: text("origin").$type<"registration" | "visit">().notNull(),
    recordedBy: uuid("recorded_by").references(() => appUsers.id),
    recordedAt: instant("recorded_at").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    check("household_facts_status", oneOf(t.status, FACT_VALUES.status)),
    check(
      "household_facts_income",
      sql`${t.incomePerHeadMinFen} >= 0 and ${t.incomePerHeadMaxFen} >= ${t.incomePerHeadMinFen}`,
    ),
    check(
      "household_facts_total",
      sql`${t.incomeTotalMinFen} >= 0 and ${t.incomeTotalMaxFen} >= ${t.incomeTotalMinFen}`,
    ),
    check(
      "household_facts_size",
      sql`${t.householdSizeMin} >= 1 and ${t.householdSizeMax} >= ${t.householdSizeMin}`,
    ),
    check("household_facts_alone", sql`not (${t.livesAlone} and ${t.householdSizeMin} > 1)`),
    check("household_facts_origin", oneOf(t.origin, ["registration", "visit"])),
  ],
);

/** An index of those of whom something else is said than of most, with their ages. */
const rare = (
  word: AnyPgColumn,
  usual: string,
  t: Readonly<Record<"householdId" | "bornFrom" | "bornTo", AnyPgColumn>>,
) =>
  index(`household_member_by_${word.name}`)
    .on(word, t.householdId, t.bornFrom, t.bornTo)
    .where(sql`${word} <> ${sql.raw(`'${usual}'`)}`);

/**
 * One person of a household, by what screening asks; no name. Ages as a span of birth days: a month is
 * enough.
 */
export const householdMembers = pgTable(
  "household_member",
  {
    householdId: uuid("household_id")
      .notNull()
      .references(() => householdFacts.householdId, { onDelete: "cascade" }),
    position: smallint("position").notNull(),
    bornFrom: date("born_from", { mode: "string" }),
    bornTo: date("born_to", { mode: "string" }),
    sex: word<"sex">("sex"),
    disabilityGrade: word<"disabilityGrade">("disability_grade"),
    disabilityKind: word<"disabilityKind">("disability_kind"),
    careNeed: word<"careNeed">("care_need"),
    seriousIllness: boolean("serious_illness"),
    chronicIllness: boolean("chronic_illness"),
    mentalIllness: boolean("mental_illness"),
    tuberculosis: boolean("tuberculosis"),
    childSituation: word<"childSituation">("child_situation"),
    study: word<"study">("study"),
    work: word<"work">("work"),
    insurance: word<"insurance">("insurance"),
    pregnancy: word<"pregnancy">("pregnancy"),
    service: word<"service">("service"),
    noSupporter: boolean("no_supporter"),
    caresForSomeone: boolean("cares_for_someone"),
    wantsBusiness: boolean("wants_business"),
    ruralFamilyPlanning: boolean("rural_family_planning"),
  },
  (t) => [
    primaryKey({ columns: [t.householdId, t.position] }),
    check("household_member_born", sql`${t.bornTo} >= ${t.bornFrom}`),
    check("household_member_sex", oneOf(t.sex, FACT_VALUES.sex)),
    check("household_member_disability_grade", oneOf(t.disabilityGrade, FACT_VALUES.disabilityGrade)),
    check("household_member_disability_kind", oneOf(t.disabilityKind, FACT_VALUES.disabilityKind)),
    check("household_member_care_need", oneOf(t.careNeed, FACT_VALUES.careNeed)),
    check("household_member_child_situation", oneOf(t.childSituation, FACT_VALUES.childSituation)),
    check("household_member_study", oneOf(t.study, FACT_VALUES.study)),
    check("household_member_work", oneOf(t.work, FACT_VALUES.work)),
    check("household_member_insurance", oneOf(t.insurance, FACT_VALUES.insurance)),
    check("household_member_pregnancy", oneOf(t.pregnancy, FACT_VALUES.pregnancy)),
    check("household_member_service", oneOf(t.service, FACT_VALUES.service)),
    // What few people have, and ages, are found by themselves when one rule alone is asked of everybody (a
    // preview).
    ...[
      t.disabilityGrade,
      t.disabilityKind,
      t.careNeed,
      t.childSituation,
      t.study,
      t.pregnancy,
      t.service,
    ].map((word) => rare(word, "none", t)),
    rare(t.work, "working", t),
    index("household_member_by_born_to").on(t.bornTo, t.householdId),
    index("household_member_by_born_from").on(t.bornFrom, t.householdId),
    rare(t.insurance, "resident", t),
    ...[
      t.seriousIllness,
      t.chronicIllness,
      t.mentalIllness,
      t.tuberculosis,
      t.noSupporter,
      t.caresForSomeone,
      t.wantsBusiness,
      t.ruralFamilyPlanning,
    ].map((has) =>
      index(`household_member_by_${has.name}`)
        .on(t.householdId)
        .where(sql`${has}`),
    ),
  ],
);

/** What the rules in force say of a household, by item numbers; made anew, never edited. */
export const householdScreenings = pgTable(
  "household_screening",
  {
    householdId: uuid("household_id")
      .primaryKey()
      .references(() => householdFacts.householdId, { onDelete: "cascade" }),
    townCode: text("town_code").notNull(),
    likely: integer("likely").array().notNull(),
    maybe: integer("maybe").array().notNull(),
    screenedAt: instant("screened_at").notNull(),
  },
  (t) => [index("household_screening_likely").using("gin", t.likely)],
);

/**
 * Every screening of all households: by the rules of which version, on which day. The latest that is finished
 * says whether another is due; one that goes on says up to which household it came.
 */
export const screeningRefreshes = pgTable(
  "screening_refresh",
  {
    id: id().primaryKey(),
    day: date("day", { mode: "string" }).notNull(),
    rulesVersion: text("rules_version").notNull(),
    /** How many households changed, so far. */
    changed: integer("changed").notNull(),
    /** The last household by key that was screened, while it goes on. */
    reached: uuid("reached"),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    check("screening_refresh_reached", sql`${t.finishedAt} is null or ${t.reached} is null`),
    // The keys of the pages are those of one refresh: never of two at once.
    uniqueIndex("screening_refresh_one_going")
      .on(sql`(${t.finishedAt} is null)`)
      .where(sql`finished_at is null`),
  ],
);

/** What a household receives, as far as the caseworker knows: those items are not proposed again. */
export const householdBenefits = pgTable(
  "household_benefit",
  {
    id: id().primaryKey(),
    householdId: uuid("household_id")
      .notNull()
      .references(() => households.id),
    itemCode: text("item_code")
      .notNull()
      .references(() => listItems.code),
    since: date("since", { mode: "string" }),
    endedAt: instant("ended_at"),
    recordedBy: uuid("recorded_by")
      .notNull()
      .references(() => appUsers.id),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    uniqueIndex("household_benefit_once")
      .on(t.householdId, t.itemCode)
      .where(sql`ended_at is null`),
    index("household_benefit_by_household").on(t.householdId),
  ],
);

export const PUSH_STATES = ["queued", "sent", "call_list", "interested", "declined", "no_answer"] as const;
export type PushState = (typeof PUSH_STATES)[number];

/** One item told to one household because something changed; at most one in `pushEveryDays`. */
export const pushes = pgTable(
  "push",
  {
    id: id().primaryKey(),
    householdId: uuid("household_id")
      .notNull()
      .references(() => households.id),
    itemCode: text("item_code")
      .notNull()
      .references(() => listItems.code),
    townCode: text("town_code")
      .notNull()
      .references(() => towns.code),
    state: text("state").$type<PushState>().notNull(),
    version: integer("version").notNull().default(1),
    /** What made it new: the household's facts, the daily refresh (age, dated value), a rule, or an item. */
    trigger: text("trigger").$type<"facts" | "refresh" | "rule">().notNull(),
    createdAt: instant("created_at").notNull(),
    sentAt: instant("sent_at"),
    answeredBy: uuid("answered_by").references(() => appUsers.id),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    check("push_state", oneOf(t.state, PUSH_STATES)),
    check("push_trigger", oneOf(t.trigger, ["facts", "refresh", "rule"])),
    index("push_by_household_item").on(t.householdId, t.itemCode, t.createdAt),
    index("push_calls").on(t.townCode, t.state, t.id),
    index("push_interested")
      .on(t.townCode, t.answeredAt, t.id)
      .where(sql`state = 'interested'`),
  ],
);

/**
 * Answers of the finder that somebody hands to a caseworker: sealed, opened once by a code, gone after their
 * days.
 */
export const finderHandovers = pgTable(
  "finder_handover",
  {
    id: id().primaryKey(),
    codeHash: text("code_hash").notNull().unique(),
    answersSealed: sealed("answers_sealed"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    openedBy: uuid("opened_by").references(() => appUsers.id),
    openedAt: instant("opened_at"),
  },
  (t) => [index("finder_handover_expiring").on(t.expiresAt)],
);
