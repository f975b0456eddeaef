import type { Translation } from "../messages";

export const households: Translation<"households"> = {
  idNumberWrong: "This ID number is not right. Please check it.",
  giveReason: "Please choose why you need to look.",
};
