-- why: the trail of use (who came in, was refused, took a file along, opened a record, changed a role, and from where); and only an account that somebody confirmed is closed
-- locks: app_user for as long as its rows are read once; the new table none
-- backfill: accounts that were closed before anybody confirmed them are open again; nobody can be in them, and they are forgotten after a week
-- reversible: yes, drop the table and the constraint; the trail is lost with it
UPDATE "app_user" SET "disabled_at" = null WHERE "disabled_at" is not null AND "mail_confirmed_at" is null;--> statement-breakpoint
CREATE TABLE "portal_use" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"what" text NOT NULL,
	"journal_id" uuid,
	"address" "inet",
	"times" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "portal_use_kind" CHECK ("portal_use"."kind" in ('sign_in', 'sign_in_failed', 'refused', 'export', 'opening', 'role')),
	CONSTRAINT "portal_use_what" CHECK ("portal_use"."what" ~ '^[A-Za-z0-9_./:*-]{1,200}$'),
	CONSTRAINT "portal_use_of_journal" CHECK (("portal_use"."journal_id" is not null) = ("portal_use"."kind" in ('opening', 'role'))),
	CONSTRAINT "portal_use_by_somebody" CHECK ("portal_use"."actor_id" is not null or "portal_use"."kind" in ('sign_in_failed', 'role')),
	CONSTRAINT "portal_use_times" CHECK ("portal_use"."times" >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "portal_use_once_of_journal" ON "portal_use" USING btree ("journal_id");--> statement-breakpoint
CREATE INDEX "portal_use_by_day" ON "portal_use" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "portal_use_again" ON "portal_use" USING btree ("kind","actor_id","at");--> statement-breakpoint
CREATE INDEX "portal_use_whole_address" ON "portal_use" USING btree ("at") WHERE masklen(address) = case family(address) when 4 then 32 else 128 end;--> statement-breakpoint
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_closed_was_somebodys" CHECK ("app_user"."disabled_at" is null or "app_user"."mail_confirmed_at" is not null);