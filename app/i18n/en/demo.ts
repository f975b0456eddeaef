import type { Translation } from "../messages";

export const demo: Translation<"demo"> = {
  mailTitle: "Demo mailbox",
  mailLeadTo: "The demo sends no mail out of the house. Letters of signing up and codes to {email} are here.",
  textTitle: "Text message",
  open: "Open the demo mailbox",
  mailLead: "The demo sends nothing out; the letters to you are kept here.",
};
