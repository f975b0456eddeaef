import type { Translation } from "../messages";

export const demo: Translation<"demo"> = {
  mailTitle: "Demo mailbox",
  mailLead: "The demo sends nothing out; the letters to you are kept here.",
};
