-- why: what is asked for by the key of a household, a gift, a line or a place was looked for in the whole table; a city a hundred times the size waits seconds for it
-- locks: each of these tables for writers, while its index is made: one pass over the table, some seconds for ten million rows
-- backfill: none
-- reversible: yes, drop the indexes
CREATE INDEX "lot_stock_by_place" ON "lot_stock" USING btree ("place","lot_id") WHERE quantity > 0;--> statement-breakpoint
CREATE INDEX "lot_by_offer" ON "lot" USING btree ("offer_id") WHERE offer_id is not null;--> statement-breakpoint
CREATE INDEX "lot_by_split_from" ON "lot" USING btree ("split_from") WHERE split_from is not null;--> statement-breakpoint
CREATE INDEX "delivery_by_household" ON "delivery" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "service_visit_by_line" ON "service_visit" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "service_visit_done" ON "service_visit" USING btree ("id") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "pledge_by_waybill" ON "pledge" USING btree (lower("waybill")) WHERE waybill is not null;--> statement-breakpoint
CREATE INDEX "consent_by_household" ON "consent" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "offer_by_gift" ON "offer" USING btree ("gift_id") WHERE gift_id is not null;--> statement-breakpoint
CREATE INDEX "need_by_organisation" ON "need" USING btree ("organisation_id","id") WHERE organisation_id is not null;--> statement-breakpoint
CREATE INDEX "giving_intent_by_line" ON "giving_intent" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "giving_intent_by_need" ON "giving_intent" USING btree ("need_id");--> statement-breakpoint
CREATE INDEX "refund_by_checkout" ON "refund" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "refund_by_task" ON "refund" USING btree ("task_id") WHERE task_id is not null;--> statement-breakpoint
CREATE INDEX "follow_up_by_household" ON "follow_up" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "referral_owner_by_referral" ON "referral_owner" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "referral_by_next" ON "referral" USING btree ("next_referral_id") WHERE next_referral_id is not null;--> statement-breakpoint
CREATE INDEX "household_benefit_by_household" ON "household_benefit" USING btree ("household_id");