/** Why an admin closes an account. */
export const DISABLE_REASONS = ["left_work", "asked", "suspicious", "other"] as const;
export type DisableReason = (typeof DISABLE_REASONS)[number];
