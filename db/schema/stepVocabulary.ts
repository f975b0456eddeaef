/** Why an admin wants the second step of somebody reset. */
export const STEP_RESET_REASONS = ["lost_phone", "new_phone", "suspicious", "other"] as const;
export type StepResetReason = (typeof STEP_RESET_REASONS)[number];
