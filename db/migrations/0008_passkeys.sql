-- why: a passkey is a second step beside the codes of an app, and recovery codes stand in for either, so they hang on the account and no longer on the app's secret; what changes a second step stands in the trail of use
-- locks: recovery_code and portal_use are read once while nobody writes them (some seconds for ten million rows); app_user, session and sign_in_step for a moment, for the foreign keys of empty tables
-- backfill: none; every recovery code of before belongs to an account already
-- reversible: yes, while nobody has a passkey without an app: drop both tables, give recovery_code its old foreign key, take the lines of the new kind out of portal_use and give it its old check
CREATE TABLE "passkey_challenge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"challenge_hash" text NOT NULL,
	"session_id" text,
	"sign_in_step_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passkey_challenge_challenge_hash_unique" UNIQUE("challenge_hash"),
	CONSTRAINT "passkey_challenge_purpose" CHECK ("passkey_challenge"."purpose" in ('add', 'sign_in', 'confirm')),
	CONSTRAINT "passkey_challenge_of" CHECK (("passkey_challenge"."purpose" = 'sign_in') = ("passkey_challenge"."sign_in_step_id" is not null) and ("passkey_challenge"."sign_in_step_id" is null) <> ("passkey_challenge"."session_id" is null)),
	CONSTRAINT "passkey_challenge_ends" CHECK ("passkey_challenge"."expires_at" > "passkey_challenge"."created_at" and "passkey_challenge"."expires_at" <= "passkey_challenge"."created_at" + interval '5 minutes')
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"sign_count" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkey_credential_id_unique" UNIQUE("credential_id"),
	CONSTRAINT "passkey_credential" CHECK ("passkey"."credential_id" ~ '^[A-Za-z0-9_-]+$' and length("passkey"."credential_id") <= 1364),
	CONSTRAINT "passkey_public_key" CHECK ("passkey"."public_key" ~ '^[A-Za-z0-9_-]+$' and length("passkey"."public_key") <= 2000),
	CONSTRAINT "passkey_count" CHECK ("passkey"."sign_count" >= 0),
	CONSTRAINT "passkey_transports" CHECK ("passkey"."transports" <@ array['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] and cardinality("passkey"."transports") <= 7),
	CONSTRAINT "passkey_name" CHECK (length("passkey"."name") between 1 and 40),
	CONSTRAINT "passkey_used_later" CHECK ("passkey"."last_used_at" >= "passkey"."created_at")
);
--> statement-breakpoint
ALTER TABLE "portal_use" DROP CONSTRAINT "portal_use_kind";--> statement-breakpoint
ALTER TABLE "recovery_code" DROP CONSTRAINT "recovery_code_user_id_second_factor_user_id_fk";
--> statement-breakpoint
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_sign_in_step_id_sign_in_step_id_fk" FOREIGN KEY ("sign_in_step_id") REFERENCES "public"."sign_in_step"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkey_challenge_user" ON "passkey_challenge" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "passkey_challenge_session" ON "passkey_challenge" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "passkey_challenge_step" ON "passkey_challenge" USING btree ("sign_in_step_id");--> statement-breakpoint
CREATE INDEX "passkey_challenge_by_end" ON "passkey_challenge" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "passkey_user" ON "passkey" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_use" ADD CONSTRAINT "portal_use_kind" CHECK ("portal_use"."kind" in ('sign_in', 'sign_in_failed', 'refused', 'export', 'opening', 'role', 'own_account'));
