const RUNS = /^'*[=+\-@\t\r]/;
const IS_NUMBER = /^-?\d+(\.\d+)?$/;

/** A cell that a spreadsheet would run as a formula is made text, by a mark before it. */
export const guarded = (cell: string): string => (RUNS.test(cell) && !IS_NUMBER.test(cell) ? `'${cell}` : cell);

/** The cell as it was before `guarded`. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell);
