import type { Translation } from "../messages";

export const audit: Translation<"audit"> = {};
