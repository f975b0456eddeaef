import type { TransitionTable } from "~/domain/kernel/states";
import type { EntryState, OrganisationState } from "~db/schema/organisations";

/**
 * An entry of the register. Dates are never written over: what changes is a new entry, and what must stop before its time is ended,
 * at once and by one person, since stopping is safe.
 */
export const ENTRY_TRANSITIONS = {
  proposed: { approve: "approved", reject: "rejected" },
  approved: { end: "ended" },
  rejected: {},
  ended: {},
} as const satisfies TransitionTable<EntryState>;

/** An organisation: verified with its first approved registration. */
export const ORGANISATION_TRANSITIONS = { applied: { verify: "verified" }, verified: {}, suspended: {} } as const satisfies TransitionTable<OrganisationState>;
