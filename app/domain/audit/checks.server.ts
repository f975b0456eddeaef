import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";
import { IS_ROLE_CHANGE } from "~db/schema/journal";

/** What the trail of use must have: since it began, and well within the time that it is kept. */
const WATCHED = sql`
  (select id, recorded_at from journal where ${IS_ROLE_CHANGE}
   union all
   select j.id, j.recorded_at from record_opening o join journal j on j.entity = 'record_opening' and j.entity_id = o.id) as watched
  where recorded_at >= (select min(at) from portal_use) and recorded_at > (select max(at) from portal_use) - interval '170 days'`;

export const AUDIT_CHECKS: readonly Check[] = [
  {
    name: "audit.trail",
    guarantees: "every opening of a record and every change of a role stands in the trail of use (R-042)",
    examined: sql`select count(*) as examined from ${WATCHED}`,
    violations: sql`select id::text as what from ${WATCHED} and not exists (select 1 from portal_use u where u.journal_id = watched.id)`,
  },
];
