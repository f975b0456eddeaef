-- why: lists of work show what is first of what waits in some towns, but were found by reading and sorting all that waits there; each town now has its own in the order of the list
-- locks: each of these tables for writers, while its index is made: one pass over the table, some seconds for ten million rows
-- backfill: none
-- reversible: yes, drop the indexes, and make handover_to_witness of witnessed_by, joint_day_coming of point_id and day, follow_up_open of town_code and due_at, and referral_work of town_code, due_at and id
DROP INDEX "referral_work";--> statement-breakpoint
DROP INDEX "handover_to_witness";--> statement-breakpoint
DROP INDEX "joint_day_coming";--> statement-breakpoint
DROP INDEX "follow_up_open";--> statement-breakpoint
CREATE INDEX "item_report_of_item" ON "item_report" USING btree ("item_code","due_at","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "need_review_of_town" ON "need" USING btree ("town_code","review_due_at","id") WHERE kind = 'wish' and state = 'submitted';--> statement-breakpoint
CREATE INDEX "need_review_of_city" ON "need" USING btree ("review_due_at","id") WHERE review_due_at is not null and (state in ('verified', 'suspended') or (kind = 'organisation_need' and state = 'submitted') or escalated_at is not null);--> statement-breakpoint
CREATE INDEX "referral_open" ON "referral" USING btree ("town_code",((escalated_at is null)::int),"due_at","id") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "referral_joint_open" ON "referral" USING btree ("town_code",((escalated_at is null)::int),"due_at","id") WHERE due_at is not null and item_code is null;--> statement-breakpoint
CREATE INDEX "push_interested" ON "push" USING btree ("town_code","answered_at","id") WHERE state = 'interested';--> statement-breakpoint
CREATE INDEX "handover_to_witness" ON "handover" USING btree ("witnessed_by","delivery_id") WHERE witness_said is null and witnessed_by is not null;--> statement-breakpoint
CREATE INDEX "joint_day_coming" ON "joint_day" USING btree ("point_id","day","id") WHERE state in ('proposed', 'agreed');--> statement-breakpoint
CREATE INDEX "follow_up_open" ON "follow_up" USING btree ("town_code","due_at","id") WHERE state = 'open';