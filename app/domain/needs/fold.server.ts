import { Converter } from "opencc-js";

const toSimplified = Converter({ from: "hk", to: "cn" });

/** One form for all spellings: NFKC, lower case, simplified characters. Texts and queries are folded alike before they meet. */
export const foldForSearch = (text: string): string => toSimplified(text.normalize("NFKC").toLowerCase());
