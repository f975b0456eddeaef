-- why: an import of many wishes takes longer than anybody waits for an answer: it is kept with its rows, sealed, for the worker to write batch by batch
-- locks: none of note: the new tables alone
-- backfill: none
-- reversible: yes, drop both tables; imports that are under way are begun anew from their files
CREATE TABLE "import_job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"town_code" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"total" integer NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"without_age" integer NOT NULL,
	"failure" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "import_job_state" CHECK ("import_job"."state" in ('waiting', 'running', 'done', 'stopped', 'failed')),
	CONSTRAINT "import_job_failure" CHECK ("import_job"."failure" in ('role_ended', 'unexpected')),
	CONSTRAINT "import_job_failed" CHECK (("import_job"."state" = 'failed') = ("import_job"."failure" is not null)),
	CONSTRAINT "import_job_ended" CHECK (("import_job"."state" in ('done', 'stopped', 'failed')) = ("import_job"."ended_at" is not null)),
	CONSTRAINT "import_job_made" CHECK ("import_job"."made" >= 0),
	CONSTRAINT "import_job_skipped" CHECK ("import_job"."skipped" >= 0),
	CONSTRAINT "import_job_refused" CHECK ("import_job"."refused" >= 0),
	CONSTRAINT "import_job_never_over" CHECK ("import_job"."made" + "import_job"."skipped" + "import_job"."refused" <= "import_job"."total"),
	CONSTRAINT "import_job_whole" CHECK ("import_job"."state" <> 'done' or "import_job"."made" + "import_job"."skipped" + "import_job"."refused" = "import_job"."total")
);
--> statement-breakpoint
CREATE TABLE "import_row" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"need_id" uuid,
	"content_sealed" text,
	CONSTRAINT "import_row_outcome" CHECK ("import_row"."outcome" in ('waiting', 'made', 'skipped', 'refused', 'left')),
	CONSTRAINT "import_row_reason" CHECK ("import_row"."reason" in ('already', 'elsewhere', 'changed', 'twice', 'kind_refused', 'unexpected')),
	CONSTRAINT "import_row_says_why" CHECK (("import_row"."outcome" in ('skipped', 'refused')) = ("import_row"."reason" is not null)),
	CONSTRAINT "import_row_made" CHECK ("import_row"."outcome" <> 'made' or "import_row"."need_id" is not null),
	CONSTRAINT "import_row_content" CHECK (("import_row"."outcome" = 'waiting') = ("import_row"."content_sealed" is not null)),
	CONSTRAINT "import_row_sealed" CHECK ("import_row"."content_sealed" like 'v1:%')
);
--> statement-breakpoint
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_owner_id_app_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_job_id_import_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "import_job_one_open" ON "import_job" USING btree ("town_code") WHERE state in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "import_job_by_town" ON "import_job" USING btree ("town_code","id");--> statement-breakpoint
CREATE INDEX "import_job_over" ON "import_job" USING btree ("ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "import_row_of_job" ON "import_row" USING btree ("job_id","row");--> statement-breakpoint
CREATE INDEX "import_row_waiting" ON "import_row" USING btree ("job_id","row") WHERE outcome = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "import_row_made_once" ON "import_row" USING btree ("need_id") WHERE outcome = 'made';