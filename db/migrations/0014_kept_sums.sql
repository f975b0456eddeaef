-- why: the front page, /open and both books summed whole tables each time they were asked; in a city a hundred times the size that takes seconds. What was delivered last is found by an index of its own
-- locks: need_line, goods_move, money_transfer and journal for writers, while what is there is summed and indexed once: one pass over each, some seconds for ten million rows
-- backfill: the sums of what is there, in the same transaction
-- reversible: yes, drop the triggers, their functions, both tables and the index: the sums can be counted again at any time
CREATE TABLE "tally" (
	"name" text NOT NULL,
	"day" date,
	"part" text NOT NULL,
	"entries" bigint DEFAULT 0 NOT NULL,
	"units" bigint DEFAULT 0 NOT NULL,
	"fen" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "tally_once" UNIQUE NULLS NOT DISTINCT("name","day","part"),
	CONSTRAINT "tally_name" CHECK ("tally"."name" in ('goods', 'money', 'standing', 'lines')),
	CONSTRAINT "tally_day" CHECK (("tally"."name" = 'lines') = ("tally"."day" is null)),
	CONSTRAINT "tally_part" CHECK ("tally"."part" ~ '^[a-z0-9_ -]{1,80}$')
);
--> statement-breakpoint
CREATE TABLE "tally_change" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"day" date,
	"part" text NOT NULL,
	"entries" bigint DEFAULT 0 NOT NULL,
	"units" bigint DEFAULT 0 NOT NULL,
	"fen" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "tally_change_name" CHECK ("tally_change"."name" in ('goods', 'money', 'standing', 'lines')),
	CONSTRAINT "tally_change_day" CHECK (("tally_change"."name" = 'lines') = ("tally_change"."day" is null)),
	CONSTRAINT "tally_change_part" CHECK ("tally_change"."part" ~ '^[a-z0-9_ -]{1,80}$')
);
--> statement-breakpoint
CREATE INDEX "tally_change_by_name" ON "tally_change" USING btree ("name","day");--> statement-breakpoint
CREATE INDEX "journal_delivered" ON "journal" USING btree ("id") WHERE bucket_to = 'delivered';--> statement-breakpoint
CREATE TRIGGER "tally_goods" AFTER INSERT ON "goods_move" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tally_goods();--> statement-breakpoint
CREATE TRIGGER "tally_money" AFTER INSERT ON "money_transfer" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tally_money();--> statement-breakpoint
CREATE TRIGGER "tally_lines" AFTER UPDATE ON "need_line" REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION tally_lines();--> statement-breakpoint
INSERT INTO "tally" ("name", "day", "part", "entries", "units", "fen")
SELECT 'goods', m.accounting_date, m.from_kind || ' ' || m.to_kind, count(*), sum(m.quantity), coalesce(sum(m.quantity * l.unit_value_fen), 0)
FROM goods_move m JOIN lot l ON l.id = m.lot_id GROUP BY m.accounting_date, m.from_kind, m.to_kind;--> statement-breakpoint
INSERT INTO "tally" ("name", "day", "part", "entries", "fen")
SELECT 'money', e.accounting_date, e.programme_id || ' ' || e.kind, count(*), sum(t.amount_fen)
FROM money_entry e JOIN money_transfer t ON t.entry_id = e.id AND t.half = 'what_for' GROUP BY e.accounting_date, e.programme_id, e.kind;--> statement-breakpoint
INSERT INTO "tally" ("name", "day", "part", "fen")
SELECT 'standing', e.accounting_date, e.programme_id || ' ' || side.account, sum(side.fen)
FROM money_entry e JOIN money_transfer t ON t.entry_id = e.id
CROSS JOIN LATERAL (VALUES (t.to_account, t.amount_fen), (t.from_account, -t.amount_fen)) moved (code, fen)
CROSS JOIN LATERAL (SELECT CASE WHEN t.half = 'what_for' THEN split_part(moved.code, ':', 3) ELSE 'cash' END AS account, moved.fen) side
WHERE t.half = 'what_for' OR moved.code LIKE 'cash:%' GROUP BY e.accounting_date, e.programme_id, side.account;--> statement-breakpoint
INSERT INTO "tally" ("name", "part", "units")
SELECT 'lines', each_of.part, each_of.units FROM (
  SELECT coalesce(sum(open) FILTER (WHERE accepts), 0) AS open, coalesce(sum(pledged + in_hub + delivered), 0) AS claimed, coalesce(sum(delivered), 0) AS delivered
  FROM need_line WHERE kind <> 'money'
) l CROSS JOIN LATERAL (VALUES ('open', l.open), ('claimed', l.claimed), ('delivered', l.delivered)) each_of (part, units);
