import type { Translation } from "~/i18n/messages";

export const visits: Translation<"visits"> = {
  visitsTitle: "Services",
  visitsLead: "After a service was done, another colleague confirms for the recipient.",
  toDo: "To be done",
  toAccept: "To be confirmed",
  provider: "Who did it",
  record: "Record as done",
  over: "Done lately",
  visitAccepted: "Confirmed",
  visitDisputed: "Disputed",
  acceptVisit: "The recipient confirms",
  disputeVisit: "Disputed",
  arrangeDay: "Day agreed with the donor",
  arrange: "Note the day",
  arrangedFor: "Agreed for {day}",
  notArranged: "No day agreed yet, due by {day}; the donor calls to agree on one",
  disputeSays: "The service then does not count as done and must be arranged again.",
};
