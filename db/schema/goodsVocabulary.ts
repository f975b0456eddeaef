/**
 * The values that goods are judged and handed over in, in the order in which people meet them. Without
 * imports, so that pages and tables read the same lists.
 */
export const REFUSAL_REASONS = [
  "damaged",
  "second_hand",
  "wrong_item",
  "unsafe",
  "out_of_date",
  "forbidden",
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export const RECEIVERS = ["self", "family", "guardian", "neighbour", "institution"] as const;
export type Receiver = (typeof RECEIVERS)[number];

/** Why a count is corrected. */
export const CORRECTION_REASONS = ["counted_wrong", "typed_wrong", "other_gift"] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** Why an offer of goods is declined, and a match. */
export const DECLINE_REASONS = ["not_needed", "not_fit", "too_far", "not_taken"] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
