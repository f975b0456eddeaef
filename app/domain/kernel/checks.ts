import type { SQL } from "drizzle-orm";

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
 * The smallest id that the journal can have given at a moment: its ids are UUIDv7, which begin with their
 * milliseconds.
 */
export function firstIdAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
