-- why: what waits is taken in the order of its moment and then its id, but the index knew the moment alone: of many that fell due at the same moment all were read and sorted to take the first few
-- locks: outbox for writers, while its index is made: one pass over the table, some seconds for ten million rows
-- backfill: none
-- reversible: yes, make outbox_due of run_at alone again
DROP INDEX "outbox_due";--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("run_at","id") WHERE state = 'waiting';