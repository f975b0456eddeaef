import { type SQL, sql } from "drizzle-orm";

/**
 * `examined` yields one row `{ examined }`; `violations` one row `{ what }` for each thing that is wrong (an
 * id or code, never a name).
 */
export type CheckQuestions = Readonly<{ examined: SQL; violations: SQL }>;

/** An invariant as SQL, run on any database by tests, by `npm run checks` and nightly. */
export type Check = CheckQuestions &
  Readonly<{
    name: string;
    guarantees: string;
    /**
     * The same, of what the journal tells of from this id on: for checks that read the whole journal. What
     * was changed past the journal shows in the whole check alone.
     */
    lately?: (from: string) => CheckQuestions;
  }>;

/** A check whose whole journal can be asked for a part: `ask` gets what its rows must be besides. */
export const ofLately = <Narrowed>(
  ask: (only: Narrowed) => CheckQuestions,
  everything: Narrowed,
  narrowed: (from: string) => Narrowed,
): CheckQuestions & Pick<Check, "lately"> => ({
  ...ask(everything),
  lately: (from) => ask(narrowed(from)),
});

/**
 * What the journal tells from an id on, found by its ids alone: asked for one entity at once, all that was
 * ever told of that entity would be read beside it.
 */
export const journalSince = (from: string): SQL => sql`(select * from journal where id >= ${from} offset 0)`;

/**
 * Of what the journal tells from an id on: each thing once, as `entity` and `entity_id`. A moment that was
 * put right is of what the entry tells that it corrects.
 */
export const touchedSince = (from: string): SQL => sql`(
  select entity, entity_id from ${journalSince(from)} told where entity <> 'moment_correction'
  union
  select e.entity, e.entity_id from ${journalSince(from)} c join journal e on e.id = (c.data ->> 'entry')::uuid
  where c.entity = 'moment_correction')`;

/**
 * All that the journal tells of those things. One by one, over the index of their steps: joined at once,
 * the whole journal would be read to find them.
 */
export const stepsOf = (those: SQL): SQL => sql`(
  select step.* from ${those} those
  cross join lateral (select * from journal j where j.entity = those.entity and j.entity_id = those.entity_id offset 0) step)`;

/**
 * Until when the database tells: the moment of the journal's last row. Found by its id, since no index knows
 * the moments.
 */
export const TOLD_UNTIL = sql`coalesce((select recorded_at from journal order by id desc limit 1), now())`;

/**
 * The smallest id that the journal can have given at a moment: its ids are UUIDv7, which begin with their
 * milliseconds.
 */
export function firstIdAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
