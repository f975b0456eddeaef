import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const HOUSEHOLDS_CHECKS: readonly Check[] = [
  {
    name: "households.openings",
    guarantees:
      "every opening of a record is in the journal, and every one in the journal is an opening (R-031)",
    examined: sql`select count(*) as examined from record_opening`,
    violations: sql`
      select o.id::text as what from record_opening o where not exists (select 1 from journal j where j.entity = 'record_opening' and j.entity_id = o.id)
      union all
      select j.entity_id::text from journal j where j.entity = 'record_opening' and not exists (select 1 from record_opening o where o.id = j.entity_id)`,
  },
  {
    name: "households.sealed",
    guarantees: "every stored personal value is sealed (R-032)",
    examined: sql`select count(*) as examined from household where erased_at is null`,
    violations: sql`
      select code as what from household
      where (contact_sealed is not null and contact_sealed not like 'v1:%') or (circumstances_sealed is not null and circumstances_sealed not like 'v1:%') or (identity_sealed is not null and identity_sealed not like 'v1:%')
      union all
      select code from need_draft where form_sealed not like 'v1:%'
      union all
      select id::text from recipient_request where words_sealed not like 'v1:%' or answer_sealed not like 'v1:%'`,
  },
  {
    name: "households.erased",
    guarantees:
      "of an erased household nothing lives on: no key, no wish on its way, no public page, no consent, no open request (R-032)",
    examined: sql`select count(*) as examined from household where erased_at is not null`,
    violations: sql`
      select h.code as what from household h
      where h.erased_at is not null
        and (h.data_key_wrapped is not null
             or exists (select 1 from need n where n.household_id = h.id and n.state in ('draft', 'returned', 'submitted', 'verified', 'published', 'suspended'))
             or exists (select 1 from public_need p join need n on n.id = p.need_id where n.household_id = h.id)
             or exists (select 1 from consent c where c.household_id = h.id and c.withdrawn_at is null)
             or exists (select 1 from recipient_request r where r.household_id = h.id and r.state = 'open'))`,
  },
  {
    name: "households.request_clock",
    guarantees:
      "what a recipient asked for and nobody has done has its day, and what was a day past it when the clock last ran was brought before the admins (R-036)",
    examined: sql`select count(*) as examined from recipient_request where state = 'open'`,
    violations: sql`
      select id::text as what from recipient_request
      where state = 'open'
        and (due_at is null or escalated_at is null and due_at < (select last_ran_at from clock_lease where name = 'escalateRequests') - interval '1 day')`,
  },
  {
    name: "households.request_moments",
    guarantees:
      "when a recipient asked for something is the moment first written down, or that of its last correction",
    examined: sql`select count(*) as examined from recipient_request`,
    violations: sql`
      select r.id::text as what from recipient_request r
      join journal entry on entry.entity = 'recipient_request' and entry.entity_id = r.id and entry.entity_version = 1
      left join lateral (
        select (c.data ->> 'shall')::timestamptz as shall from journal c
        where c.entity = 'moment_correction' and c.data ->> 'entry' = entry.id::text order by c.id desc limit 1
      ) last on true
      where r.occurred_at is distinct from coalesce(last.shall, entry.occurred_at)`,
  },
];
