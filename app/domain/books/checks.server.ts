import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

/**
 * Each entry's change of its fund: what it adds to (or takes from) received, available, committed, spent,
 * refunded.
 */
const STEPS = sql`
  select e.id, e.programme_id, e.number, e.gift_id, t.amount_fen * side.sign as fen, split_part(side.account, ':', 3) as purpose
  from money_entry e
  join money_transfer t on t.entry_id = e.id and t.half = 'what_for'
  cross join lateral (values (t.from_account, -1), (t.to_account, 1)) as side (account, sign)`;

const balance = (account: ReturnType<typeof sql>) => sql`
  (coalesce((select sum(amount_fen) from money_transfer where to_account = ${account}), 0)
  - coalesce((select sum(amount_fen) from money_transfer where from_account = ${account}), 0))`;
const ofFund = (purpose: string) => balance(sql`'fund:' || f.id || ':' || ${purpose}`);

/**
 * Whether an entry moves just what its kind may move (the table in postMoney), leaving reversals to their own
 * check.
 */
const RIGHT_ACCOUNTS = sql`
  case e.kind
    when 'receive' then (b.from_account, b.to_account) = ('ext:donor', 'cash:' || f.charity_id) and (a.f, a.t) = ('received', 'available')
    when 'commit' then b.entry_id is null and (a.f, a.t) = ('available', 'committed')
    when 'uncommit' then b.entry_id is null and (a.f, a.t) = ('committed', 'available')
    when 'spend' then (b.from_account, b.to_account) = ('cash:' || f.charity_id, 'ext:payee') and (a.f, a.t) = ('committed', 'spent')
    when 'top_up' then (b.from_account, b.to_account) = ('ext:charity', 'ext:payee') and (a.f, a.t) = ('received', 'spent')
    when 'refund' then (b.from_account, b.to_account) = ('cash:' || f.charity_id, 'ext:donor') and (a.f, a.t) = ('available', 'refunded')
    else true
  end`;

export const BOOKS_CHECKS: readonly Check[] = [
  {
    name: "books.halves",
    guarantees:
      "every entry moves one amount, in both halves alike, between the accounts of its kind and its own fund (R-001)",
    examined: sql`select count(*) as examined from money_entry`,
    violations: sql`
      select e.id::text as what from money_entry e
      join programme f on f.id = e.programme_id
      left join lateral (
        select entry_id, amount_fen, split_part(from_account, ':', 2) = e.programme_id::text and split_part(to_account, ':', 2) = e.programme_id::text as own,
               split_part(from_account, ':', 3) as f, split_part(to_account, ':', 3) as t
        from money_transfer where entry_id = e.id and half = 'what_for') a on true
      left join money_transfer b on b.entry_id = e.id and b.half = 'where'
      where a.entry_id is null or not a.own or (b.entry_id is not null and a.amount_fen <> b.amount_fen) or not coalesce(${RIGHT_ACCOUNTS}, false)`,
  },
  {
    name: "books.numbered",
    guarantees: "the entries of every fund are numbered 1, 2, 3 … without a gap",
    examined: sql`select count(*) as examined from money_entry`,
    violations: sql`
      select f.filing_number as what from programme f
      cross join lateral (select count(*) as n, coalesce(max(number), 0) as last from money_entry where programme_id = f.id) e
      where f.entries <> e.n or f.entries <> e.last`,
  },
  {
    name: "books.reversed",
    guarantees:
      "an entry is taken back at most once, by its exact mirror, in the same fund, gift and line (R-003)",
    examined: sql`select count(*) as examined from money_entry where kind = 'reverse'`,
    violations: sql`
      select r.id::text as what from money_entry r
      left join money_entry e on e.id = r.reverses_id
      where r.kind = 'reverse' and (
        e.id is null or e.kind = 'reverse'
        or (e.programme_id, e.gift_id, e.line_id) is distinct from (r.programme_id, r.gift_id, r.line_id)
        or exists (
          (select half, from_account, to_account, amount_fen from money_transfer where entry_id = e.id
           except select half, to_account, from_account, amount_fen from money_transfer where entry_id = r.id)
          union all
          (select half, to_account, from_account, amount_fen from money_transfer where entry_id = r.id
           except select half, from_account, to_account, amount_fen from money_transfer where entry_id = e.id)))`,
  },
  {
    name: "books.funds",
    guarantees: "the stored free and bound money of every fund are the sums of its entries",
    examined: sql`select count(*) as examined from programme`,
    violations: sql`select f.filing_number as what from programme f where f.available_fen <> ${ofFund("available")} or f.committed_fen <> ${ofFund("committed")}`,
  },
  {
    name: "books.never_below",
    guarantees:
      "no fund ever had less than nothing free or bound, at any entry, in the order of the book (R-004)",
    examined: sql`select count(*) as examined from money_entry`,
    violations: sql`
      select distinct id::text as what from (
        select id, sum(fen) over (partition by programme_id, purpose order by number) as stood from (${STEPS}) steps where purpose in ('available', 'committed')
      ) running where stood < 0`,
  },
  {
    name: "books.received",
    guarantees: "received = available + committed + spent + refunded, for every fund (R-005)",
    examined: sql`select count(*) as examined from programme`,
    violations: sql`
      select f.filing_number as what from programme f
      where -${ofFund("received")} <> ${ofFund("available")} + ${ofFund("committed")} + ${ofFund("spent")} + ${ofFund("refunded")}`,
  },
  {
    name: "books.gifts",
    guarantees:
      "of every gift: received = available + committed + spent + refunded, and none of them below nothing (R-005)",
    examined: sql`select count(distinct gift_id) as examined from money_entry where gift_id is not null`,
    violations: sql`
      select gift_id::text as what from (
        select gift_id,
          -coalesce(sum(fen) filter (where purpose = 'received'), 0) as received,
          coalesce(sum(fen) filter (where purpose = 'available'), 0) as available,
          coalesce(sum(fen) filter (where purpose = 'committed'), 0) as committed,
          coalesce(sum(fen) filter (where purpose = 'spent'), 0) as spent,
          coalesce(sum(fen) filter (where purpose = 'refunded'), 0) as refunded
        from (${STEPS}) steps where gift_id is not null group by gift_id
      ) gifts
      where received <> available + committed + spent + refunded or least(received, available, committed, spent, refunded) < 0`,
  },
  {
    name: "books.cash",
    guarantees: "the cash of every charity is what its funds have free and bound (R-001)",
    examined: sql`select count(*) as examined from charity`,
    violations: sql`
      select c.credit_code as what from charity c
      where ${balance(sql`'cash:' || c.id`)} <> coalesce((select sum(available_fen + committed_fen) from programme where charity_id = c.id), 0)`,
  },
];
