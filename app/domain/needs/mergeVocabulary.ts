/** Why two wishes are one. */
export const MERGE_REASONS = ["filed_twice", "asked_again", "part_of_it"] as const;
export type MergeReason = (typeof MERGE_REASONS)[number];
