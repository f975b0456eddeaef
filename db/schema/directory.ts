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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, notNegative, oneOf, sealed } from "./columns";
import {
  type Audience,
  AUDIENCES,
  ITEM_REPORT_KINDS,
  type ItemReportKind,
  LIFE_SITUATIONS,
  type LifeSituation,
  PARAMETER_CODES,
  type ParameterCode,
} from "./factVocabulary";
import { appUsers } from "./identity";

const texts = (name: string) =>
  text(name)
    .array()
    .notNull()
    .default(sql`'{}'::text[]`);
const eachOf = (column: string, words: readonly string[]) =>
  sql.raw(`${column} <@ array[${words.map((word) => `'${word}'`).join(", ")}]::text[]`);

export const ITEM_STATES = ["draft", "published", "retired"] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export const LISTS = ["government", "social"] as const;
export type ListName = (typeof LISTS)[number];

/**
 * An item of the two lists: what a household can get before charity is asked. Texts stay as the city wrote
 * them; how old they are is shown to everybody (`checkedAt`).
 */
export const listItems = pgTable(
  "list_item",
  {
    id: id().primaryKey(),
    code: text("code").notNull().unique(),
    /** The item's place in screening results; never given to another item. */
    number: integer("number").notNull().unique(),
    list: text("list").$type<ListName>().notNull(),
    state: text("state").$type<ItemState>().notNull(),
    version: integer("version").notNull().default(1),
    category: text("category").notNull(),
    name: text("name").notNull(),
    nameHant: text("name_hant").notNull(),
    nameEn: text("name_en").notNull(),
    targetGroup: text("target_group").notNull(),
    content: text("content").notNull(),
    standard: text("standard"),
    provider: text("provider").notNull(),
    situations: texts("situations").$type<LifeSituation[]>(),
    audiences: texts("audiences").$type<Audience[]>(),
    /** Towns in which it is given; empty means everywhere in the city. */
    townCodes: texts("town_codes"),
    howToApply: text("how_to_apply"),
    papers: texts("papers"),
    /** Where to go, when it is not the service point of one's own town. */
    place: text("place"),
    phone: text("phone"),
    hours: text("hours"),
    url: text("url"),
    /** The person who answers for this item. */
    ownerId: uuid("owner_id").references(() => appUsers.id),
    checkedAt: instant("checked_at"),
    checkedBy: uuid("checked_by").references(() => appUsers.id),
    sort: integer("sort").notNull(),
    /**
     * Where an item came from another directory (HSDS): its id there, and what was said in more parts than
     * there are columns.
     */
    hsdsId: uuid("hsds_id").unique(),
    hsdsParts: jsonb("hsds_parts"),
    /**
     * The finder and screening speak of it. An item of another directory waits until somebody of the city
     * takes it in.
     */
    inFinder: boolean("in_finder").notNull().default(true),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    check("list_item_list", oneOf(t.list, LISTS)),
    check("list_item_state", oneOf(t.state, ITEM_STATES)),
    check("list_item_situations", eachOf("situations", LIFE_SITUATIONS)),
    check("list_item_audiences", eachOf("audiences", AUDIENCES)),
    check("list_item_number", sql`${t.number} > 0`),
    index("list_item_by_list").on(t.list, t.state, t.sort),
    index("list_item_by_check").on(t.checkedAt.asc().nullsFirst(), t.id),
  ],
);

/**
 * A dated value that rules and amounts use: a proposal takes effect on its day once a second person approved
 * it.
 */
export const listParameters = pgTable(
  "list_parameter",
  {
    id: id().primaryKey(),
    code: text("code").$type<ParameterCode>().notNull(),
    value: bigint("value", { mode: "number" }).notNull(),
    validFrom: instant("valid_from").notNull(),
    /** The notice or law that says so. */
    source: text("source").notNull(),
    state: text("state").$type<"proposed" | "approved" | "withdrawn">().notNull(),
    version: integer("version").notNull().default(1),
    proposedBy: uuid("proposed_by").references(() => appUsers.id),
    approvedBy: uuid("approved_by").references(() => appUsers.id),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("list_parameter_code", oneOf(t.code, PARAMETER_CODES)),
    check("list_parameter_state", oneOf(t.state, ["proposed", "approved", "withdrawn"])),
    check("list_parameter_value", notNegative(t.value)),
    check(
      "list_parameter_four_eyes",
      sql`${t.approvedBy} is null or ${t.proposedBy} is null or ${t.approvedBy} <> ${t.proposedBy}`,
    ),
    check(
      "list_parameter_second_person",
      sql`${t.state} <> 'approved' or ${t.proposedBy} is null or ${t.approvedBy} is not null`,
    ),
    uniqueIndex("list_parameter_once")
      .on(t.code, t.validFrom)
      .where(sql`state = 'approved'`),
  ],
);

