import { sql } from "drizzle-orm";
import { type Check, TOLD_UNTIL } from "~/domain/kernel/checks";

/**
 * The house's latest moment: of now and the journal the later, since a rehearsed history may run ahead of the
 * clock.
 */
const latest = sql`greatest(now(), ${TOLD_UNTIL})`;

export const DESK_CHECKS: readonly Check[] = [
  {
    name: "lists.rules.eyes",
    guarantees:
      "nobody approved a rule of which they wrote any part, and every written rule in force was approved (R-024)",
    examined: sql`select count(*) as examined from list_rule where state = 'approved'`,
    violations: sql`
      select r.item_code || ' edition ' || r.edition as what from list_rule r
      where r.state = 'approved' and (
        r.approved_by = r.drafted_by
        or exists (select 1 from journal j where j.entity = 'list_rule' and j.entity_id = r.id and j.event in ('list_rule.start', 'list_rule.edit') and j.actor_id = r.approved_by)
        or (r.drafted_by is not null and r.approved_by is null and not (r.kind = 'ask' and r.edition = 1)))`,
  },
  {
    name: "lists.values.eyes",
    guarantees: "every proposed value in force was approved by another person (R-024)",
    examined: sql`select count(*) as examined from list_parameter where state = 'approved'`,
    violations: sql`
      select code || ' from ' || valid_from as what from list_parameter
      where state = 'approved' and proposed_by is not null and (approved_by is null or approved_by = proposed_by)`,
  },
  {
    name: "lists.rules.in_force",
    guarantees: "every published item has exactly one edition of its rule in force (R-038)",
    examined: sql`select count(*) as examined from list_item where state = 'published'`,
    violations: sql`
      select i.code || ' has ' || count(r.id) as what from list_item i
      left join list_rule r on r.item_code = i.code and r.state = 'approved' and (r.effective_from, r.edition) = (
        select s.effective_from, s.edition from list_rule s
        where s.item_code = i.code and s.state = 'approved' and s.effective_from <= ${latest}
        order by s.effective_from desc, s.edition desc limit 1)
      where i.state = 'published' group by i.code having count(r.id) <> 1`,
  },
  {
    name: "lists.finder.taken_in",
    guarantees:
      "an item that was imported is in the finder only once somebody of the city took it in (R-039)",
    examined: sql`select count(distinct entity_id) as examined from journal where entity = 'list_item' and event = 'list_item.import'`,
    violations: sql`
      select i.code as what from list_item i
      where i.in_finder
        and exists (select 1 from journal j where j.entity = 'list_item' and j.entity_id = i.id and j.event = 'list_item.import')
        and not exists (select 1 from journal j where j.entity = 'list_item' and j.entity_id = i.id and j.event = 'list_item.take_in')`,
  },
  {
    name: "lists.rules.cases",
    guarantees: "every approved rule has a case book (R-038)",
    examined: sql`select count(*) as examined from list_rule where state = 'approved' and kind = 'rule'`,
    violations: sql`
      select item_code || ' edition ' || edition as what from list_rule
      where state = 'approved' and kind = 'rule' and jsonb_array_length(cases) = 0`,
  },
];
