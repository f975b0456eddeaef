-- why: how many units somebody holds is asked at every basket and payment, and was read out of all that they ever gave
-- locks: pledge for writers, while the index is made: one pass over the table, some seconds at ten million promises
-- backfill: none
-- reversible: yes, drop the index
CREATE INDEX "pledge_held_by_donor" ON "pledge" USING btree ("donor_id") WHERE state in ('promised', 'paying');