import type { Translation } from "../messages";

export const payments: Translation<"payments"> = {};
