import { ownOf } from "~/domain/kernel/own";
import type { NeedState } from "~db/schema/needs";

const TONES = {
  draft: "wait",
  submitted: "wait",
  verified: "wait",
  returned: "problem",
  rejected: "problem",
  suspended: "problem",
} as const;

/** How urgent a need's state is to the one who wrote it. */
export const toneOfState = (state: NeedState): "wait" | "problem" | "done" => ownOf(TONES, state) ?? "done";
