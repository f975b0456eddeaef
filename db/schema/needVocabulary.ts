/** Why a wish may cost more than a person's cap. Without imports: the browser's page shows them too. */
export const OVER_CAP_REASONS = ["assistive_device", "safety", "schooling", "medical", "group"] as const;
export type OverCapReason = (typeof OVER_CAP_REASONS)[number];
