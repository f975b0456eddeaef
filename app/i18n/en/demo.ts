import type { Translation } from "../messages";

export const demo: Translation<"demo"> = {};
