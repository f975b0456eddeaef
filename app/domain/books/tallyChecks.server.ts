import { type SQL, sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";
import { tallyCheck } from "~/domain/kernel/tally.server";
import { oneOf } from "~db/schema/columns";
import { CORRECTING_EVENTS, LATE_EVENTS, type Tally } from "~db/schema/tallies";

/** What each kept sum is, counted over the whole of its table: day, part, entries, units, fen. */
export const COUNTED: Readonly<Record<Tally, SQL>> = {
  goods: sql`
    select m.accounting_date as day, m.from_kind || ' ' || m.to_kind as part, count(*) as entries,
      sum(m.quantity) as units, coalesce(sum(m.quantity * l.unit_value_fen), 0) as fen
    from goods_move m join lot l on l.id = m.lot_id group by m.accounting_date, m.from_kind, m.to_kind`,
  money: sql`
    select e.accounting_date as day, e.programme_id || ' ' || e.kind as part, count(*) as entries,
      0 as units, sum(t.amount_fen) as fen
    from money_entry e join money_transfer t on t.entry_id = e.id and t.half = 'what_for'
    group by e.accounting_date, e.programme_id, e.kind`,
  standing: sql`
    select e.accounting_date as day, e.programme_id || ' ' || side.account as part, 0 as entries,
      0 as units, sum(side.fen) as fen
    from money_entry e join money_transfer t on t.entry_id = e.id
    cross join lateral (values (t.to_account, t.amount_fen), (t.from_account, -t.amount_fen)) moved (code, fen)
    cross join lateral (select case when t.half = 'what_for' then split_part(moved.code, ':', 3) else 'cash' end as account, moved.fen) side
    where t.half = 'what_for' or moved.code like 'cash:%'
    group by e.accounting_date, e.programme_id, side.account`,
  lines: sql`
    select null::date as day, part, 0 as entries, units, 0 as fen
    from (
      select coalesce(sum(open) filter (where accepts), 0) as open, coalesce(sum(pledged + in_hub + delivered), 0) as claimed,
        coalesce(sum(delivered), 0) as delivered
      from need_line where kind <> 'money'
    ) l
    cross join lateral (values ('open', l.open), ('claimed', l.claimed), ('delivered', l.delivered)) each_of (part, units)`,
  towns: sql`
    select null::date as day, l.town_code || ' ' || each_of.part as part, 0 as entries, each_of.units, 0 as fen
    from (
      select n.town_code, sum(case when l.accepts then l.open else 0 end) as open,
        sum(l.pledged + l.in_hub + l.delivered) as claimed, sum(l.delivered) as delivered
      from need_line l join need n on n.id = l.need_id where l.kind <> 'money' group by n.town_code
    ) l
    cross join lateral (values ('open', l.open), ('claimed', l.claimed), ('delivered', l.delivered)) each_of (part, units)
    where each_of.units <> 0`,
  // Hand-overs and lines each by themselves first: joined at once, the whole journal would be read for them.
  days: sql`
    with handed as materialized (
      select gift_id, line_id, occurred_at, quantity from journal where bucket_to = 'delivered'
    ), lines as materialized (
      select l.id, n.town_code from need_line l join need n on n.id = l.need_id where l.kind <> 'money'
    )
    select null::date as day, l.town_code || ' ' || later.days as part, count(*) as entries, sum(h.quantity) as units, 0 as fen
    from handed h join gift g on g.id = h.gift_id join lines l on l.id = h.line_id
    cross join lateral (select days_to_hand_over(g.confirmed_at, h.occurred_at) as days) later
    where g.confirmed_at is not null group by l.town_code, later.days`,
  told: sql`
    select (recorded_at at time zone 'Asia/Shanghai')::date as day, replace(event, '.', ' ') as part, count(*) as entries,
      0 as units, 0 as fen
    from journal where ${oneOf(sql`event`, [...CORRECTING_EVENTS, ...LATE_EVENTS])} group by 1, 2`,
};

export const TALLY_CHECKS: readonly Check[] = [
  tallyCheck(
    "books.tally.goods",
    "moves, units and value of every way of the goods are summed, day by day, as the goods book has them (R-044)",
    "goods",
    COUNTED.goods,
  ),
  tallyCheck(
    "books.tally.money",
    "entries and amounts of every fund and kind are summed, day by day, as the money book has them (R-044)",
    "money",
    COUNTED.money,
  ),
  tallyCheck(
    "books.tally.standing",
    "what the accounts of every fund gained and lost is summed, day by day, as the money book has it (R-044)",
    "standing",
    COUNTED.standing,
  ),
  tallyCheck(
    "books.tally.lines",
    "the three numbers of the front page are the sums of all lines as they stand (R-044)",
    "lines",
    COUNTED.lines,
  ),
  tallyCheck(
    "books.tally.towns",
    "the three numbers of every town are the sums of its lines as they stand (R-044)",
    "towns",
    COUNTED.towns,
  ),
  tallyCheck(
    "books.tally.days",
    "how long after their promise units were handed over is summed, town by town, as the journal has it (R-044)",
    "days",
    COUNTED.days,
  ),
  tallyCheck(
    "books.tally.told",
    "what was put right and what came late is counted, day by day, as the journal has it (R-044)",
    "told",
    COUNTED.told,
  ),
];
