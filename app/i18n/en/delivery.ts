import type { Translation } from "../messages";

export const delivery: Translation<"delivery"> = {
  visitsTitle: "Services",
  visitsLead: "After a service was done, another colleague confirms for the recipient.",
  toDo: "To be done",
  toAccept: "To be confirmed",
  provider: "Who did it",
  record: "Record as done",
  acceptVisit: "The recipient confirms",
  disputeVisit: "Disputed",
  feedbackTitle: "Feedback",
  feedbackLead: "Redact before it is shared.",
  rating: "{n} of 5",
  publicWords: "Words to share",
  pass: "Share",
  keep: "Keep private",
  arrangeDay: "Day agreed with the donor",
  arrange: "Note the day",
  arrangedFor: "Agreed for {day}",
  notArranged: "No day agreed yet, due by {day}; the donor calls to agree on one",
  disputeSays: "The service then does not count as done and must be arranged again.",
};
