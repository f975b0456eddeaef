import type { TransitionTable } from "~/domain/kernel/states";
import type { PushState } from "~db/schema/screening";

/**
 * Telling a household of one item: by a message where they agreed to one, else by a call; and what came of
 * it.
 */
export const PUSH_TRANSITIONS = {
  queued: { send: "sent", call: "call_list" },
  sent: { interest: "interested", decline: "declined", call: "call_list" },
  call_list: { interest: "interested", decline: "declined", no_answer: "no_answer" },
  no_answer: { interest: "interested", decline: "declined", no_answer: "no_answer" },
  interested: {},
  declined: {},
} as const satisfies TransitionTable<PushState>;
