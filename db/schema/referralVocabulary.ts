/**
 * The values that a referral's life is kept in. Without imports, so that pages and tables read the same
 * lists.
 */
export const REFERRAL_STATES = [
  "created",
  "sent",
  "accepted",
  "needs_client_action",
  "waitlisted",
  "eligible",
  "in_service",
  "got_help",
  "not_helped",
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

export const NOT_HELPED_REASONS = [
  "not_eligible",
  "no_capacity",
  "could_not_contact",
  "no_longer_wanted",
  "referred_elsewhere",
] as const;
export type NotHelpedReason = (typeof NOT_HELPED_REASONS)[number];

/** Tries on record before anybody may say that a household could not be reached. */
export const CONTACT_TRIES = 3;

/** What one department of a referral has said. */
export const OWNER_ANSWERS = ["waiting", "agreed", "done", "cannot"] as const;
export type OwnerAnswer = (typeof OWNER_ANSWERS)[number];
export const CANNOT_REASONS = ["not_eligible", "no_capacity", "not_ours"] as const;
export type CannotReason = (typeof CANNOT_REASONS)[number];

/** Why the lead calls a joint case helped although a department has not answered. */
export const WITHOUT_REASONS = ["not_needed", "done_by_others", "goes_on_apart"] as const;
export type WithoutReason = (typeof WITHOUT_REASONS)[number];

export const FOLLOW_UP_OUTCOMES = [
  "new_referral",
  "wish_filed",
  "nothing_possible",
  "looking_after",
] as const;
export type FollowUpOutcome = (typeof FOLLOW_UP_OUTCOMES)[number];
