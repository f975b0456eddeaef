import { sql } from "drizzle-orm";
import type { Check } from "~/domain/kernel/checks";

export const IMPORTS_CHECKS: readonly Check[] = [
  {
    name: "imports.jobs",
    guarantees:
      "each import counts what became of its rows, each wish comes of one row, nothing of a file is kept once the import has ended, and none lies untouched while clocks run",
    examined: sql`select count(*) as examined from import_job`,
    violations: sql`
      select j.id::text || ' counts ' || concat_ws('/', j.total, j.made, j.skipped, j.refused) || ', its rows are ' || concat_ws('/', r.total, r.made, r.skipped, r.refused) as what
      from import_job j
      cross join lateral (
        select count(*) as total, count(*) filter (where outcome = 'made') as made, count(*) filter (where outcome = 'skipped') as skipped,
               count(*) filter (where outcome = 'refused') as refused, count(*) filter (where outcome = 'waiting') as waiting, count(*) filter (where outcome = 'left') as "left"
        from import_row where job_id = j.id
      ) r
      where (r.total, r.made, r.skipped, r.refused) is distinct from (j.total::bigint, j.made::bigint, j.skipped::bigint, j.refused::bigint)
         or case when j.ended_at is null then r."left" else r.waiting end > 0
      union all
      select j.id::text || ' waits since ' || j.run_at from import_job j
      where j.ended_at is null and j.run_at < (select max(last_ran_at) from clock_lease) - interval '1 day'`,
  },
];
