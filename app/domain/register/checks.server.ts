import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

const ENTRIES = sql`(
  select 'registration' as kind, id, state, entered_by, decided_by from registration
  union all select 'fundraising_certificate', id, state, entered_by, decided_by from fundraising_certificate
  union all select 'filing', id, state, entered_by, decided_by from filing
  union all select 'charity_account', id, state, entered_by, decided_by from charity_account
)`;

export const ORGANISATIONS_CHECKS: readonly Check[] = [
  {
    name: "organisations.four_eyes",
    guarantees:
      "what the register counts was entered by one person and approved by another, by the row and by the journal, or came with set-up (R-025)",
    examined: sql`select count(*) as examined from ${ENTRIES} entries`,
    violations: sql`
      select e.kind || ' ' || e.id as what from ${ENTRIES} e
      left join journal enter on enter.entity = e.kind and enter.entity_id = e.id and enter.event = e.kind || '.enter'
      left join journal decide on decide.entity = e.kind and decide.entity_id = e.id and decide.event in (e.kind || '.approve', e.kind || '.reject')
      where e.decided_by = e.entered_by or decide.actor_id = enter.actor_id
         or e.entered_by is distinct from enter.actor_id or e.decided_by is distinct from decide.actor_id
         or (e.state in ('approved', 'ended') and e.entered_by is not null and decide.event is distinct from e.kind || '.approve')`,
  },
  {
    name: "organisations.accounts",
    guarantees: "no account is two charities'",
    examined: sql`select count(*) as examined from charity_account`,
    violations: sql`
      select stripe_account_id as what from charity_account where state in ('approved', 'ended') group by stripe_account_id having count(distinct charity_id) > 1`,
  },
  {
    name: "organisations.verified",
    guarantees: "every verified organisation has a registration that was approved",
    examined: sql`select count(*) as examined from organisation`,
    violations: sql`
      select o.id::text as what from organisation o
      where o.state = 'verified' and not exists (select 1 from registration r where r.organisation_id = o.id and r.state in ('approved', 'ended'))`,
  },
];
