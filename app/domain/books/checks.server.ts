import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

const balance = (purpose: string) => sql`
  coalesce((select sum(amount_fen) from money_transfer where to_account = 'fund:' || f.id || ':' || ${purpose}), 0)
  - coalesce((select sum(amount_fen) from money_transfer where from_account = 'fund:' || f.id || ':' || ${purpose}), 0)`;

export const BOOKS_CHECKS: readonly Check[] = [
  {
    name: "books.halves",
    guarantees: "both halves of an entry have the same amount (I1)",
    examined: sql`select count(*) as examined from money_entry`,
    violations: sql`
      select e.id::text as what from money_entry e
      left join money_transfer a on a.entry_id = e.id and a.half = 'what_for'
      left join money_transfer b on b.entry_id = e.id and b.half = 'where'
      where a.entry_id is null or (b.entry_id is not null and a.amount_fen <> b.amount_fen) or (b.entry_id is null and e.kind not in ('commit', 'uncommit', 'reverse'))`,
  },
  {
    name: "books.funds",
    guarantees: "the stored free and bound money of every fund are the sums of its entries",
    examined: sql`select count(*) as examined from programme`,
    violations: sql`select f.filing_number as what from programme f where f.available_fen <> ${balance("available")} or f.committed_fen <> ${balance("committed")}`,
  },
  {
    name: "books.received",
    guarantees: "received = available + committed + spent + refunded, for every fund (I6)",
    examined: sql`select count(*) as examined from programme`,
    violations: sql`select f.filing_number as what from programme f where -(${balance("received")}) <> (${balance("available")}) + (${balance("committed")}) + (${balance("spent")}) + (${balance("refunded")})`,
  },
  {
    name: "books.cash",
    guarantees: "the cash of every charity is what its funds have free and bound (I1)",
    examined: sql`select count(*) as examined from charity`,
    violations: sql`
      select c.slug as what from charity c
      where coalesce((select sum(amount_fen) from money_transfer where to_account = 'cash:' || c.id), 0) - coalesce((select sum(amount_fen) from money_transfer where from_account = 'cash:' || c.id), 0)
        <> coalesce((select sum(available_fen + committed_fen) from programme where charity_id = c.id), 0)`,
  },
];
