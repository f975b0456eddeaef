-- why: a session says how many wrong codes it was given when one was asked for anew, and whether the demo's door began it; a reset of a second step waits for a second admin
-- locks: session for a moment (two columns with a constant default, and a check that reads it once); journal cannot be written while its small index of role changes is built anew, some seconds for ten million rows; the new table none
-- backfill: the new limit, where an installation has its others; sessions of before count as begun by a password
-- reversible: yes, drop the table, both columns and the limit
CREATE TABLE "step_reset" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"proposed_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	CONSTRAINT "step_reset_reason" CHECK ("step_reset"."reason" in ('lost_phone', 'new_phone', 'suspicious', 'other')),
	CONSTRAINT "step_reset_state" CHECK ("step_reset"."state" in ('waiting', 'approved', 'rejected', 'withdrawn')),
	CONSTRAINT "step_reset_decided" CHECK (("step_reset"."state" in ('approved', 'rejected')) = ("step_reset"."decided_by" is not null)),
	CONSTRAINT "step_reset_not_for_oneself" CHECK ("step_reset"."proposed_by" <> "step_reset"."user_id"),
	CONSTRAINT "step_reset_four_eyes" CHECK ("step_reset"."decided_by" is null or ("step_reset"."decided_by" <> "step_reset"."proposed_by" and "step_reset"."decided_by" <> "step_reset"."user_id"))
);
--> statement-breakpoint
DROP INDEX "journal_role_changes";--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "wrong_codes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "by_demo_door" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "step_reset" ADD CONSTRAINT "step_reset_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_reset" ADD CONSTRAINT "step_reset_proposed_by_app_user_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_reset" ADD CONSTRAINT "step_reset_decided_by_app_user_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "step_reset_one_waiting" ON "step_reset" USING btree ("user_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "journal_role_changes" ON "journal" USING btree ("id") WHERE event in ('role.grant', 'role.revoke', 'role_proposal.propose', 'role_proposal.approve', 'role_proposal.reject', 'role_proposal.withdraw', 'invitation.make', 'invitation.accept', 'invitation.withdraw', 'account.disable', 'account.enable', 'account.reset_second_step', 'step_reset.propose', 'step_reset.approve', 'step_reset.reject', 'step_reset.withdraw') and (data ->> 'role') is distinct from 'donor';--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_tries" CHECK ("session"."wrong_codes" between 0 and 5 and ("session"."wrong_codes" < 5 or "session"."ended_at" is not null));--> statement-breakpoint
INSERT INTO "setting" ("id", "key", "value", "valid_from", "set_at") SELECT gen_random_uuid(), 'stepUpMinutes', '120', '2020-01-01 00:00:00+00', now() WHERE EXISTS (SELECT 1 FROM "installation") ON CONFLICT DO NOTHING;
