import type { TransitionTable } from "~/domain/kernel/states";
import type { ReferralState } from "~db/schema/referralVocabulary";

/** What may happen in every state in which a referral is open, without leaving it. */
const stay = <State extends ReferralState>(state: State) =>
  ({
    try: state,
    escalate: state,
    add_owner: state,
    remove_owner: state,
    name_lead: state,
    hear_owner: state,
    close: "not_helped",
  }) as const;

/**
 * A referral's way to help. `resend`: the household brought what was missing. `look_again`: asked after,
 * nothing new.
 */
export const REFERRAL_TRANSITIONS = {
  created: { ...stay("created"), send: "sent" },
  sent: { ...stay("sent"), accept: "accepted", ask_client: "needs_client_action", waitlist: "waitlisted" },
  accepted: {
    ...stay("accepted"),
    ask_client: "needs_client_action",
    waitlist: "waitlisted",
    find_eligible: "eligible",
    look_again: "accepted",
  },
  needs_client_action: {
    ...stay("needs_client_action"),
    resend: "sent",
    waitlist: "waitlisted",
    find_eligible: "eligible",
  },
  waitlisted: {
    ...stay("waitlisted"),
    accept: "accepted",
    ask_client: "needs_client_action",
    find_eligible: "eligible",
    look_again: "waitlisted",
  },
  eligible: { ...stay("eligible"), waitlist: "waitlisted", start: "in_service", look_again: "eligible" },
  in_service: { ...stay("in_service"), help: "got_help", look_again: "in_service" },
  got_help: {},
  not_helped: {},
} as const satisfies TransitionTable<ReferralState>;

export const FOLLOW_UP_TRANSITIONS = { open: { close: "done" }, done: {} } as const satisfies TransitionTable<
  "open" | "done"
>;

/** Steps that need nothing but a word and its day, in the order in which pages offer them. */
export const PLAIN_STEPS = [
  "send",
  "accept",
  "resend",
  "ask_client",
  "waitlist",
  "find_eligible",
  "start",
  "look_again",
] as const;
export type PlainStep = (typeof PLAIN_STEPS)[number];

export const plainStepsFrom = (state: ReferralState): PlainStep[] =>
  PLAIN_STEPS.filter((step) => step in REFERRAL_TRANSITIONS[state]);

/** The states still ahead when everything goes well. */
export function wayAhead(state: ReferralState): ReferralState[] {
  const way: ReferralState[] = ["sent", "accepted", "eligible", "in_service", "got_help"];
  if (state === "got_help" || state === "not_helped") return [];
  if (state === "created") return way;
  return way.slice(state === "needs_client_action" || state === "waitlisted" ? 2 : way.indexOf(state) + 1);
}
