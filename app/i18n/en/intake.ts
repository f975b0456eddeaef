import type { Translation } from "../messages";

export const intake: Translation<"intake"> = {
  atLeastOneLine: "Please write at least one thing.",
};
