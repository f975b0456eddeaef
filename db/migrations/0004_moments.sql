-- why: a correction of a moment is found by the entry that it corrects, and the last write-offs of a store by the store, without reading the whole journal and book
-- locks: writers of the journal and of the goods book wait while each is read once
-- backfill: none
-- reversible: yes, drop both indexes
CREATE INDEX "goods_move_write_offs" ON "goods_move" USING btree ("from_place","id") WHERE source_type = 'write_off';--> statement-breakpoint
CREATE INDEX "journal_moment_corrections" ON "journal" USING btree ((data ->> 'entry'),"id") WHERE entity = 'moment_correction';
