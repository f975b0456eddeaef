import { visible } from "./signs";

/**
 * A person's name as it is shown and kept: as it was written, in its own characters, without invisible signs,
 * without blanks around it and with one blank where there were several.
 */
export const shownName = (typed: string): string => visible(typed).replace(/\s+/g, " ").trim();
