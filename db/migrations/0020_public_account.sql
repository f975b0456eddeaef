-- why: the public account shows each town's numbers, how many days pass from promise to hand-over, and what was put right or came late: sums over tables that grow for ever, kept like the others
-- locks: need_line and journal for writers, while what is there is summed once: one pass over the lines, and over what the journal tells of hand-overs; of the journal's rest one pass, some seconds for ten million rows
-- backfill: the sums of what is there, in the same transaction; and what donors are told to expect, two limits that an installation has from its set-up on
-- reversible: yes, drop the three triggers, delete these sums and put the four constraints back: they can be counted again at any time
ALTER TABLE "tally" DROP CONSTRAINT "tally_name";--> statement-breakpoint
ALTER TABLE "tally" DROP CONSTRAINT "tally_day";--> statement-breakpoint
ALTER TABLE "tally_change" DROP CONSTRAINT "tally_change_name";--> statement-breakpoint
ALTER TABLE "tally_change" DROP CONSTRAINT "tally_change_day";--> statement-breakpoint
ALTER TABLE "tally" ADD CONSTRAINT "tally_name" CHECK ("tally"."name" in ('goods', 'money', 'standing', 'lines', 'towns', 'days', 'told'));--> statement-breakpoint
ALTER TABLE "tally" ADD CONSTRAINT "tally_day" CHECK (("tally"."name" in ('lines', 'towns', 'days')) = ("tally"."day" is null));--> statement-breakpoint
ALTER TABLE "tally_change" ADD CONSTRAINT "tally_change_name" CHECK ("tally_change"."name" in ('goods', 'money', 'standing', 'lines', 'towns', 'days', 'told'));--> statement-breakpoint
ALTER TABLE "tally_change" ADD CONSTRAINT "tally_change_day" CHECK (("tally_change"."name" in ('lines', 'towns', 'days')) = ("tally_change"."day" is null));--> statement-breakpoint
CREATE TRIGGER "tally_towns" AFTER UPDATE ON "need_line" REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION tally_towns();--> statement-breakpoint
CREATE TRIGGER "tally_days" AFTER INSERT ON "journal" FOR EACH ROW WHEN (new.bucket_to = 'delivered' and new.gift_id is not null) EXECUTE FUNCTION tally_days();--> statement-breakpoint
CREATE TRIGGER "tally_told" AFTER INSERT ON "journal" FOR EACH ROW WHEN (new.event in ('moment_correction.make', 'count_correction.approve', 'item_report.correct', 'need.escalate', 'delivery.overdue', 'collection.overdue', 'checkout.buy_late', 'referral.escalate', 'recipient_request.escalate')) EXECUTE FUNCTION tally_told();--> statement-breakpoint
INSERT INTO "tally" ("name", "part", "units")
SELECT 'towns', l.town_code || ' ' || each_of.part, each_of.units FROM (
  SELECT n.town_code, sum(CASE WHEN l.accepts THEN l.open ELSE 0 END) AS open, sum(l.pledged + l.in_hub + l.delivered) AS claimed, sum(l.delivered) AS delivered
  FROM need_line l JOIN need n ON n.id = l.need_id WHERE l.kind <> 'money' GROUP BY n.town_code
) l CROSS JOIN LATERAL (VALUES ('open', l.open), ('claimed', l.claimed), ('delivered', l.delivered)) each_of (part, units) WHERE each_of.units <> 0;--> statement-breakpoint
INSERT INTO "tally" ("name", "part", "entries", "units")
SELECT 'days', n.town_code || ' ' || days_to_hand_over(g.confirmed_at, j.occurred_at), count(*), sum(j.quantity)
FROM journal j JOIN gift g ON g.id = j.gift_id JOIN need_line l ON l.id = j.line_id AND l.kind <> 'money' JOIN need n ON n.id = l.need_id
WHERE j.bucket_to = 'delivered' AND g.confirmed_at IS NOT NULL GROUP BY n.town_code, days_to_hand_over(g.confirmed_at, j.occurred_at);--> statement-breakpoint
INSERT INTO "tally" ("name", "day", "part", "entries")
SELECT 'told', (j.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, replace(j.event, '.', ' '), count(*)
FROM journal j WHERE j.event IN ('moment_correction.make', 'count_correction.approve', 'item_report.correct', 'need.escalate', 'delivery.overdue', 'collection.overdue', 'checkout.buy_late', 'referral.escalate', 'recipient_request.escalate') GROUP BY 2, 3;--> statement-breakpoint
INSERT INTO "setting" ("id", "key", "value", "valid_from", "set_at") SELECT told.id::uuid, told.key, told.days, '2020-01-01 00:00:00+00', '2026-11-30 00:00:00+00' FROM (VALUES ('019ad200-0000-7000-8000-000000000001', 'inspectWithinDays', '3'), ('019ad200-0000-7000-8000-000000000002', 'deliverWithinDays', '10')) told (id, key, days) WHERE EXISTS (SELECT 1 FROM "installation") ON CONFLICT DO NOTHING;
