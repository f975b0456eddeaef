import type { Translation } from "../messages";

export const review: Translation<"review"> = {};
