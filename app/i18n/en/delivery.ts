import type { Translation } from "../messages";

export const delivery: Translation<"delivery"> = {};
