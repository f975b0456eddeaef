-- why: people without a password, or without mail, come in by a code to their phone or their address, and give by it; an account may have a number and no mail
-- locks: app_user and message for a moment each; message is read through once for its new check, some seconds at ten million letters
-- backfill: none; its limit, where an installation has its others
-- reversible: yes, while no account lacks a mail address: drop the two tables, delete the setting, put NOT NULL and the old check of channels back
CREATE TABLE "account_phone" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"phone_sealed" text NOT NULL,
	"phone_hash" text NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_phone_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "account_phone_phone_hash_unique" UNIQUE("phone_hash"),
	CONSTRAINT "account_phone_sealed" CHECK ("account_phone"."phone_sealed" like 'v1:%')
);
--> statement-breakpoint
CREATE TABLE "entry_code" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_kind" text NOT NULL,
	"contact_sealed" text,
	"contact_hash" text NOT NULL,
	"code_hash" text NOT NULL,
	"token_hash" text NOT NULL,
	"wrong_codes" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "entry_code_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "entry_code_contact_kind" CHECK ("entry_code"."contact_kind" in ('phone', 'mail')),
	CONSTRAINT "entry_code_contact" CHECK (("entry_code"."contact_sealed" is not null) = ("entry_code"."closed_at" is null) and ("entry_code"."contact_sealed" is null or "entry_code"."contact_sealed" like 'v1:%')),
	CONSTRAINT "entry_code_ends" CHECK ("entry_code"."expires_at" > "entry_code"."created_at" and "entry_code"."expires_at" <= "entry_code"."created_at" + interval '15 minutes'),
	CONSTRAINT "entry_code_tries" CHECK ("entry_code"."wrong_codes" between 0 and 5 and ("entry_code"."wrong_codes" < 5 or "entry_code"."closed_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "message" DROP CONSTRAINT "message_channel";--> statement-breakpoint
ALTER TABLE "app_user" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "account_phone" ADD CONSTRAINT "account_phone_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entry_code_open" ON "entry_code" USING btree ("contact_hash") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "entry_code_by_end" ON "entry_code" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_channel" CHECK ("message"."channel" in ('mail', 'text'));--> statement-breakpoint
-- the limit that it brings, where an installation has its others
INSERT INTO "setting" ("id", "key", "value", "valid_from", "set_at") SELECT '019ad200-0000-7000-8000-000000000005', 'codeTextsPerDay', '5000', '2020-01-01 00:00:00+00', '2026-12-01 00:00:00+00' WHERE EXISTS (SELECT 1 FROM "installation") ON CONFLICT DO NOTHING;
