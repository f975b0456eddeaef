import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const REFERRAL_CHECKS: readonly Check[] = [
  {
    name: "referral.lead",
    guarantees: "every referral has exactly one leading department (R-040)",
    examined: sql`select count(*) as examined from referral`,
    violations: sql`
      select r.code as what from referral r
      where (select count(*) from referral_owner o where o.referral_id = r.id and o.is_lead and o.removed_at is null) <> 1`,
  },
  {
    name: "referral.clock",
    guarantees: "no open referral is without a day on which the next word is due (R-036)",
    examined: sql`select count(*) as examined from referral where state not in ('got_help', 'not_helped')`,
    violations: sql`select code as what from referral where state not in ('got_help', 'not_helped') and due_at is null`,
  },
  {
    name: "referral.escalated",
    guarantees:
      "no referral is brought before the reviewer twice in one stay in a state, and none before it was overdue",
    examined: sql`select count(*) as examined from journal where entity = 'referral' and event = 'referral.escalate'`,
    violations: sql`
      select e.entity_id::text as what from journal e
      join journal f on f.entity = 'referral' and f.entity_id = e.entity_id and f.event = e.event and f.entity_version > e.entity_version
      where e.entity = 'referral' and e.event = 'referral.escalate' and not exists (
        select 1 from journal s
        where s.entity = 'referral' and s.entity_id = e.entity_id and s.entity_version between e.entity_version and f.entity_version
          and (s.from_state <> s.to_state or s.event = 'referral.look_again'))
      union all
      select code from referral where escalated_at < due_at`,
  },
  {
    name: "referral.followUp",
    guarantees: "for every household that a referral did not help there is a follow-up (R-040)",
    examined: sql`select count(*) as examined from referral where state = 'not_helped'`,
    violations: sql`
      select r.code as what from referral r left join follow_up f on f.referral_id = r.id and f.household_id = r.household_id
      where (r.state = 'not_helped') <> (f.id is not null)`,
  },
  {
    name: "referral.consent",
    guarantees:
      "no referral was sent unless the household's consent to share was on record at that moment (R-034)",
    examined: sql`select count(*) as examined from journal s join referral r on r.id = s.entity_id where s.entity = 'referral' and s.to_state = 'sent' and s.from_state <> 'sent'`,
    violations: sql`
      select r.code as what from journal s join referral r on r.id = s.entity_id
      where s.entity = 'referral' and s.to_state = 'sent' and s.from_state <> 'sent' and not exists (
        select 1 from consent c
        where c.household_id = r.household_id and c.scope = 'share'
          and exists (select 1 from journal g where g.entity = 'consent' and g.entity_id = c.id and g.event = 'consent.give' and g.recorded_at <= s.recorded_at)
          and not exists (select 1 from journal w where w.entity = 'consent' and w.entity_id = c.id and w.event = 'consent.withdraw' and w.recorded_at < s.recorded_at))`,
  },
];
