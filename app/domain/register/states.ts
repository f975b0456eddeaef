import type { TransitionTable } from "~/domain/kernel/states";
import type { EntryState, OrganisationState } from "~db/schema/organisations";
import type { EntryKind } from "./vocabulary";

/**
 * An entry of the register. Dates are never written over: what changes is a new entry, and what must stop
 * before its time is ended, at once and by one person, since stopping is safe.
 */
export const ENTRY_TRANSITIONS = {
  proposed: { approve: "approved", reject: "rejected" },
  approved: { end: "ended" },
  rejected: {},
  ended: {},
} as const satisfies TransitionTable<EntryState>;

/** An organisation: verified with its first approved registration. */
export const ORGANISATION_TRANSITIONS = {
  applied: { verify: "verified" },
  verified: {},
} as const satisfies TransitionTable<OrganisationState>;

export type Standing = Exclude<EntryState, "approved"> | "to_come" | "in_force" | "lapsed" | "replaced";

type Dated = Readonly<{
  id: string;
  kind: EntryKind;
  state: EntryState;
  validFrom: Date;
  validTo: Date | null;
}>;

function standingOf({ state, validFrom, validTo }: Dated, at: Date): Standing {
  if (state !== "approved") return state;
  if (at < validFrom) return "to_come";
  return validTo === null || at < validTo ? "in_force" : "lapsed";
}

/**
 * Which entries count: of names and accounts the one that began last, of the others each within its dates.
 */
const REPLACING: ReadonlySet<EntryKind> = new Set(["registration", "charity_account"]);

/**
 * How each entry of one body stands on a day: its state, and for an approved one its dates and what came
 * after it.
 */
export function withStandings<Entry extends Dated>(
  entries: readonly Entry[],
  at: Date,
): (Entry & { standing: Standing })[] {
  const begun = entries.filter(
    (entry) => (entry.state === "approved" || entry.state === "ended") && entry.validFrom <= at,
  );
  const inOrder = begun.toSorted(
    (a, b) => a.validFrom.getTime() - b.validFrom.getTime() || (a.id < b.id ? -1 : 1),
  );
  const last = new Map(inOrder.map((entry) => [entry.kind, entry.id]));
  return entries.map((entry) => {
    const standing = standingOf(entry, at);
    return {
      ...entry,
      standing:
        standing === "in_force" && REPLACING.has(entry.kind) && last.get(entry.kind) !== entry.id
          ? "replaced"
          : standing,
    };
  });
}
