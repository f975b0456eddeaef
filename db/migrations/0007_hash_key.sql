-- why: HASH_KEY can be replaced while the portal runs; a household says by which key its lookups were hashed, so that those under an older one are found and hashed anew
-- locks: household for a moment (a column with a constant default, and a check that reads it once); it cannot be written while the index is built, a second or two for a million rows
-- backfill: none; every household of before was hashed by the one key without an id, which is what the default says
-- reversible: yes, while HASH_KEY is that one key: drop the index, the check and the column
ALTER TABLE "household" ADD COLUMN "hash_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "household_by_hash_key" ON "household" USING btree ("hash_key","id");--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_hash_key" CHECK ((coalesce("household"."name_hash", '') = '' or (case when "household"."name_hash" like '%:%' then split_part("household"."name_hash", ':', 1) else '' end) = "household"."hash_key") and (coalesce("household"."phone_hash", '') = '' or (case when "household"."phone_hash" like '%:%' then split_part("household"."phone_hash", ':', 1) else '' end) = "household"."hash_key") and (coalesce("household"."id_hash", '') = '' or (case when "household"."id_hash" like '%:%' then split_part("household"."id_hash", ':', 1) else '' end) = "household"."hash_key"));
