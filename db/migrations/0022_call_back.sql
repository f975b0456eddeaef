-- why: whoever asks for help without an account asks to be called back, or written to; it waits for the caseworkers of their town with its hour
-- locks: none for readers and writers of what is there: a new table
-- backfill: none; its two limits, where an installation has its others
-- reversible: yes, drop the table and delete the two settings
CREATE TABLE "call_back" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"town_code" text NOT NULL,
	"way" text NOT NULL,
	"asked_for" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"asked_sealed" text,
	"due_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"said_sealed" text,
	"closed_by" uuid,
	"closed_at" timestamp with time zone,
	CONSTRAINT "call_back_code_unique" UNIQUE("code"),
	CONSTRAINT "call_back_way" CHECK ("call_back"."way" in ('call', 'text')),
	CONSTRAINT "call_back_asked_for" CHECK ("call_back"."asked_for" in ('myself', 'other')),
	CONSTRAINT "call_back_state" CHECK ("call_back"."state" in ('waiting', 'in_hand', 'done')),
	CONSTRAINT "call_back_outcome" CHECK ("call_back"."outcome" in ('visit', 'request', 'answered', 'wrong_number', 'not_reached')),
	CONSTRAINT "call_back_asked" CHECK ("call_back"."state" = 'done' or "call_back"."asked_sealed" is not null),
	CONSTRAINT "call_back_due" CHECK (("call_back"."state" = 'done') = ("call_back"."due_at" is null)),
	CONSTRAINT "call_back_escalated" CHECK ("call_back"."escalated_at" is null or "call_back"."due_at" is not null),
	CONSTRAINT "call_back_closed" CHECK (("call_back"."state" = 'done') = ("call_back"."closed_at" is not null and "call_back"."closed_by" is not null and "call_back"."outcome" is not null)),
	CONSTRAINT "call_back_opened" CHECK (("call_back"."opened_by" is null) = ("call_back"."opened_at" is null)),
	CONSTRAINT "call_back_in_hand" CHECK ("call_back"."state" = 'waiting' or "call_back"."opened_by" is not null),
	CONSTRAINT "call_back_tried" CHECK ("call_back"."tries" between 0 and 3 and ("call_back"."outcome" is distinct from 'not_reached' or "call_back"."tries" = 3))
);
--> statement-breakpoint
ALTER TABLE "call_back" ADD CONSTRAINT "call_back_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_back" ADD CONSTRAINT "call_back_opened_by_app_user_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_back" ADD CONSTRAINT "call_back_closed_by_app_user_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_back_open" ON "call_back" USING btree ("town_code",((escalated_at is null)::int),"due_at","id") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "call_back_due" ON "call_back" USING btree ("due_at") WHERE due_at is not null and escalated_at is null;--> statement-breakpoint
CREATE INDEX "call_back_kept" ON "call_back" USING btree ("closed_at") WHERE closed_at is not null and asked_sealed is not null;--> statement-breakpoint
CREATE INDEX "call_back_by_opener" ON "call_back" USING btree ("opened_by");--> statement-breakpoint
CREATE INDEX "call_back_by_closer" ON "call_back" USING btree ("closed_by");--> statement-breakpoint
-- the limits that it brings, where an installation has its others
INSERT INTO "setting" ("id", "key", "value", "valid_from", "set_at") SELECT told.id::uuid, told.key, told.worth, '2020-01-01 00:00:00+00', '2026-11-30 00:00:00+00' FROM (VALUES ('019ad200-0000-7000-8000-000000000003', 'callBackHours', '24'), ('019ad200-0000-7000-8000-000000000004', 'callBacksPerHour', '10')) told (id, key, worth) WHERE EXISTS (SELECT 1 FROM "installation") ON CONFLICT DO NOTHING;
