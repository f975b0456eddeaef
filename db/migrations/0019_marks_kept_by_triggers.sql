-- why: what a point has to take back and what finance has to buy was marked by the code that knows of these marks: a copy of the version before, which runs beside it during a restart, would leave them as they were
-- locks: delivery, delivery_item, checkout, pledge and purchase for writers, for as long as it takes to mark anew what such a copy left
-- backfill: the marks of deliveries and payments anew, in the same transaction
-- reversible: yes, drop the five triggers
CREATE TRIGGER "say_delivery_rest" BEFORE UPDATE OF state ON "delivery" FOR EACH ROW EXECUTE FUNCTION say_delivery_rest();--> statement-breakpoint
CREATE TRIGGER "keep_delivery_rest" AFTER UPDATE OF delivered_quantity, returned_quantity, lost_quantity, disposed_quantity ON "delivery_item" FOR EACH ROW EXECUTE FUNCTION keep_delivery_rest();--> statement-breakpoint
CREATE TRIGGER "say_to_buy" BEFORE INSERT OR UPDATE OF buy_by ON "checkout" FOR EACH ROW EXECUTE FUNCTION say_to_buy();--> statement-breakpoint
CREATE TRIGGER "keep_to_buy_of_pledge" AFTER UPDATE OF state, given_back ON "pledge" FOR EACH ROW WHEN ((old.state = 'paid' or new.state = 'paid') and (old.state, old.given_back) is distinct from (new.state, new.given_back)) EXECUTE FUNCTION keep_to_buy_of_pledge();--> statement-breakpoint
CREATE TRIGGER "keep_to_buy_of_purchase" AFTER INSERT OR UPDATE OF state ON "purchase" FOR EACH ROW EXECUTE FUNCTION keep_to_buy_of_purchase();--> statement-breakpoint
UPDATE "delivery" SET "has_rest" = not "has_rest" WHERE "has_rest" <> delivery_has_rest("id", "state");--> statement-breakpoint
UPDATE "checkout" SET "to_buy" = not "to_buy" WHERE "to_buy" <> ("buy_by" is not null and payment_to_buy("pledge_id"));
