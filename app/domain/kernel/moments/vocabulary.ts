/** Whose moment can be put right: every step in the world whose time somebody tells. */
export const MOMENT_STEPS = [
  "visited",
  "verified",
  "counted",
  "inspected",
  "dispatched",
  "attempted",
  "handed_over",
  "service_done",
  "heard",
  "brought_back",
  "lost",
  "confirmed",
  "written_off",
  "bought",
  "spent",
  "asked",
  "referral_step",
  "followed_up",
] as const;
export type MomentStep = (typeof MOMENT_STEPS)[number];

/** Why a moment was wrong. */
export const MOMENT_REASONS = ["typed_wrong", "wrong_day", "written_later"] as const;
