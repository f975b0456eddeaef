import type { ReferralState } from "~db/schema/referralVocabulary";

export const TONES = {
  created: "wait",
  sent: "wait",
  accepted: "info",
  needs_client_action: "wait",
  waitlisted: "wait",
  eligible: "info",
  in_service: "info",
  got_help: "done",
  not_helped: "problem",
} as const satisfies Record<ReferralState, "info" | "done" | "wait" | "problem">;
