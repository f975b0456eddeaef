import type { Translation } from "../messages";

export const matching: Translation<"matching"> = {};
