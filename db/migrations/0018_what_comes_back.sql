-- why: what a point has to take back and what finance has to buy or to spend were found by looking at all that is under way in the city, and whose day to buy was past by all that was ever bought; a delivery and a payment now say it themselves, and lists read what they show
-- locks: delivery, checkout and purchase for writers, and pledge, need_line and spending while their index is made: one pass over each table, some seconds for ten million rows
-- backfill: the rest of each delivery that was handed over in part, and each payment of which something is to be bought, in the same transaction
-- reversible: yes, drop the two columns with their indexes and those of pledge, need_line, purchase and spending; make delivery_item_remaining of delivery_id, pledge_to_buy of id and checkout_to_buy of buy_by again
LOCK TABLE "purchase" IN SHARE MODE;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "has_rest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "checkout" ADD COLUMN "to_buy" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_rest" CHECK (not "delivery"."has_rest" or "delivery"."state" in ('handed_over', 'confirmed'));--> statement-breakpoint
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_to_buy_has_day" CHECK (not "checkout"."to_buy" or "checkout"."buy_by" is not null);--> statement-breakpoint
UPDATE "delivery" SET "has_rest" = true
WHERE "state" in ('handed_over', 'confirmed') AND "id" IN (
  SELECT "delivery_id" FROM "delivery_item"
  WHERE "quantity" > "delivered_quantity" + "returned_quantity" + "lost_quantity" + "disposed_quantity");--> statement-breakpoint
UPDATE "checkout" SET "to_buy" = true FROM "pledge"
WHERE "pledge"."id" = "checkout"."pledge_id" AND "checkout"."buy_by" IS NOT NULL AND "pledge"."state" = 'paid'
  AND "pledge"."quantity" - "pledge"."given_back" > (
    SELECT coalesce(sum("quantity"), 0) FROM "purchase"
    WHERE "purchase"."pledge_id" = "pledge"."id" AND "purchase"."state" IN ('proposed', 'approved'));--> statement-breakpoint
DROP INDEX "delivery_item_remaining";--> statement-breakpoint
DROP INDEX "pledge_to_buy";--> statement-breakpoint
DROP INDEX "checkout_to_buy";--> statement-breakpoint
CREATE INDEX "delivery_to_take_back" ON "delivery" USING btree ("point_id","id") WHERE state = 'returning' or has_rest;--> statement-breakpoint
CREATE INDEX "pledge_paid_standing" ON "pledge" USING btree ("line_id") WHERE state = 'paid' and settled + given_back < quantity;--> statement-breakpoint
CREATE INDEX "need_line_to_spend" ON "need_line" USING btree ("id") WHERE kind = 'money' and pledged > 0;--> statement-breakpoint
CREATE INDEX "checkout_to_buy_late" ON "checkout" USING btree ("buy_by") WHERE to_buy and late_told_at is null;--> statement-breakpoint
CREATE INDEX "purchase_to_decide" ON "purchase" USING btree (("state" = 'proposed'),"id");--> statement-breakpoint
CREATE INDEX "spending_to_decide" ON "spending" USING btree (("state" = 'proposed'),"id");--> statement-breakpoint
CREATE INDEX "checkout_to_buy" ON "checkout" USING btree ("charity_id","buy_by","id") WHERE to_buy;
