import type { Translation } from "../messages";

export const lists: Translation<"lists"> = {};
