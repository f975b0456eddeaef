-- why: long files of the lists and packages of other directories are written batch by batch as many wishes are: an import says what it holds, its rows name entries, and what was said of a package when it was read is kept with it
-- locks: import_job and import_row are read once while nobody writes them; they hold a month's imports
-- backfill: none; every import of before is one of wishes
-- reversible: yes, while no import of lists is kept: drop the new table, columns and checks, give the two tables their old checks and indexes
CREATE TABLE "import_note" (
	"job_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"notes" jsonb NOT NULL,
	CONSTRAINT "import_note_job_id_part_pk" PRIMARY KEY("job_id","part"),
	CONSTRAINT "import_note_part" CHECK ("import_note"."part" >= 0)
);
--> statement-breakpoint
ALTER TABLE "import_row" DROP CONSTRAINT "import_row_reason";--> statement-breakpoint
ALTER TABLE "import_row" DROP CONSTRAINT "import_row_made";--> statement-breakpoint
DROP INDEX "import_job_one_open";--> statement-breakpoint
DROP INDEX "import_row_of_job";--> statement-breakpoint
DROP INDEX "import_row_waiting";--> statement-breakpoint
ALTER TABLE "import_job" ALTER COLUMN "town_code" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "import_job" ADD COLUMN "kind" text DEFAULT 'wishes' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_row" ADD COLUMN "file" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_row" ADD COLUMN "item_code" text;--> statement-breakpoint
ALTER TABLE "import_note" ADD CONSTRAINT "import_note_job_id_import_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_item_code_list_item_code_fk" FOREIGN KEY ("item_code") REFERENCES "public"."list_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "import_row_entry_once" ON "import_row" USING btree ("job_id","item_code") WHERE outcome = 'made';--> statement-breakpoint
CREATE UNIQUE INDEX "import_job_one_open" ON "import_job" USING btree (coalesce("town_code", 'lists')) WHERE state in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "import_row_of_job" ON "import_row" USING btree ("job_id","file","row");--> statement-breakpoint
CREATE INDEX "import_row_waiting" ON "import_row" USING btree ("job_id","file","row") WHERE outcome = 'waiting';--> statement-breakpoint
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_kind" CHECK ("import_job"."kind" in ('wishes', 'list_file', 'hsds'));--> statement-breakpoint
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_town" CHECK (("import_job"."kind" = 'wishes') = ("import_job"."town_code" is not null));--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_reason" CHECK ("import_row"."reason" in ('already', 'elsewhere', 'changed', 'twice', 'kind_refused', 'changed_meanwhile', 'unexpected'));--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_made" CHECK ("import_row"."outcome" <> 'made' or num_nonnulls("import_row"."need_id", "import_row"."item_code") = 1);