import { Converter } from "opencc-js";

const toSimplified = Converter({ from: "hk", to: "cn" });

/** Signs that nobody sees and that make one word two: zero-width and bidirectional marks, soft hyphens, selectors of a picture's look. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** One form for all spellings: NFKC, lower case, simplified characters, no invisible signs. Texts and queries are folded alike before they meet. */
export const foldForSearch = (text: string): string => toSimplified(text.normalize("NFKC").replace(UNSEEN, "").toLowerCase());
