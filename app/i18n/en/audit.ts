import type { Translation } from "../messages";

export const audit: Translation<"audit"> = {
  title: "Who opened what",
  lead: "Who opened a recipient's record, when and why.",
  who: "Who",
  record: "Record",
  empty: "Nobody has opened one",
};
