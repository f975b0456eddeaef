import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

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
    guarantees: "the units delivered of every line are its goods with recipients and its accepted services",
    examined: sql`select count(*) as examined from need_line`,
    violations: sql`
      select l.id::text as what from need_line l
      where l.delivered <> coalesce((select sum(s.quantity) from lot t join lot_stock s on s.lot_id = t.id where t.line_id = l.id and s.place = 'recipient'), 0)
        + coalesce((select sum(v.quantity) from service_visit v where v.line_id = l.id and v.state = 'accepted'), 0)`,
  },
  {
    name: "delivery.once",
    guarantees: "no unit of a lot is packed in two live deliveries (I18)",
    examined: sql`select count(*) as examined from delivery_item`,
    violations: sql`
      select t.label as what from lot t
      where coalesce((
        select sum(i.quantity - i.delivered_quantity - i.returned_quantity - i.lost_quantity)
        from delivery_item i join delivery d on d.id = i.delivery_id
        where i.lot_id = t.id and d.state in ('packed', 'dispatched', 'failed_attempt')), 0)
        > coalesce((select sum(s.quantity) from lot_stock s where s.lot_id = t.id and (s.place like 'point:%' or s.place like 'courier:%')), 0)`,
  },
  {
    name: "delivery.proof",
    guarantees: "every delivery that was handed over has a proof, and who showed the secret did not deliver it",
    examined: sql`select count(*) as examined from delivery where state in ('handed_over', 'confirmed')`,
    violations: sql`
      select d.code as what from delivery d
      where (d.state in ('handed_over', 'confirmed') and not exists (select 1 from handover h where h.delivery_id = d.id and h.proof is not null))
         or d.secret_shown_by = d.courier_id`,
  },
  {
    name: "delivery.inspected",
    guarantees: "no donor inspected their own goods (I21)",
    examined: sql`select count(*) as examined from inspection`,
    violations: sql`
      select i.id::text as what from inspection i join parcel p on p.id = i.parcel_id join pledge g on g.id = p.pledge_id
      where i.inspected_by = g.donor_id`,
  },
];
