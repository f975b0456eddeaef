/** Why an organisation takes its own need back. */
export const ORGANISATION_NEED_WITHDRAW_REASONS = ["met_elsewhere", "plan_changed"] as const;
export type OrganisationNeedWithdrawReason = (typeof ORGANISATION_NEED_WITHDRAW_REASONS)[number];
