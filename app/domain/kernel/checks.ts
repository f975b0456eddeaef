import type { SQL } from "drizzle-orm";

/**
 * An invariant as SQL, run on any database by tests, by `npm run checks` and nightly.
 * `examined` yields one row `{ examined }`; `violations` one row `{ what }` for each thing that is wrong (an id or code, never a name).
 */
export type Check = Readonly<{ name: string; guarantees: string; examined: SQL; violations: SQL }>;
