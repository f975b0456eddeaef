import type { Translation } from "../messages";

export const gifts: Translation<"gifts"> = {};
