import type { DeclineReason } from "~db/schema/matching";

/** The coded values that the desk offers, in the order in which it needs them. */
export const DECLINE_REASONS = [
  "not_needed",
  "not_fit",
  "too_far",
  "not_taken",
] as const satisfies readonly DeclineReason[];
