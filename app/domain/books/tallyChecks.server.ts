import { type SQL, sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";
import { tallyCheck } from "~/domain/kernel/tally.server";
import type { Tally } from "~db/schema/tallies";

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
];
