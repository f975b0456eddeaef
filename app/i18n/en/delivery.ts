import type { Translation } from "../messages";

export const delivery: Translation<"delivery"> = {
  notBelowZero: "Cannot be below 0.",
};
