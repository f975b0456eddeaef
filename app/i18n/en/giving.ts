import type { Translation } from "../messages";

export const giving: Translation<"giving"> = {
  basketEmpty: "The basket is empty.",
  declareNotRelative: "Please confirm that you are no relative of the recipient.",
};
