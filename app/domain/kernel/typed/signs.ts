/**
 * Signs that nobody sees and nobody means: NUL and other controls, zero-width and bidirectional marks, soft
 * hyphens, byte order marks, fillers, halves of a character. They come in by pasting (U+202D before a phone
 * number, U+200B in a code) and make two equal texts different, or turn a text around. Tabs and line breaks
 * stay.
 */
const INVISIBLE = /(?!\t|\n|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * What joins the parts of one picture (👨‍👩‍👧, ❤️) belongs to it; anywhere else it is one more invisible
 * sign.
 */
const STRAY_SELECTOR = /(?<!\p{Emoji})\ufe0f/gu;
const STRAY_JOINER =
  /(?<!\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/**
 * A text as it was meant: every line break one "\n" (a browser counts one towards `maxlength`, its post has
 * two), invisible signs away. Nothing that can be seen changes. Doing it twice changes nothing more.
 */
export const visible = (typed: string): string =>
  typed
    .replace(LINE_BREAK, "\n")
    .replace(INVISIBLE, "")
    .replace(STRAY_SELECTOR, "")
    .replace(STRAY_JOINER, "");

/**
 * A text in the one form by which numbers, codes and names are read and compared: half width for full width
 * (１２ → 12, Ａ → A), one form of every character (NFKC), invisible signs and outer blanks away. Doing it
 * twice changes nothing more.
 */
export const folded = (typed: string): string =>
  visible(typed)
    .normalize("NFKC")
    .replace(/\u200d|\ufe0f/g, "")
    .replace(INVISIBLE, "")
    .trim();

/** The same where case means nothing either: words of a list, headings, file names. */
export const foldedWord = (typed: string): string => folded(typed).toLowerCase();

/** The same of what is said or scanned to open something: no blanks within, every other sign as it is. */
export const foldedSecret = (typed: string): string => folded(typed).replace(/\s/g, "");

const MARKS = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]|(?![\t\n\r])\p{Cc}/gu;

/**
 * The strictest form, of one sign with its marks: taken apart (NFKD), so that marks above or through a letter
 * go as well (é is e). For looking for something that somebody hides; blanks stay, since each sign keeps its
 * place.
 */
export const withoutMarks = (sign: string): string => sign.normalize("NFKD").replace(MARKS, "").toLowerCase();
