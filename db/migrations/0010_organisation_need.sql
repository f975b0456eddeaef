-- why: a need that an organisation asks for itself is called what it is; the word "project" is free for the projects of social organisations
-- locks: need, public_need and need_draft exclusively, while a few hundred rows of organisations change and their checks are read once (seconds at a million needs)
-- backfill: the kind of each organisation's need, and the commands of answers that are kept, in one statement each; wishes are not written
-- reversible: yes, by the same statements the other way round. A copy of the version before cannot file a need of an organisation from here on: restart the copies without delay
ALTER TABLE "need" DROP CONSTRAINT "need_kind";--> statement-breakpoint
ALTER TABLE "need" DROP CONSTRAINT "need_for_somebody";--> statement-breakpoint
ALTER TABLE "public_need" DROP CONSTRAINT "public_need_kind";--> statement-breakpoint
ALTER TABLE "need_draft" DROP CONSTRAINT "need_draft_kind";--> statement-breakpoint
ALTER TABLE "need_draft" DROP CONSTRAINT "need_draft_whose";--> statement-breakpoint
UPDATE "need" SET "kind" = 'organisation_need' WHERE "kind" = 'project';--> statement-breakpoint
UPDATE "public_need" SET "kind" = 'organisation_need' WHERE "kind" = 'project';--> statement-breakpoint
UPDATE "need_draft" SET "kind" = 'organisation_need' WHERE "kind" = 'project';--> statement-breakpoint
UPDATE "request_key" SET "command" = replace("command", 'Project', 'OrganisationNeed') WHERE "command" IN ('draftProject', 'editProject');--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_kind" CHECK ("need"."kind" in ('wish', 'organisation_need'));--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_for_somebody" CHECK (("need"."kind" = 'wish') = ("need"."household_id" is not null) and ("need"."kind" = 'organisation_need') = ("need"."organisation_id" is not null));--> statement-breakpoint
ALTER TABLE "public_need" ADD CONSTRAINT "public_need_kind" CHECK ("public_need"."kind" in ('wish', 'organisation_need'));--> statement-breakpoint
ALTER TABLE "need_draft" ADD CONSTRAINT "need_draft_kind" CHECK ("need_draft"."kind" in ('wish', 'organisation_need'));--> statement-breakpoint
ALTER TABLE "need_draft" ADD CONSTRAINT "need_draft_whose" CHECK (("need_draft"."kind" = 'organisation_need') = ("need_draft"."organisation_id" is not null) and ("need_draft"."kind" = 'wish' or "need_draft"."household_id" is null));