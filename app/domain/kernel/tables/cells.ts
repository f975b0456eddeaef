/**
 * A spreadsheet begins a cell at the text's start, and after whatever separates cells where other separators
 * are usual.
 */
const RUNS = /^(\s*)(?='*[=+\-@\t\r＝＋－＠])/;
const RAN = /^(\s*)'(?='*[=+\-@\t\r＝＋－＠])/;
const RUNS_WITHIN = /([,;|\t\r\n]\s*)(?='*[=+\-@＝＋－＠])/g;
const RAN_WITHIN = /([,;|\t\r\n]\s*)'(?='*[=+\-@＝＋－＠])/g;
const IS_NUMBER = /^-?\d+(\.\d+)?$/;
/** Most cells neither begin so nor hold anything that separates. */
const MAY_RUN = /^\s*[='+\-@＝＋－＠]|[,;|\t\r\n]/;

/**
 * A cell that a spreadsheet would run as a formula, in part or whole, is made text, by a mark before what
 * would run.
 */
export const guarded = (cell: string): string =>
  !MAY_RUN.test(cell) || IS_NUMBER.test(cell) ? cell : cell.replace(RUNS_WITHIN, "$1'").replace(RUNS, "$1'");

/** The cell as it was before `guarded`. */
export const unguarded = (cell: string): string => cell.replace(RAN, "$1").replace(RAN_WITHIN, "$1");
