import { sql } from "drizzle-orm";
import type { Subject } from "~/domain/kernel/journal/events";
import { type Check, journalSince, ofLately, stepsOf } from "./checks";

/** Born with their rows by set-up, without a birth in the journal. */
const WITHOUT_BIRTH: ReadonlySet<Subject> = new Set([
  "organisation",
  "registration",
  "fundraising_certificate",
  "filing",
  "charity_account",
  "list_item",
  "list_rule",
  "list_parameter",
]);

/**
 * The stored state and version of every row are those of its last journal row: replaying the journal gives
 * the stored states (R-006).
 */
export const replay = (entity: Subject): Check => ({
  name: `journal.replay.${entity}`,
  guarantees: `the journal replays to the stored state of every ${entity}`,
  ...ofLately(
    (only) => ({
      examined: sql`select count(*) as examined from ${sql.identifier(entity)} e where ${only}`,
      violations: sql`
    select e.id::text || ' is ' || e.state || ' v' || e.version || ', journal says ' || coalesce(j.to_state || ' v' || j.entity_version, 'nothing') as what
    from ${sql.identifier(entity)} e
    left join lateral (
      select to_state, entity_version from journal where entity = ${entity} and entity_id = e.id order by entity_version desc limit 1
    ) j on true
    where ${only} and ${WITHOUT_BIRTH.has(entity) ? sql`j.to_state is not null and` : sql``} (j.to_state is distinct from e.state or j.entity_version is distinct from e.version)`,
    }),
    sql`true`,
    (from) => sql`e.id in (select entity_id from ${journalSince(from)} told where entity = ${entity})`,
  ),
});

export const JOURNAL_CHECKS: readonly Check[] = [
  {
    name: "journal.unbroken",
    guarantees:
      "every step of an entity starts in the state in which the one before it ended, and no version is missing (R-006)",
    ...ofLately(
      (steps) => ({
        examined: sql`select count(*) as examined from ${steps} steps`,
        // By the id first, though the index begins with the entity: sorted anew, the journal is read once
        // from end to end; in the order of the index nearly each of its rows is a page of its own.
        violations: sql`
      select entity || ' ' || entity_id || ' v' || entity_version as what from (
        select entity, entity_id, entity_version, from_state,
               lag(to_state) over w as before_state, lag(entity_version) over w as before_version
        from ${steps} steps window w as (partition by entity_id, entity order by entity_version)
      ) followed
      where before_version is not null and (entity_version <> before_version + 1 or from_state is distinct from before_state)`,
      }),
      sql`journal`,
      (from) => stepsOf(sql`(select distinct entity, entity_id from journal where id >= ${from})`),
    ),
  },
  {
    name: "journal.corrections",
    guarantees:
      "each correction of a moment is somebody else's than who wrote it down, of the moment that stood, and not to one after it was written down (R-007)",
    examined: sql`select count(*) as examined from journal where entity = 'moment_correction'`,
    violations: sql`
      select 'correction ' || c.id as what from journal c left join journal entry on entry.id = (c.data ->> 'entry')::uuid
      where c.entity = 'moment_correction'
        and (entry.id is null or c.actor_id = entry.actor_id or c.data ->> 'shall' = c.data ->> 'was' or (c.data ->> 'shall')::timestamptz > entry.recorded_at)
      union all
      select 'correction ' || c.id || ' of another moment' from (
        select *, lag(data ->> 'shall') over (partition by data ->> 'entry' order by id) as stood from journal where entity = 'moment_correction' and data ->> 'copy' = '0'
      ) c
      join journal entry on entry.id = (c.data ->> 'entry')::uuid
      where (c.data ->> 'was')::timestamptz is distinct from coalesce(c.stood::timestamptz, entry.occurred_at)`,
  },
  {
    name: "outbox.flows",
    guarantees: "no work of an event is dead (R-008)",
    examined: sql`select count(*) as examined from outbox`,
    violations: sql`select handler || ' of ' || journal_id as what from outbox where state = 'dead'`,
  },
];
