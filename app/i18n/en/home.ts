import type { Translation } from "../messages";

export const home: Translation<"home"> = {};
