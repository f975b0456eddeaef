-- why: a promise that was kept stays confirmed or paid for ever, and a parcel that came stays handed over: so every question about what is still to do read all that was ever done; each now has an index of what still stands
-- locks: each of these tables for writers, while its index is made: one pass over the table, some seconds for ten million rows
-- backfill: none
-- reversible: yes, drop the indexes, and make pledge_due and need_line_gap of all promises and lines again
DROP INDEX "pledge_due";--> statement-breakpoint
DROP INDEX "need_line_gap";--> statement-breakpoint
CREATE INDEX "lot_by_inspection" ON "lot" USING btree ("inspection_id");--> statement-breakpoint
CREATE INDEX "delivery_under_way" ON "delivery" USING btree ("id") WHERE state in ('packed', 'dispatched', 'failed_attempt', 'returning');--> statement-breakpoint
CREATE INDEX "delivery_brought" ON "delivery" USING btree ("courier_id","id") WHERE state in ('handed_over', 'confirmed');--> statement-breakpoint
CREATE INDEX "delivery_item_remaining" ON "delivery_item" USING btree ("delivery_id") WHERE quantity > delivered_quantity + returned_quantity + lost_quantity + disposed_quantity;--> statement-breakpoint
CREATE INDEX "feedback_heard" ON "feedback" USING btree ("id") WHERE state = 'heard';--> statement-breakpoint
CREATE INDEX "handover_to_witness" ON "handover" USING btree ("witnessed_by") WHERE witness_said is null and witnessed_by is not null;--> statement-breakpoint
CREATE INDEX "handover_photos" ON "handover" USING btree ("delivery_id") WHERE proof = 'photo' and photo_decision is null;--> statement-breakpoint
CREATE INDEX "inspection_refused" ON "inspection" USING btree ("refused_go_to") WHERE refused > 0;--> statement-breakpoint
CREATE INDEX "parcel_by_purchase" ON "parcel" USING btree ("purchase_id") WHERE purchase_id is not null;--> statement-breakpoint
CREATE INDEX "pledge_services" ON "pledge" USING btree ("due_at","id") WHERE kind = 'service' and state = 'confirmed' and settled + given_back < quantity;--> statement-breakpoint
CREATE INDEX "pledge_to_buy" ON "pledge" USING btree ("id") WHERE state = 'paid' and settled + given_back < quantity;--> statement-breakpoint
CREATE INDEX "donor_profile_to_verify" ON "donor_profile" USING btree ("user_id") WHERE kind = 'company' and company_verified_at is null;--> statement-breakpoint
CREATE INDEX "role_grant_standing" ON "role_grant" USING btree ("role","scope_kind","scope_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "need_running" ON "need" USING btree ("published_at","id") WHERE kind = 'organisation_need' and state = 'published';--> statement-breakpoint
CREATE INDEX "referral_ended" ON "referral" USING btree ("closed_at","id") WHERE closed_at is not null;--> statement-breakpoint
CREATE INDEX "pledge_due" ON "pledge" USING btree ("due_at") WHERE state = 'confirmed' and settled = 0;--> statement-breakpoint
CREATE INDEX "need_line_gap" ON "need_line" USING btree ("need_id","open") WHERE kind <> 'money' and open > 0;