export const RULE_STATES = ["draft", "tested", "approved", "withdrawn"] as const;
export type RuleState = (typeof RULE_STATES)[number];
export const RULE_KINDS = ["rule", "everyone", "ask"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/**
 * One edition of the rule of an item. In force is the approved edition whose day came last; it is then never
 * changed. An item open to everyone, or whose text is too vague for a rule ("ask"), says so instead of
 * guessing.
 */
export const listRules = pgTable(
  "list_rule",
  {
    id: id().primaryKey(),
    itemCode: text("item_code")
      .notNull()
      .references(() => listItems.code),
    edition: integer("edition").notNull(),
    kind: text("kind").$type<RuleKind>().notNull(),
    /**
     * The typed expression (directory/rules/rule.ts), the amount it leads to, and its case book. Read only
     * through their zod shapes.
     */
    rule: jsonb("rule"),
    amount: jsonb("amount"),
    cases: jsonb("cases").notNull(),
    state: text("state").$type<RuleState>().notNull(),
    version: integer("version").notNull().default(1),
    effectiveFrom: instant("effective_from"),
    draftedBy: uuid("drafted_by").references(() => appUsers.id),
    approvedBy: uuid("approved_by").references(() => appUsers.id),
    approvedAt: instant("approved_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("list_rule_edition").on(t.itemCode, t.edition),
    uniqueIndex("list_rule_one_open")
      .on(t.itemCode)
      .where(sql`state in ('draft', 'tested')`),
    index("list_rule_in_force")
      .on(t.itemCode, t.effectiveFrom)
      .where(sql`state = 'approved'`),
    check("list_rule_state", oneOf(t.state, RULE_STATES)),
    check("list_rule_kind", oneOf(t.kind, RULE_KINDS)),
    check("list_rule_has_rule", sql`(${t.kind} = 'rule') = (${t.rule} is not null)`),
    check(
      "list_rule_four_eyes",
      sql`${t.approvedBy} is null or ${t.draftedBy} is null or ${t.approvedBy} <> ${t.draftedBy}`,
    ),
    // Saying "ask" of a new item guesses nothing, so its first edition needs no second person.
    check(
      "list_rule_second_person",
      sql`${t.state} <> 'approved' or ${t.draftedBy} is null or ${t.approvedBy} is not null or (${t.kind} = 'ask' and ${t.edition} = 1)`,
    ),
    check("list_rule_dated", sql`${t.state} <> 'approved' or ${t.effectiveFrom} is not null`),
  ],
);

/**
 * "This is wrong", said by anybody of an item; words sealed, since people write their own troubles into such
 * forms.
 */
export const itemReports = pgTable(
  "item_report",
  {
    id: id().primaryKey(),
    itemCode: text("item_code")
      .notNull()
      .references(() => listItems.code),
    kind: text("kind").$type<ItemReportKind>().notNull(),
    /** Gone once the report is settled. */
    wordsSealed: sealed("words_sealed"),
    state: text("state").$type<"open" | "corrected" | "as_it_was">().notNull(),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    /** Until when somebody who keeps the lists looks at it; none once it is settled. */
    dueAt: instant("due_at"),
    settledBy: uuid("settled_by").references(() => appUsers.id),
    settledAt: instant("settled_at"),
  },
  (t) => [
    check("item_report_kind", oneOf(t.kind, ITEM_REPORT_KINDS)),
    check("item_report_state", oneOf(t.state, ["open", "corrected", "as_it_was"])),
    check(
      "item_report_settled",
      sql`(${t.state} = 'open') = (${t.settledAt} is null) and (${t.state} = 'open' or ${t.wordsSealed} is null)`,
    ),
    check("item_report_due", sql`(${t.state} = 'open') = (${t.dueAt} is not null)`),
    index("item_report_open").on(t.state, t.dueAt, t.id),
    index("item_report_of_item")
      .on(t.itemCode, t.dueAt, t.id)
      .where(sql`state = 'open'`),
  ],
);
