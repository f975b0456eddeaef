import { foldedWord } from "~/domain/kernel/typed/signs";
import { simplified } from "~/domain/kernel/typed/simplified.server";

/**
 * One form for all spellings: NFKC, lower case, simplified characters, no invisible signs. Texts and queries
 * are folded alike before they meet.
 */
export const foldForSearch = (text: string): string => simplified(foldedWord(text));
