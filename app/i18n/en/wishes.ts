import type { Translation } from "../messages";

export const wishes: Translation<"wishes"> = {};
