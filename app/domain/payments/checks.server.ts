import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const PAYMENTS_CHECKS: readonly Check[] = [
  {
    name: "payments.booked",
    guarantees: "every paid checkout has its one entry of the same amount in the money book",
    examined: sql`select count(*) as examined from checkout where state = 'paid'`,
    violations: sql`
      select c.id::text as what from checkout c
      where c.state = 'paid' and 1 <> (
        select count(*) from money_entry e join money_transfer t on t.entry_id = e.id and t.half = 'where' and t.amount_fen = c.amount_fen
        where e.kind = 'receive' and e.source_type = 'payment_intent' and e.source_id = c.payment_intent_id)`,
  },
  {
    name: "payments.sourced",
    guarantees: "every receipt in the money book comes from a paid checkout",
    examined: sql`select count(*) as examined from money_entry where kind = 'receive'`,
    violations: sql`select e.source_id as what from money_entry e where e.kind = 'receive' and not exists (select 1 from checkout c where c.payment_intent_id = e.source_id and c.state = 'paid')`,
  },
  {
    name: "payments.spent",
    guarantees: "nothing is spent but what was bound for the same purchase, and approved by another person (I12, I21)",
    examined: sql`select count(*) as examined from purchase`,
    violations: sql`
      select p.code as what from purchase p
      where p.decided_by = p.recorded_by
         or (p.state = 'approved') <> exists (select 1 from money_entry e where e.kind = 'spend' and e.source_type = 'purchase' and e.source_id = p.id::text)
         or not exists (select 1 from money_entry e where e.kind = 'commit' and e.source_type = 'purchase' and e.source_id = p.id::text)`,
  },
];
