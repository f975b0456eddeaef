import { sql } from "drizzle-orm";
import { type Check, TOLD_UNTIL } from "~/domain/kernel/checks";

export const PAYMENTS_CHECKS: readonly Check[] = [
  {
    name: "payments.booked",
    guarantees: "every paid checkout has its one entry of the same amount in the money book (R-016)",
    examined: sql`select count(*) as examined from checkout where state = 'paid'`,
    violations: sql`
      select c.id::text as what from checkout c
      where c.state = 'paid' and 1 <> (
        select count(*) from money_entry e join money_transfer t on t.entry_id = e.id and t.half = 'where' and t.amount_fen = c.amount_fen
        where e.kind = 'receive' and e.source_type = 'payment_intent' and e.source_id = c.payment_intent_id)`,
  },
  {
    name: "payments.sourced",
    guarantees: "every receipt in the money book comes from a paid checkout (R-016)",
    examined: sql`select count(*) as examined from money_entry where kind = 'receive'`,
    violations: sql`select e.source_id as what from money_entry e where e.kind = 'receive' and not exists (select 1 from checkout c where c.payment_intent_id = e.source_id and c.state = 'paid')`,
  },
  {
    name: "payments.spent",
    guarantees:
      "nothing is spent but what was bound for the same purchase, and approved by another person (R-018, R-024)",
    examined: sql`select count(*) as examined from purchase`,
    violations: sql`
      select p.code as what from purchase p
      where p.decided_by = p.recorded_by
         or (p.state = 'approved') <> exists (select 1 from money_entry e where e.kind = 'spend' and e.source_type = 'purchase' and e.source_id = p.id::text)
         or not exists (select 1 from money_entry e where e.kind = 'commit' and e.source_type = 'purchase' and e.source_id = p.id::text)`,
  },
  {
    name: "payments.price",
    guarantees: "what an approved purchase cost is what its gift and its charity paid for it",
    examined: sql`select count(*) as examined from purchase where state = 'approved'`,
    violations: sql`
      select p.code as what from purchase p
      where p.state = 'approved' and p.amount_fen <> (
        select coalesce(sum(t.amount_fen), 0) from money_entry e join money_transfer t on t.entry_id = e.id and t.half = 'where'
        where e.kind in ('spend', 'top_up') and e.source_type = 'purchase' and e.source_id = p.id::text)`,
  },
  {
    name: "payments.spendings",
    guarantees:
      "every spending of an organisation's need is the sum of its gifts' shares, bound and then spent in the book, by two people; and no gift pays more than it has",
    examined: sql`select count(*) as examined from spending`,
    violations: sql`
      select s.code as what from spending s
      where s.decided_by = s.recorded_by
         or s.amount_fen <> (select coalesce(sum(h.amount_fen), 0) from spending_share h where h.spending_id = s.id)
         or exists (
           select 1 from spending_share h
           where h.spending_id = s.id and (
             1 <> (select count(*) from money_entry e join money_transfer t on t.entry_id = e.id and t.half = 'what_for' and t.amount_fen = h.amount_fen
                   where e.kind = 'commit' and e.source_type = 'spending_share' and e.source_id = h.id::text)
             or (s.state = 'approved') <> exists (select 1 from money_entry e where e.kind = 'spend' and e.source_type = 'spending_share' and e.source_id = h.id::text)
             or (s.state = 'rejected') <> exists (select 1 from money_entry e where e.kind = 'uncommit' and e.source_type = 'spending_share' and e.source_id = h.id::text)))
      union
      select p.id::text from pledge p join need_line l on l.id = p.line_id and l.kind = 'money'
      where p.settled <> (select coalesce(sum(h.amount_fen), 0) from spending_share h join spending s on s.id = h.spending_id and s.state = 'approved' where h.pledge_id = p.id)`,
  },
  {
    name: "payments.refunds",
    guarantees:
      "every refund that is asked or made is in the money book once, of the same amount; one that failed is taken back there",
    examined: sql`select count(*) as examined from refund`,
    violations: sql`
      select r.id::text as what from refund r
      left join lateral (
        select e.id, t.amount_fen, exists (select 1 from money_entry back where back.reverses_id = e.id) as taken_back
        from money_entry e join money_transfer t on t.entry_id = e.id and t.half = 'where'
        where e.kind = 'refund' and e.source_type = 'refund' and e.source_id = r.id::text) booked on true
      where case when r.state in ('asked', 'made') then booked.amount_fen is distinct from r.amount_fen or booked.taken_back
                 when r.state = 'failed' then booked.taken_back is not true
                 else booked.id is not null end`,
  },
  {
    name: "payments.returned",
    guarantees: "no payment goes back to more than its amount, and only a paid one goes back (R-017)",
    examined: sql`select count(*) as examined from refund`,
    violations: sql`
      select c.id::text as what from checkout c join refund r on r.checkout_id = c.id and r.state in ('asked', 'made')
      group by c.id having sum(r.amount_fen) > c.amount_fen or c.state <> 'paid'`,
  },
  {
    name: "payments.clock",
    guarantees: "no payment waits for Stripe more than a day without being asked after",
    examined: sql`select count(*) as examined from checkout where state in ('open', 'processing')`,
    violations: sql`
      select c.id::text as what from checkout c
      where c.state = 'open' and c.expires_at < ${TOLD_UNTIL} - interval '1 day'
         or c.state = 'processing' and coalesce(c.looked_at, c.created_at) < ${TOLD_UNTIL} - interval '1 day'`,
  },
  {
    name: "payments.still_to_buy",
    guarantees:
      "what was paid for is on the list of what is to buy exactly while less of it is bought than was paid",
    examined: sql`select count(*) as examined from checkout where buy_by is not null`,
    violations: sql`
      select c.id::text as what from checkout c join pledge p on p.id = c.pledge_id
      where c.buy_by is not null
        and c.to_buy <> (p.state = 'paid' and p.quantity - p.given_back > (select coalesce(sum(b.quantity), 0) from purchase b where b.pledge_id = p.id and b.state in ('proposed', 'approved')))`,
  },
  {
    name: "payments.to_buy",
    guarantees:
      "what was paid for and is not bought has its day, and whose day was past by a day when the clock last ran, its donor was told",
    examined: sql`select count(*) as examined from checkout c join pledge p on p.id = c.pledge_id join need_line l on l.id = p.line_id where c.state = 'paid' and l.kind = 'goods'`,
    violations: sql`
      select p.id::text as what from pledge p join need_line l on l.id = p.line_id and l.kind = 'goods'
      where p.state = 'paid'
        and p.quantity - p.given_back > (select coalesce(sum(b.quantity), 0) from purchase b where b.pledge_id = p.id and b.state in ('proposed', 'approved'))
        and not exists (
          select 1 from checkout c where c.pledge_id = p.id and c.state = 'paid' and c.buy_by is not null
            and (c.late_told_at is not null or c.buy_by >= coalesce((select last_ran_at from clock_lease where name = 'tellLateBuying') - interval '1 day', '-infinity')))`,
  },
];
