import type { RequestKind, RequestOutcome } from "~db/schema/requests";

/**
 * What may become of a request that waits: a correction by people of the town; an erasure by the admin,
 * unless it was taken back.
 */
export const OUTCOMES_OF = {
  correct: ["corrected", "was_right", "not_possible", "taken_back"],
  erase: ["taken_back"],
} as const satisfies Readonly<Record<string, readonly RequestOutcome[]>>;

/** What may be asked of one wish; the rest is about the household and all its wishes. */
export const ABOUT_ONE_WISH = ["refuse", "correct"] as const satisfies readonly RequestKind[];

/** Why a household is erased. */
export const ERASE_REASONS = ["person_asked", "kept_long_enough", "filed_by_mistake"] as const;
export type EraseReason = (typeof ERASE_REASONS)[number];
