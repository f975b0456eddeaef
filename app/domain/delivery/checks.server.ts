import { sql } from "drizzle-orm";
import { type Check, ofLately, stepsOf, touchedSince } from "~/domain/kernel/checks";

const OUT = sql`('dispatched', 'failed_attempt', 'returning', 'handed_over', 'confirmed')`;
const remaining = sql`(i.quantity - i.delivered_quantity - i.returned_quantity - i.lost_quantity - i.disposed_quantity)`;

export const DELIVERY_CHECKS: readonly Check[] = [
  {
    name: "delivery.in_hub",
    guarantees: "the units received of every line are its lots at service points and with deliverers",
    examined: sql`select count(*) as examined from need_line`,
    violations: sql`
      select l.id::text as what from need_line l
      where l.in_hub <> coalesce((
        select sum(s.quantity) from lot t join lot_stock s on s.lot_id = t.id
        where t.line_id = l.id and (s.place like 'point:%' or s.place like 'courier:%')), 0)`,
  },
  {
    name: "delivery.delivered",
    guarantees:
      "the units delivered of every line are its goods with recipients, its accepted services, and of money what was spent",
    examined: sql`select count(*) as examined from need_line`,
    violations: sql`
      select l.id::text as what from need_line l
      left join (
        select t.line_id, sum(s.quantity) as units from lot_stock s join lot t on t.id = s.lot_id where s.place = 'recipient' group by t.line_id
      ) goods on goods.line_id = l.id
      left join (select line_id, sum(quantity) as units from service_visit where state = 'accepted' group by line_id) services on services.line_id = l.id
      left join (select line_id, sum(amount_fen) as units from spending where state = 'approved' group by line_id) money on money.line_id = l.id
      where l.delivered <> coalesce(goods.units, 0) + coalesce(services.units, 0) + coalesce(money.units, 0)`,
  },
  {
    name: "delivery.carried",
    guarantees:
      "every deliverer has of each lot exactly what their delivery still holds of it, and nothing once it ended",
    examined: sql`select count(*) as examined from delivery_item`,
    violations: sql`
      select d.code || ' of ' || t.label as what
      from delivery_item i join delivery d on d.id = i.delivery_id join lot t on t.id = i.lot_id
      left join lot_stock s on s.lot_id = i.lot_id and s.place = 'courier:' || d.id
      where coalesce(s.quantity, 0) <> case when d.state in ${OUT} then ${remaining} else 0 end
         or (d.state in ('returned', 'lost') and ${remaining} <> 0)`,
  },
  {
    name: "delivery.rest",
    guarantees:
      "a delivery that was handed over has a rest exactly while its deliverer still has something of it",
    examined: sql`select count(*) as examined from delivery where state in ('handed_over', 'confirmed')`,
    violations: sql`
      select d.code as what from delivery d
      where d.state in ('handed_over', 'confirmed')
        and d.has_rest <> exists (select 1 from delivery_item i where i.delivery_id = d.id and ${remaining} > 0)`,
  },
  {
    name: "delivery.packed_once",
    guarantees: "no unit that stands at a point is in two packed deliveries (R-021)",
    examined: sql`select count(*) as examined from delivery where state = 'packed'`,
    violations: sql`
      select t.label as what from lot t
      join (
        select i.lot_id, d.point_id, sum(i.quantity) as packed from delivery_item i join delivery d on d.id = i.delivery_id and d.state = 'packed' group by i.lot_id, d.point_id
      ) p on p.lot_id = t.id
      left join lot_stock s on s.lot_id = t.id and s.place = 'point:' || p.point_id
      where p.packed > coalesce(s.quantity, 0)`,
  },
  {
    name: "delivery.own_need",
    guarantees: "every item of a delivery is for a line of its own need, and for the household of that need",
    examined: sql`select count(*) as examined from delivery_item`,
    violations: sql`
      select d.code as what from delivery_item i join delivery d on d.id = i.delivery_id join need_line l on l.id = i.line_id join need n on n.id = d.need_id
      where l.need_id <> d.need_id or n.household_id is distinct from d.household_id`,
  },
  {
    name: "delivery.in_date",
    guarantees: "nothing past its date was packed (R-020)",
    examined: sql`select count(*) as examined from delivery_item i join lot t on t.id = i.lot_id where t.best_before is not null`,
    violations: sql`
      select d.code || ' of ' || t.label as what from delivery_item i join delivery d on d.id = i.delivery_id join lot t on t.id = i.lot_id
      where t.best_before < (d.created_at at time zone 'Asia/Shanghai')::date`,
  },
  {
    name: "delivery.proof",
    guarantees:
      "every delivery that was handed over has one handover with its proof, by the deliverer it was given to (R-022)",
    examined: sql`select count(*) as examined from delivery where state in ('handed_over', 'confirmed')`,
    violations: sql`
      select d.code as what from delivery d
      where d.state in ('handed_over', 'confirmed')
        and 1 <> (select count(*) from handover h where h.delivery_id = d.id and h.proof is not null and h.delivered_by = d.courier_id)`,
  },
  {
    name: "delivery.counted",
    guarantees: "what a delivery handed over is what its items say",
    examined: sql`select count(*) as examined from delivery_item`,
    violations: sql`
      select d.code || ' of ' || i.lot_id as what from delivery_item i join delivery d on d.id = i.delivery_id
      where i.delivered_quantity <> coalesce((select sum(m.quantity) from goods_move m where m.lot_id = i.lot_id and m.from_place = 'courier:' || d.id and m.to_kind = 'recipient'), 0)`,
  },
  {
    name: "delivery.eyes",
    guarantees:
      "no donor inspected or carried their own goods, nobody delivered against a secret that they showed, nobody proved alone a wish that they filed (R-022, R-024)",
    examined: sql`select (select count(*) from inspection) + (select count(*) from delivery) as examined`,
    violations: sql`
      select i.id::text as what from inspection i join parcel p on p.id = i.parcel_id left join pledge g on g.id = p.pledge_id left join offer o on o.id = p.offer_id
      where i.inspected_by = g.donor_id or i.inspected_by = o.donor_id
      union all
      select d.code from delivery d where d.secret_shown_by = d.courier_id
      union all
      select d.code from delivery d join delivery_item i on i.delivery_id = d.id join lot t on t.id = i.lot_id
      left join pledge g on g.id = t.pledge_id left join offer o on o.id = t.offer_id
      where d.courier_id = g.donor_id or d.courier_id = o.donor_id
      union all
      select d.code from handover h join delivery d on d.id = h.delivery_id join need n on n.id = d.need_id
      where h.proof is not null and h.delivered_by = n.filed_by and h.witnessed_by is null`,
  },
  {
    name: "delivery.inspected_once",
    guarantees:
      "every parcel was inspected at most once, wholly, and no more came of a promise than was promised",
    examined: sql`select count(*) as examined from parcel`,
    violations: sql`
      select p.id::text as what from parcel p left join inspection i on i.parcel_id = p.id
      where (p.inspected_at is null) <> (i.id is null) or (i.id is not null and i.accepted + i.refused <> p.counted)
      union all
      select g.id::text from pledge g
      where coalesce((select sum(i.accepted) from parcel p join inspection i on i.parcel_id = p.id where p.pledge_id = g.id), 0) > g.quantity`,
  },
  {
    name: "delivery.corrected",
    guarantees:
      "what was counted and accepted of every parcel is what was written first and the corrections of two people since, and only those leave nothing",
    examined: sql`select count(*) as examined from parcel`,
    violations: sql`
      select p.id::text as what from parcel p
      left join inspection i on i.parcel_id = p.id
      left join journal r on r.entity = 'parcel' and r.entity_id = p.id and r.event = 'parcel.receive'
      left join journal s on s.entity = 'parcel' and s.entity_id = p.id and s.event = 'parcel.inspect'
      cross join lateral (
        select coalesce(sum(c.shall - c.was), 0) as whole, coalesce(sum(c.shall - c.was) filter (where c.stage = 'inspected'), 0) as accepted
        from count_correction c where c.parcel_id = p.id and c.state = 'applied'
      ) corrected
      where p.counted <> (r.data ->> 'counted')::bigint + corrected.whole
         or (i.id is not null and i.accepted <> (s.data ->> 'accepted')::bigint + corrected.accepted)`,
  },
  {
    name: "delivery.correction_eyes",
    guarantees: "nobody decided a correction that they proposed, and no donor one of their own goods (R-024)",
    examined: sql`select count(*) as examined from count_correction`,
    violations: sql`
      select c.id::text as what from count_correction c join parcel p on p.id = c.parcel_id
      left join pledge g on g.id = p.pledge_id left join offer o on o.id = p.offer_id
      where c.decided_by = c.proposed_by or coalesce(g.donor_id, o.donor_id) in (c.proposed_by, c.decided_by)`,
  },
  {
    name: "delivery.moments",
    guarantees:
      "no step of a parcel, a delivery, a service or a recipient's word happened before the step before it (R-007)",
    examined: sql`select (select count(*) from parcel) + (select count(*) from delivery) + (select count(*) from service_visit) + (select count(*) from feedback) as examined`,
    violations: sql`
      select 'parcel ' || p.id as what from parcel p left join inspection i on i.parcel_id = p.id left join pledge g on g.id = p.pledge_id left join offer o on o.id = p.offer_id
      where p.occurred_at < coalesce(g.created_at, o.created_at) or i.occurred_at < p.occurred_at
      union all
      select 'delivery ' || d.code from delivery d where d.dispatched_at < d.created_at
        or exists (select 1 from handover h where h.delivery_id = d.id and h.occurred_at < d.dispatched_at)
        or exists (select 1 from handover h join handover f on f.delivery_id = h.delivery_id and f.outcome <> 'handed_over' where h.delivery_id = d.id and h.outcome = 'handed_over' and h.occurred_at < f.occurred_at)
      union all
      select 'service visit ' || v.id from service_visit v join pledge g on g.id = v.pledge_id where v.occurred_at < g.created_at
      union all
      select 'feedback ' || f.id from feedback f join handover h on h.delivery_id = f.delivery_id and h.outcome = 'handed_over' where f.occurred_at < h.occurred_at`,
  },
  {
    name: "delivery.moments_replayed",
    guarantees:
      "every moment of a parcel, a delivery, an attempt, a service, a recipient's word, a purchase and a spending is the one first written down, or that of its last correction",
    ...ofLately(
      (steps) => ({
        examined: sql`select count(*) as examined from ${steps} j where event in ('parcel.receive', 'parcel.inspect', 'delivery.dispatch', 'delivery.fail', 'delivery.turn_back', 'delivery.hand_over', 'service_visit.record', 'feedback.hear', 'purchase.record', 'spending.record')`,
        violations: sql`
      with told as (
        select 'counted' as step, p.id, p.occurred_at as at, 'parcel' as entity, 'parcel.receive' as event from parcel p
        union all select 'inspected', i.parcel_id, i.occurred_at, 'parcel', 'parcel.inspect' from inspection i
        union all select 'dispatched', d.id, d.dispatched_at, 'delivery', 'delivery.dispatch' from delivery d where d.dispatched_at is not null
        union all select 'handed_over', h.delivery_id, h.occurred_at, 'delivery', 'delivery.hand_over' from handover h where h.outcome = 'handed_over'
        union all select 'service_done', v.id, v.occurred_at, 'service_visit', 'service_visit.record' from service_visit v
        union all select 'heard', f.id, f.occurred_at, 'feedback', 'feedback.hear' from feedback f
        union all select 'bought', p.id, p.bought_on, 'purchase', 'purchase.record' from purchase p
        union all select 'spent', s.id, s.spent_on, 'spending', 'spending.record' from spending s
      ),
      attempts as (
        select h.id, h.delivery_id, h.occurred_at as at, row_number() over (partition by h.delivery_id order by h.created_at, h.id) as nth from handover h where h.outcome <> 'handed_over'
      ),
      -- All of them in one pass over the journal: asked for one by one, each is a page of its own.
      entry as (
        select distinct on (j.entity_id, j.event) j.entity_id, j.event, j.entity, j.occurred_at from ${steps} j
        where j.event in ('parcel.receive', 'parcel.inspect', 'delivery.dispatch', 'delivery.hand_over', 'service_visit.record', 'feedback.hear', 'purchase.record', 'spending.record')
        order by j.entity_id, j.event, j.entity_version desc
      ),
      failed as (
        select j.entity_id, j.occurred_at, row_number() over (partition by j.entity_id order by j.entity_version) as nth
        from ${steps} j where j.entity = 'delivery' and j.event in ('delivery.fail', 'delivery.turn_back')
      )
      select told.step || ' of ' || told.id as what from told
      join entry on entry.entity = told.entity and entry.entity_id = told.id and entry.event = told.event
      left join lateral (
        select (c.data ->> 'shall')::timestamptz as shall from journal c
        where c.entity = 'moment_correction' and c.data ->> 'of' = told.id::text and c.data ->> 'step' = told.step order by c.id desc limit 1
      ) last on true
      where told.at is distinct from coalesce(last.shall, entry.occurred_at)
      union all
      select 'attempted ' || attempts.id from attempts
      left join failed on failed.entity_id = attempts.delivery_id and failed.nth = attempts.nth
      left join lateral (
        select (c.data ->> 'shall')::timestamptz as shall from journal c
        where c.entity = 'moment_correction' and c.data ->> 'of' = attempts.id::text and c.data ->> 'step' = 'attempted' order by c.id desc limit 1
      ) last on true
      where attempts.at is distinct from coalesce(last.shall, failed.occurred_at)`,
      }),
      sql`journal`,
      (from) => stepsOf(touchedSince(from)),
    ),
  },
  {
    name: "delivery.awaited",
    guarantees: "services that wait for their recipient's word still stand promised",
    examined: sql`select count(*) as examined from service_visit where state = 'done'`,
    violations: sql`
      select g.id::text as what from pledge g join service_visit v on v.pledge_id = g.id and v.state = 'done'
      group by g.id having g.state <> 'confirmed' or sum(v.quantity) > g.quantity - g.settled - g.given_back`,
  },
  {
    name: "delivery.settled",
    guarantees: "what counts as arrived of every promise of goods was accepted at an inspection",
    examined: sql`select count(*) as examined from pledge g join need_line l on l.id = g.line_id and l.kind = 'goods' where g.settled > 0`,
    violations: sql`
      select g.id::text as what from pledge g join need_line l on l.id = g.line_id and l.kind = 'goods'
      where g.settled > coalesce((select sum(i.accepted) from parcel p join inspection i on i.parcel_id = p.id where p.pledge_id = g.id), 0)`,
  },
];
