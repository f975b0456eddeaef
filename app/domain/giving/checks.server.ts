import { sql } from "drizzle-orm";
import { type Check, TOLD_UNTIL } from "~/domain/kernel/checks";

export const GIVING_CHECKS: readonly Check[] = [
  {
    name: "giving.held",
    guarantees:
      "the units held of every line are the live promises, running payments and proposals for it (R-010)",
    examined: sql`select count(*) as examined from pledge`,
    violations: sql`
      select l.id::text as what from need_line l
      where l.held <> coalesce((select sum(p.quantity - p.given_back) from pledge p where p.line_id = l.id and p.state in ('promised', 'paying')), 0)
        + coalesce((select sum(a.quantity) from allocation a where a.line_id = l.id and a.state = 'proposed'), 0)`,
  },
  {
    name: "giving.pledged",
    guarantees:
      "the units pledged of every line are what still stands of confirmed and paid promises (R-010)",
    examined: sql`select count(*) as examined from pledge`,
    violations: sql`
      select l.id::text as what from need_line l
      where l.pledged <> coalesce((select sum(p.quantity - p.settled - p.given_back) from pledge p where p.line_id = l.id and p.state in ('confirmed', 'paid')), 0)`,
  },
  {
    name: "giving.ended",
    guarantees: "nothing stands of a promise that ended",
    examined: sql`select count(*) as examined from pledge where state in ('released', 'cancelled', 'revoked', 'expired', 'failed')`,
    violations: sql`select id::text as what from pledge where state in ('released', 'cancelled', 'revoked', 'expired', 'failed') and settled + given_back <> quantity`,
  },
  {
    name: "giving.clock",
    guarantees: "no hold outlives its clock by more than an hour (R-011)",
    examined: sql`select count(*) as examined from pledge where state in ('promised', 'paying')`,
    violations: sql`
      select id::text as what from pledge
      where state in ('promised', 'paying') and hold_until < ${TOLD_UNTIL} - interval '1 hour'`,
  },
  {
    name: "giving.joint_days",
    guarantees:
      "nobody agreed to their own joint day, and what is to come with an agreed one is not due before it",
    examined: sql`select count(*) as examined from joint_day`,
    violations: sql`
      select d.id::text as what from joint_day d
      where d.agreed_by = d.proposed_by
         or d.state = 'agreed' and exists (
           select 1 from pledge p
           where p.gift_id = d.gift_id and p.kind = 'goods' and p.state = 'confirmed' and p.quantity > p.settled + p.given_back
             and p.due_at < (d.day::text || 'T23:59:59+08:00')::timestamptz)`,
  },
  {
    name: "giving.collections",
    guarantees:
      "no collection waits past its day for more than two, and no address is kept of one that ended",
    examined: sql`select count(*) as examined from collection`,
    violations: sql`
      select id::text as what from collection
      where state = 'asked' and day < (${TOLD_UNTIL} at time zone 'Asia/Shanghai')::date - 2
         or (state in ('asked', 'missed')) <> (where_sealed is not null)`,
  },
  {
    name: "giving.awaited_offers",
    guarantees: "every accepted offer has a point and a day, and none is awaited for ever",
    examined: sql`select count(*) as examined from offer where state = 'accepted'`,
    violations: sql`
      select code as what from offer
      where state = 'accepted' and (point_id is null or due_at is null
        or due_at < ${TOLD_UNTIL} - (select max(value::int) from setting where key = 'revokeDaysAfterDue') * interval '1 day' - interval '1 day')`,
  },
  {
    name: "giving.shown_names",
    guarantees: "whoever chose a name is shown by it, and a kind person by none (R-013)",
    examined: sql`select count(*) as examined from gift where display_choice is not null`,
    violations: sql`
      select code as what from gift
      where display_choice is not null
        and ((display_choice = 'kind_person') <> (display_name is null) or display_name is not null and (btrim(display_name) = '' or display_name like '%@%'))`,
  },
  {
    name: "giving.declared",
    guarantees: "every donor of a confirmed gift to a wish declared to be no relative (R-012)",
    examined: sql`select count(*) as examined from gift where confirmed_at is not null`,
    violations: sql`
      select code as what from gift g
      where confirmed_at is not null and not_relative_declared_at is null and exists (select 1 from pledge p where p.gift_id = g.id)`,
  },
];
