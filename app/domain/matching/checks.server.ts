import { sql } from "drizzle-orm";
import { type Check, TOLD_UNTIL } from "~/domain/kernel/checks";

export const MATCHING_CHECKS: readonly Check[] = [
  {
    name: "matching.reserved",
    guarantees: "what is kept of every lot is what is proposed of it, at the point where it stands (R-023)",
    examined: sql`select count(*) as examined from lot_stock`,
    violations: sql`
      select t.label || ' at ' || s.place as what from lot_stock s join lot t on t.id = s.lot_id
      where s.reserved <> case when s.place = 'point:' || t.point_id
        then coalesce((select sum(a.quantity) from allocation a where a.lot_id = s.lot_id and a.state = 'proposed'), 0) else 0 end
      union all
      select a.id::text from allocation a
      where a.state = 'proposed' and not exists (select 1 from lot_stock s join lot t on t.id = s.lot_id where s.lot_id = a.lot_id and s.place = 'point:' || t.point_id)`,
  },
  {
    name: "matching.unmatched",
    guarantees: "only lots that belong to no line are proposed to one, of the same kind",
    examined: sql`select count(*) as examined from allocation where state = 'proposed'`,
    violations: sql`
      select a.id::text as what from allocation a join lot t on t.id = a.lot_id join need_line l on l.id = a.line_id
      where a.state = 'proposed' and (t.line_id is not null or l.object_kind is distinct from t.object_kind)`,
  },
  {
    name: "matching.applied",
    guarantees:
      "every approved proposal moved its units to its line once, and nothing else did so in its name (R-023)",
    examined: sql`select count(*) as examined from allocation where state = 'applied'`,
    violations: sql`
      select a.id::text as what from allocation a
      left join journal j on j.entity = 'allocation' and j.entity_id = a.id and j.bucket_to = 'in_hub'
      where (a.state = 'applied') <> (j.id is not null) or (j.id is not null and (j.line_id, j.quantity) is distinct from (a.line_id, a.quantity))`,
  },
  {
    name: "matching.clock",
    guarantees: "no proposal outlives its clock by more than an hour (R-011)",
    examined: sql`select count(*) as examined from allocation where state = 'proposed'`,
    violations: sql`
      select id::text as what from allocation
      where state = 'proposed' and expires_at < ${TOLD_UNTIL} - interval '1 hour'`,
  },
  {
    name: "matching.eyes",
    guarantees:
      "nobody decided what they proposed, or proposed or decided what becomes of their own goods (R-024)",
    examined: sql`select count(*) as examined from allocation`,
    violations: sql`
      select a.id::text as what from allocation a join lot t on t.id = a.lot_id
      left join offer o on o.id = t.offer_id left join pledge p on p.id = t.pledge_id
      where a.decided_by = a.proposed_by or coalesce(o.donor_id, p.donor_id) in (a.proposed_by, a.decided_by)`,
  },
  {
    name: "matching.offers",
    guarantees:
      "what arrived of every offer is what its parcels counted, at the point that it was accepted to",
    examined: sql`select count(*) as examined from offer`,
    violations: sql`
      select o.code as what from offer o
      where o.arrived <> coalesce((select sum(p.counted) from parcel p where p.offer_id = o.id), 0)
         or exists (select 1 from parcel p where p.offer_id = o.id and p.point_id is distinct from o.point_id)`,
  },
];
