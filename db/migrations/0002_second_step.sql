-- why: a second step of signing in (codes of an app, recovery codes), when a session last passed one, and its reset on the auditor's page
-- locks: session for a moment (a nullable column without a default); journal cannot be written while its small index of role changes is built anew, some seconds for ten million rows; the new tables none
-- backfill: the new limit, where an installation has its others
-- reversible: yes, drop the three tables, the column and the limit; whoever switched it on signs in by the password alone
CREATE TABLE "recovery_code" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_code_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "second_factor" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret_sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_used_step" integer,
	CONSTRAINT "second_factor_sealed" CHECK ("second_factor"."secret_sealed" like 'v1:%'),
	CONSTRAINT "second_factor_confirmed_whole" CHECK (("second_factor"."confirmed_at" is null) = ("second_factor"."last_used_step" is null))
);
--> statement-breakpoint
CREATE TABLE "sign_in_step" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"wrong_codes" integer DEFAULT 0 NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "sign_in_step_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "sign_in_step_ends" CHECK ("sign_in_step"."expires_at" > "sign_in_step"."created_at" and "sign_in_step"."expires_at" <= "sign_in_step"."created_at" + interval '10 minutes'),
	CONSTRAINT "sign_in_step_tries" CHECK ("sign_in_step"."wrong_codes" between 0 and 5 and ("sign_in_step"."wrong_codes" < 5 or "sign_in_step"."closed_at" is not null))
);
--> statement-breakpoint
DROP INDEX "journal_role_changes";--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "stepped_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_second_factor_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."second_factor"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_step" ADD CONSTRAINT "sign_in_step_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recovery_code_user" ON "recovery_code" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_step_user" ON "sign_in_step" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_step_by_end" ON "sign_in_step" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "journal_role_changes" ON "journal" USING btree ("id") WHERE event in ('role.grant', 'role.revoke', 'role_proposal.propose', 'role_proposal.approve', 'role_proposal.reject', 'role_proposal.withdraw', 'invitation.make', 'invitation.accept', 'invitation.withdraw', 'account.disable', 'account.enable', 'account.reset_second_step') and (data ->> 'role') is distinct from 'donor';--> statement-breakpoint
INSERT INTO "setting" ("id", "key", "value", "valid_from", "set_at") SELECT gen_random_uuid(), 'secondStepGraceDays', '14', '2020-01-01 00:00:00+00', now() WHERE EXISTS (SELECT 1 FROM "installation") ON CONFLICT DO NOTHING;
