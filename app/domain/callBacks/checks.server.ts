import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const CALL_BACK_CHECKS: readonly Check[] = [
  {
    name: "callBacks.sealed",
    guarantees: "who asked to be called back, and what both said, is sealed (R-045)",
    examined: sql`select count(*) as examined from call_back`,
    violations: sql`
      select code as what from call_back where asked_sealed not like 'v1:%' or said_sealed not like 'v1:%'`,
  },
  {
    name: "callBacks.clock",
    guarantees:
      "a call-back that was a day past its hour when the clock last ran was brought before the admins (R-036)",
    examined: sql`select count(*) as examined from call_back where due_at is not null`,
    violations: sql`
      select code as what from call_back
      where due_at is not null and escalated_at is null
        and due_at < (select last_ran_at from clock_lease where name = 'escalateCallBacks') - interval '1 day'`,
  },
  {
    name: "callBacks.opened",
    guarantees: "whoever answers a call-back has opened it, which is in the journal (R-031)",
    examined: sql`select count(*) as examined from call_back where opened_by is not null`,
    violations: sql`
      select c.code as what from call_back c
      where c.opened_by is not null and not exists (
        select 1 from journal j
        where j.entity = 'call_back' and j.entity_id = c.id and j.event = 'call_back.open' and j.actor_id = c.opened_by)`,
  },
];
