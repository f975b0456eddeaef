-- why: the index of the public list's words lay on wide rows and built whatever a question asks, of the whole city, before the first hit; filters had no index of their own. A narrow table in sixteen parts finds words and filters together, and keeps the gap as it stands
-- locks: public_need and need_line for writers, while the narrow table is filled and indexed once: some two minutes for a million needs
-- backfill: the gap of every public need, and its row in the narrow table, in the same transaction
-- reversible: yes, drop the table, the trigger and the column gap; make search_grams of public_need and its index again from search_text and search_keys
LOCK TABLE "need_line" IN SHARE MODE;--> statement-breakpoint
DROP INDEX "public_need_search";--> statement-breakpoint
ALTER TABLE "public_need" ADD COLUMN "gap" text;--> statement-breakpoint
UPDATE "public_need" SET "gap" = gap_of(need_id);--> statement-breakpoint
ALTER TABLE "public_need" ALTER COLUMN "gap" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "public_need" ADD CONSTRAINT "public_need_gap" CHECK ("public_need"."gap" in ('none', 'one', 'few', 'many'));--> statement-breakpoint
CREATE TABLE "need_search" (
	"need_id" uuid PRIMARY KEY NOT NULL,
	"waiting_since" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"is_open" boolean NOT NULL,
	"town_code" text NOT NULL,
	"line_kind" text NOT NULL,
	"public_group" text,
	"object_kind" text,
	"words" "tsvector" NOT NULL
) PARTITION BY HASH ("need_id");
--> statement-breakpoint
CREATE TABLE "need_search_0" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 0);--> statement-breakpoint
CREATE TABLE "need_search_1" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 1);--> statement-breakpoint
CREATE TABLE "need_search_2" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 2);--> statement-breakpoint
CREATE TABLE "need_search_3" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 3);--> statement-breakpoint
CREATE TABLE "need_search_4" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 4);--> statement-breakpoint
CREATE TABLE "need_search_5" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 5);--> statement-breakpoint
CREATE TABLE "need_search_6" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 6);--> statement-breakpoint
CREATE TABLE "need_search_7" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 7);--> statement-breakpoint
CREATE TABLE "need_search_8" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 8);--> statement-breakpoint
CREATE TABLE "need_search_9" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 9);--> statement-breakpoint
CREATE TABLE "need_search_10" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 10);--> statement-breakpoint
CREATE TABLE "need_search_11" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 11);--> statement-breakpoint
CREATE TABLE "need_search_12" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 12);--> statement-breakpoint
CREATE TABLE "need_search_13" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 13);--> statement-breakpoint
CREATE TABLE "need_search_14" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 14);--> statement-breakpoint
CREATE TABLE "need_search_15" PARTITION OF "need_search" FOR VALUES WITH (MODULUS 16, REMAINDER 15);--> statement-breakpoint
INSERT INTO "need_search"
SELECT need_id, waiting_since, published_at, is_open, town_code, line_kind, public_group, object_kind,
  search_grams || need_words('', '', town_code, line_kind, public_group, object_kind, gap)
FROM "public_need";--> statement-breakpoint
ALTER TABLE "public_need" DROP COLUMN "search_grams";--> statement-breakpoint
CREATE INDEX "need_search_open" ON "need_search" USING gin ("words") WITH (fastupdate=false) WHERE is_open;--> statement-breakpoint
CREATE INDEX "need_search_done" ON "need_search" USING gin ("words") WITH (fastupdate=false) WHERE not is_open;--> statement-breakpoint
CREATE INDEX "need_search_waiting" ON "need_search" USING btree ("is_open","waiting_since","need_id");--> statement-breakpoint
CREATE INDEX "need_search_newest" ON "need_search" USING btree ("is_open","published_at","need_id");--> statement-breakpoint
ALTER TABLE "need_search" ADD CONSTRAINT "need_search_need_id_public_need_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."public_need"("need_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER "keep_need_search" AFTER INSERT OR UPDATE OF waiting_since, published_at, is_open, gap, town_code, line_kind, public_group, object_kind, search_text, search_keys ON "public_need" FOR EACH ROW EXECUTE FUNCTION keep_need_search();--> statement-breakpoint
DROP FUNCTION IF EXISTS needs_found(tsquery, boolean, integer);