import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

/** The sum of the moves of every lot in and out of every place. */
const moved = sql`
  select lot_id, place, sum(units) as quantity from (
    select lot_id, to_place as place, quantity as units from goods_move
    union all
    select lot_id, from_place, -quantity from goods_move
  ) steps group by lot_id, place`;

export const GOODS_CHECKS: readonly Check[] = [
  {
    name: "goods.stock",
    guarantees:
      "what stands of a lot in each place is the sum of its moves, and never less than nothing (R-002)",
    examined: sql`select count(*) as examined from lot_stock`,
    violations: sql`
      select coalesce(m.lot_id, s.lot_id) || ' at ' || coalesce(m.place, s.place) as what
      from (select * from (${moved}) all_places where place not in ('donor', 'supplier') and not (place = 'split' and quantity < 0)) m
      full join lot_stock s on s.lot_id = m.lot_id and s.place = m.place
      where coalesce(m.quantity, 0) <> coalesce(s.quantity, 0) or m.quantity < 0`,
  },
  {
    name: "goods.whole",
    guarantees: "every unit of every lot is somewhere (R-002)",
    examined: sql`select count(*) as examined from lot`,
    violations: sql`select label as what from lot l where l.quantity <> coalesce((select sum(quantity) from lot_stock s where s.lot_id = l.id), 0)`,
  },
  {
    name: "goods.origin",
    guarantees:
      "every lot came whole, less what a correction gave back, from a donor, from a supplier where it was bought, or parted from another lot",
    examined: sql`select count(*) as examined from lot`,
    violations: sql`
      select l.label as what from lot l
      join inspection i on i.id = l.inspection_id join parcel p on p.id = i.parcel_id
      cross join lateral (select case when l.split_from is not null then 'split' when p.purchase_id is not null then 'supplier' else 'donor' end as kind) origin
      where l.quantity <> coalesce((select sum(m.quantity) from goods_move m where m.lot_id = l.id and m.from_kind = origin.kind), 0)
        - case when origin.kind = 'split' then 0 else coalesce((select sum(m.quantity) from goods_move m where m.lot_id = l.id and m.to_kind = origin.kind), 0) end`,
  },
  {
    name: "goods.split",
    guarantees: "what parted from a lot is the lots that name it",
    examined: sql`select count(*) as examined from lot where split_from is not null`,
    violations: sql`
      select l.label as what from lot l
      left join (select lot_id, sum(quantity) as units from lot_stock where place = 'split' group by lot_id) gone on gone.lot_id = l.id
      left join (select split_from, sum(quantity) as units from lot where split_from is not null group by split_from) parted on parted.split_from = l.id
      where coalesce(gone.units, 0) <> coalesce(parted.units, 0)`,
  },
  {
    name: "goods.accepted",
    guarantees: "the accepted units of every inspection are one lot, and nothing refused is in the book",
    examined: sql`select count(*) as examined from inspection`,
    violations: sql`
      select i.id::text as what from inspection i
      where i.accepted <> coalesce((select sum(l.quantity) from lot l where l.inspection_id = i.id and l.split_from is null), 0)`,
  },
  {
    name: "goods.corrected",
    guarantees:
      "goods go back to where they came from only by an approved correction, of as many units as it says, and every such correction is in the book",
    examined: sql`select count(*) as examined from count_correction where state = 'applied'`,
    violations: sql`
      select coalesce(c.id, m.source_id)::text as what
      from (select id, shall - was as units from count_correction where state = 'applied' and stage = 'inspected') c
      full join (
        select source_id, sum(case when to_kind = 'point' then quantity else -quantity end) as units from goods_move
        where source_type = 'count_correction' or to_kind in ('donor', 'supplier') group by source_id
      ) m on m.source_id = c.id
      where m.units is distinct from c.units`,
  },
  {
    name: "goods.frozen",
    guarantees: "value, basis and date of every lot are those that its inspection wrote down (R-019)",
    examined: sql`select count(*) as examined from lot`,
    violations: sql`
      select l.label as what from lot l
      join inspection i on i.id = l.inspection_id
      join journal j on j.entity = 'parcel' and j.entity_id = i.parcel_id and j.event = 'parcel.inspect'
      where (j.data ->> 'unitValueFen')::bigint is distinct from l.unit_value_fen
         or j.data ->> 'valueBasis' is distinct from l.value_basis
         or (j.data ->> 'bestBefore')::date is distinct from l.best_before`,
  },
  {
    name: "goods.points",
    guarantees:
      "every place of the goods book exists: a service point of ours, or a delivery that a named person carries",
    examined: sql`select count(*) as examined from goods_move`,
    violations: sql`
      with places as (select to_place as place from goods_move union select from_place from goods_move)
      select place as what from places where place like 'point:%' and not exists (select 1 from service_point p where 'point:' || p.id = place)
      union all
      select place from places where place like 'courier:%' and not exists (select 1 from delivery d where 'courier:' || d.id = place and d.courier_id is not null)`,
  },
];
