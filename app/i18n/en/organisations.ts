import type { Translation } from "../messages";

export const organisations: Translation<"organisations"> = {};
