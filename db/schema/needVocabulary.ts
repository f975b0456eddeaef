/** Why a wish may cost more than a person's cap. Without imports: the browser's page shows them too. */
export const OVER_CAP_REASONS = ["assistive_device", "safety", "schooling", "medical", "group"] as const;
export type OverCapReason = (typeof OVER_CAP_REASONS)[number];

/**
 * How many units of things and services a need still lacks, in the bands by which lists are filtered. The
 * database says the same (`gap_of` in db/sql/before.sql).
 */
export const GAPS = ["none", "one", "few", "many"] as const;
export type Gap = (typeof GAPS)[number];

export const gapOf = (units: bigint): Gap =>
  units >= 10n ? "many" : units >= 2n ? "few" : units === 1n ? "one" : "none";
