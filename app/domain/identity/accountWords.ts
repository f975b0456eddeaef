/** Why an admin closes an account. */
export const DISABLE_REASONS = ["left_work", "asked", "suspicious", "other"] as const;
/** Why an admin resets the second step of somebody. */
export const STEP_RESET_REASONS = ["lost_phone", "new_phone", "suspicious", "other"] as const;
export type StepResetReason = (typeof STEP_RESET_REASONS)[number];
export type DisableReason = (typeof DISABLE_REASONS)[number];
