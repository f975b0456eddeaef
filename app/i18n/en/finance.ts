import type { Translation } from "../messages";

export const finance: Translation<"finance"> = {};
