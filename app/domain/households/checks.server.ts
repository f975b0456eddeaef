import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const HOUSEHOLDS_CHECKS: readonly Check[] = [
  {
    name: "households.openings",
    guarantees: "every opening of a record is in the journal, and every one in the journal is an opening (I28)",
    examined: sql`select count(*) as examined from record_opening`,
    violations: sql`
      select o.id::text as what from record_opening o where not exists (select 1 from journal j where j.entity = 'record_opening' and j.entity_id = o.id)
      union all
      select j.entity_id::text from journal j where j.entity = 'record_opening' and not exists (select 1 from record_opening o where o.id = j.entity_id)`,
  },
  {
    name: "households.sealed",
    guarantees: "every stored personal value is sealed",
    examined: sql`select count(*) as examined from household where erased_at is null`,
    violations: sql`
      select code as what from household
      where (contact_sealed is not null and contact_sealed not like 'v1:%') or (circumstances_sealed is not null and circumstances_sealed not like 'v1:%') or (identity_sealed is not null and identity_sealed not like 'v1:%')`,
  },
];
