import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const SCREENING_CHECKS: readonly Check[] = [
  {
    name: "push.rarely",
    guarantees: "no household is told of the same item twice within the days that were in force (R-034)",
    examined: sql`select count(*) as examined from push`,
    violations: sql`
      select id::text as what from (
        select id, created_at, lag(created_at) over (partition by household_id, item_code order by created_at, id) as before from push
      ) p
      where before is not null and before > created_at - make_interval(days => (
        select value::int from setting where key = 'pushEveryDays' and valid_from <= p.created_at order by valid_from desc limit 1))`,
  },
  {
    name: "push.consent",
    guarantees:
      "no message was sent to a household that had not agreed to be told so, as far as was recorded when it was sent (R-034)",
    examined: sql`select count(*) as examined from push where sent_at is not null`,
    violations: sql`
      select p.id::text as what from push p
      where p.sent_at is not null
        and not exists (select 1 from consent c where c.household_id = p.household_id and c.scope = 'contact' and c.given_at <= p.sent_at 
          and not exists (select 1 from journal j where j.entity = 'consent' and j.entity_id = c.id and j.event = 'consent.withdraw' and j.recorded_at < p.sent_at))`,
  },
  {
    name: "facts.erased",
    guarantees: "of an erased household no screening facts are left, nor of a group that has none",
    examined: sql`select count(*) as examined from household where erased_at is not null or kind = 'group'`,
    violations: sql`
      select h.code as what from household h join household_facts f on f.household_id = h.id
      where h.erased_at is not null or h.kind = 'group'`,
  },
  {
    name: "facts.size",
    guarantees: "where everybody of a household is listed, its size is the number of those listed",
    examined: sql`select count(*) as examined from household_facts where members_complete`,
    violations: sql`
      select h.code as what from household_facts f join household h on h.id = f.household_id
      cross join lateral (select count(*) as people from household_member m where m.household_id = f.household_id) known
      where f.members_complete and f.household_size_min is not null
        and (f.household_size_min <> known.people or f.household_size_max <> known.people)`,
  },
  {
    name: "needs.entitlements",
    guarantees:
      "every wish that was verified was checked for entitlements first, and a gap has its reason (R-033)",
    examined: sql`select count(*) as examined from need where kind = 'wish' and verified_by is not null`,
    violations: sql`
      select code as what from need
      where kind = 'wish' and verified_by is not null
        and (entitlements_checked_by is null or (entitlement_gap is not null and coalesce(entitlement_gap->>'reason', '') = ''))`,
  },
  {
    name: "handover.gone",
    guarantees: "answers of the finder are destroyed within a day after their time",
    examined: sql`select count(*) as examined from finder_handover`,
    violations: sql`select id::text as what from finder_handover where answers_sealed is not null and expires_at < now() - interval '1 day'`,
  },
];
