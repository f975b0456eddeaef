import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, notNegative, oneOf, sealed } from "./columns";
import { listItems } from "./directory";
import { appUsers } from "./identity";
import {
  IMPORT_FAILURES,
  IMPORT_KINDS,
  IMPORT_STATES,
  type ImportFailure,
  type ImportKind,
  type ImportState,
  REFUSE_REASONS,
  type RefuseReason,
  ROW_OUTCOMES,
  type RowOutcome,
  SKIP_REASONS,
  type SkipReason,
} from "./importVocabulary";
import { needs } from "./needs";
import { towns } from "./reference";

/**
 * A file that the worker writes batch by batch: many wishes of one town, or many entries of the lists. Of a
 * town one is open at a time, and one of the lists. The counts are those of its rows.
 */
export const importJobs = pgTable(
  "import_job",
  {
    id: id().primaryKey(),
    kind: text("kind").$type<ImportKind>().notNull().default("wishes"),
    /** The town of wishes; null for the lists, which are the city's. */
    townCode: text("town_code").references(() => towns.code),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => appUsers.id),
    state: text("state").$type<ImportState>().notNull(),
    version: integer("version").notNull().default(1),
    total: integer("total").notNull(),
    made: integer("made").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    /** Rows of wishes that say no age: their draft says the widest band. */
    withoutAge: integer("without_age").notNull(),
    failure: text("failure").$type<ImportFailure>(),
    /** Batches that came to nothing since the last one that did not. */
    failures: integer("failures").notNull().default(0),
    /** When its next batch is due; of several that are due the longest waiting goes on. */
    runAt: instant("run_at").notNull(),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    check("import_job_kind", oneOf(t.kind, IMPORT_KINDS)),
    check("import_job_town", sql`(${t.kind} = 'wishes') = (${t.townCode} is not null)`),
    check("import_job_state", oneOf(t.state, IMPORT_STATES)),
    check("import_job_failure", oneOf(t.failure, IMPORT_FAILURES)),
    check("import_job_failed", sql`(${t.state} = 'failed') = (${t.failure} is not null)`),
    check(
      "import_job_ended",
      sql`(${t.state} in ('done', 'stopped', 'failed')) = (${t.endedAt} is not null)`,
    ),
    check("import_job_made", notNegative(t.made)),
    check("import_job_skipped", notNegative(t.skipped)),
    check("import_job_refused", notNegative(t.refused)),
    check("import_job_never_over", sql`${t.made} + ${t.skipped} + ${t.refused} <= ${t.total}`),
    check(
      "import_job_whole",
      sql`${t.state} <> 'done' or ${t.made} + ${t.skipped} + ${t.refused} = ${t.total}`,
    ),
    uniqueIndex("import_job_one_open")
      .on(sql`coalesce(${t.townCode}, 'lists')`)
      .where(sql`state in ('waiting', 'running')`),
    index("import_job_by_town").on(t.townCode, t.id),
    index("import_job_over").on(t.endedAt),
  ],
);

/**
 * One row of such a file. What it says lies sealed until its turn, and is gone afterwards: the wish or the
 * entry has it, or nobody.
 */
export const importRows = pgTable(
  "import_row",
  {
    id: id().primaryKey(),
    jobId: uuid("job_id")
      .notNull()
      .references(() => importJobs.id, { onDelete: "cascade" }),
    /** Which file of a package it stands in; "" where there is one alone. */
    file: text("file").notNull().default(""),
    /** The row's number as a spreadsheet counts. */
    row: integer("row").notNull(),
    outcome: text("outcome").$type<RowOutcome>().notNull(),
    reason: text("reason").$type<SkipReason | RefuseReason>(),
    /** The wish that it became, or as which it is known already. */
    needId: uuid("need_id").references(() => needs.id),
    /** The item that it added or changed, that says the same already, or that somebody else changed. */
    itemCode: text("item_code").references(() => listItems.code),
    /**
     * JSON: the wish as the form would have sent it, and by what it is known again; or what is to be written
     * of an item.
     */
    contentSealed: sealed("content_sealed"),
  },
  (t) => [
    check("import_row_outcome", oneOf(t.outcome, ROW_OUTCOMES)),
    check("import_row_reason", oneOf(t.reason, [...SKIP_REASONS, ...REFUSE_REASONS])),
    check("import_row_says_why", sql`(${t.outcome} in ('skipped', 'refused')) = (${t.reason} is not null)`),
    check("import_row_made", sql`${t.outcome} <> 'made' or num_nonnulls(${t.needId}, ${t.itemCode}) = 1`),
    check("import_row_content", sql`(${t.outcome} = 'waiting') = (${t.contentSealed} is not null)`),
    check("import_row_sealed", sql`${t.contentSealed} like 'v1:%'`),
    // Not unique: two files of a package may have one name.
    index("import_row_of_job").on(t.jobId, t.file, t.row),
    index("import_row_waiting")
      .on(t.jobId, t.file, t.row)
      .where(sql`outcome = 'waiting'`),
    /** One wish comes of one row. */
    uniqueIndex("import_row_made_once")
      .on(t.needId)
      .where(sql`outcome = 'made'`),
    /** And one entry of one row of an import. */
    uniqueIndex("import_row_entry_once")
      .on(t.jobId, t.itemCode)
      .where(sql`outcome = 'made'`),
  ],
);

/**
 * What was said of the rows of a package when it was read, some hundred notes a part: whoever imported it
 * downloads them for as long as the import is kept.
 */
export const importNotes = pgTable(
  "import_note",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => importJobs.id, { onDelete: "cascade" }),
    part: integer("part").notNull(),
    notes: jsonb("notes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.part] }), check("import_note_part", notNegative(t.part))],
);
