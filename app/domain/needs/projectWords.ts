/** Why an organisation takes its own need back. */
export const PROJECT_WITHDRAW_REASONS = ["met_elsewhere", "plan_changed"] as const;
export type ProjectWithdrawReason = (typeof PROJECT_WITHDRAW_REASONS)[number];
