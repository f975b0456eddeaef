/** Why a wish may cost more than a person's cap (decisions 4). */
export const OVER_CAP_REASONS = ["assistive_device", "safety", "schooling", "medical", "group"] as const;
