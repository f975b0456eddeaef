import { CsvError, parse } from "csv-parse/sync";
import { say } from "~/i18n/messages";
import { folded, foldedWord } from "../typed/signs";
import { unguarded } from "./cells";
import { BROKEN, decodeText, type OtherEncoding } from "./decodeText";
import type {
  FileProblem,
  ReadTable,
  RowProblem,
  TableReading,
  TableRemark,
  TableRow,
  TableShape,
} from "./table";
import { BrokenArchive, isArchive, TooMuchInside } from "./unzip.server";
import { NoWorkbook, type Sheet, sheetsOf, type ShownCell, TooWide } from "./workbook.server";

export type TableFile = Readonly<{ name: string; bytes: Uint8Array; encoding?: OtherEncoding | undefined }>;

/** The head stands within so many rows: above it a title, a date, a note. */
const HEAD_WITHIN = 15;
/** Two columns of ours make a head; one could be a word in a title. */
const LEAST_OF_HEAD = 2;
/** Problems told of one file; whoever mends these sees the next. */
const MOST_PROBLEMS = 200;

type Line = readonly ShownCell[];
type Grid = Readonly<{ line: (row: number) => Line; numbers: readonly number[] }>;

/**
 * Reads a CSV or XLSX file into the columns of a shape. Separators are `,`, `;` or tab, whichever gives the
 * shape's columns; the head may stand below a title; blank rows, totals and the template's own rows are
 * passed over, and said. Nothing is guessed: other encodings are asked about with a sample, and a cell that
 * cannot be read is named by its row and heading. Never throws for what is in the file.
 */
export function readTable(file: TableFile, shape: TableShape): TableReading {
  try {
    if (isArchive(file.bytes)) return fromWorkbook(file.bytes, shape);
    return fromText(file, shape);
  } catch (error) {
    if (error instanceof Trouble) return { kind: "trouble", trouble: error.trouble };
    if (error instanceof TooMuchInside || error instanceof TooWide)
      return trouble({ problem: say("tables.tooMuchInside") });
    if (error instanceof NoWorkbook) return trouble({ problem: say("tables.otherFormat") });
    if (error instanceof BrokenArchive || error instanceof Error)
      return trouble({ problem: say("tables.broken") });
    throw error;
  }
}

class Trouble extends Error {
  constructor(readonly trouble: FileProblem) {
    super(trouble.problem);
  }
}

const trouble = (problem: FileProblem): TableReading => ({ kind: "trouble", trouble: problem });

function fromText({ bytes, encoding }: TableFile, shape: TableShape): TableReading {
  if (bytes.length === 0) return trouble({ problem: say("tables.empty") });
  const start = Buffer.from(bytes.subarray(0, 256)).toString("latin1").trimStart().toLowerCase();
  if (Buffer.from(bytes.subarray(0, 4)).toString("hex") === "d0cf11e0")
    return trouble({ problem: say("tables.oldFormat") });
  if (/^(%pdf|<|\{\\rtf|\x89png|rar!)/.test(start)) return trouble({ problem: say("tables.otherFormat") });
  const decoded = decodeText(bytes, encoding);
  if (decoded.kind === "no_text") return trouble({ problem: say("tables.otherFormat") });
  if (decoded.kind === "ask") return decoded;
  const lines = linesOf(decoded.text.replace(/^\uFEFF/, ""), shape);
  return fromGrid(
    { line: (row) => lines[row - 1] ?? [], numbers: lines.map((_line, index) => index + 1) },
    shape,
  );
}

const SEPARATORS = [",", ";", "\t"] as const;
const READING = { relax_column_count: true, relax_quotes: true, skip_empty_lines: false } as const;

/** Rows of a text by the separator under which most columns of the shape stand in one row. */
function linesOf(text: string, shape: TableShape): string[][] {
  const best = SEPARATORS.map((delimiter) => ({
    delimiter,
    found: headOf(beginning(text, delimiter), shape)?.found ?? 0,
  })).reduce((one, other) => (other.found > one.found ? other : one));

  try {
    return parse(text, { ...READING, delimiter: best.delimiter });
  } catch (error) {
    if (error instanceof CsvError && typeof error["lines"] === "number")
      throw new Trouble({ problem: say("tables.quoteOpen"), params: { row: error["lines"] } });
    throw error;
  }
}

function beginning(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { ...READING, delimiter, to: HEAD_WITHIN });
  } catch {
    return [];
  }
}

function fromWorkbook(bytes: Uint8Array, shape: TableShape): TableReading {
  let first: ReadTable | undefined;
  let [read, others] = ["", 0];

  for (const sheet of sheetsOf(bytes)) {
    if (sheet.rows.size === 0) continue;
    const grid = gridOf(sheet);

    if (first !== undefined || !headOf(grid.numbers.slice(0, HEAD_WITHIN).map(grid.line), shape)) {
      others += 1;
      continue;
    }

    const table = fromGrid(grid, shape);

    first = {
      ...table,
      problems: [...mergedIn(sheet, table.rows[0]?.row ?? Infinity), ...table.problems].slice(
        0,
        MOST_PROBLEMS,
      ),
      remarks: [...table.remarks, ...hiddenIn(sheet)],
    };

    read = sheet.name;
  }

  if (first === undefined) return trouble(others === 0 ? { problem: say("tables.empty") } : noHead(shape));
  return others === 0
    ? first
    : { ...first, remarks: [...first.remarks, { problem: say("tables.oneSheet"), params: { sheet: read } }] };
}

function gridOf({ rows }: Sheet): Grid {
  return {
    numbers: [...rows.keys()],
    line: (row) => {
      const cells = rows.get(row) ?? new Map<number, ShownCell>();
      const line: (ShownCell | undefined)[] = [];
      for (const [column, shown] of cells) line[column] = shown;
      return Array.from(line, (shown) => shown ?? "");
    },
  };
}

/** A cell that spans several shows one value and hides that the others are empty. */
function mergedIn({ merged }: Sheet, firstRow: number): RowProblem[] {
  return merged
    .filter(({ lastRow }) => lastRow >= firstRow)
    .map(({ range, firstRow: row }) => ({ row, column: range, problem: say("tables.merged") }));
}

function hiddenIn({ hiddenRows, hiddenColumns }: Sheet): TableRemark[] {
  return [
    ...(hiddenRows.size > 0 ? [{ problem: say("tables.hiddenRows"), params: { n: hiddenRows.size } }] : []),
    ...(hiddenColumns.size > 0
      ? [{ problem: say("tables.hiddenColumns"), params: { n: hiddenColumns.size } }]
      : []),
  ];
}

const headingOf = (shown: ShownCell | undefined): string =>
  typeof shown === "string" ? folded(unguarded(shown.trim())) : "";
const columnOf = (shown: ShownCell | undefined): string => headingOf(shown).toLowerCase();

/** The row among the first ones with the most columns of the shape. */
function headOf(
  lines: readonly Line[],
  { columns }: TableShape,
): { index: number; found: number } | undefined {
  const scored = lines.slice(0, HEAD_WITHIN).map((line, index) => ({
    index,
    found: new Set(line.map(columnOf).filter((column) => columns.includes(column))).size,
  }));
  const best = scored.reduce<{ index: number; found: number } | undefined>(
    (one, other) => (one === undefined || other.found > one.found ? other : one),
    undefined,
  );
  return best !== undefined && best.found >= LEAST_OF_HEAD ? best : undefined;
}

const noHead = ({ required }: TableShape): FileProblem => ({
  problem: say("tables.noHead"),
  params: { columns: required.map(([column]) => column ?? "").join("、") },
});

function fromGrid({ line, numbers }: Grid, shape: TableShape): ReadTable {
  const head = headOf(numbers.slice(0, HEAD_WITHIN).map(line), shape);
  if (head === undefined)
    throw new Trouble(
      numbers.some((row) => line(row).some(isFilled)) ? noHead(shape) : { problem: say("tables.empty") },
    );
  const headRow = numbers[head.index] ?? 1;
  const headings = line(headRow).map(headingOf);
  const columns = headings.map((heading) => {
    const column = heading.toLowerCase();
    return shape.columns.includes(column) ? column : undefined;
  });
  const twice = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw new Trouble({ problem: say("tables.columnTwice"), params: { column: twice } });
  const missing = shape.required
    .filter((group) => !group.some((column) => columns.includes(column)))
    .map((group) => group.join(" / "));
  if (missing.length > 0)
    throw new Trouble({
      problem: say("tables.columnsMissing"),
      params: { n: missing.length, columns: missing.join("、") },
    });

  const rows: TableRow[] = [];
  const problems: RowProblem[] = [];
  let [explained, totals] = [0, 0];

  for (const row of numbers) {
    if (row <= headRow) continue;
    const shown = line(row);
    if (!shown.some(isFilled)) continue;
    const cells: Record<string, string> = {};
    const own: RowProblem[] = [];

    for (const [place, cell] of shown.entries()) {
      const column = columns[place];
      const heading = headings[place] ?? "";
      if (column !== undefined) cells[column] = textOf(cell);
      else if (heading === "" && isFilled(cell))
        own.push({ row, column: "", problem: say("tables.moreCells") });
      const problem = column === undefined ? undefined : wrongIn(cell);
      if (problem) own.push({ row, column: heading, problem });
    }

    for (const column of columns) if (column !== undefined) cells[column] ??= "";
    if (shape.explained.words.includes(columnOf(cells[shape.explained.column]))) explained += 1;
    else if (isTotal(shown)) totals += 1;
    else {
      rows.push({ row, cells });
      if (rows.length > shape.mostRows)
        throw new Trouble({ problem: say("tables.tooManyRows"), params: { most: shape.mostRows } });
      for (const [index, one] of own.entries())
        if (
          problems.length < MOST_PROBLEMS &&
          own.findIndex(({ problem, column }) => problem === one.problem && column === one.column) === index
        )
          problems.push(one);
    }
  }

  if (rows.length === 0)
    throw new Trouble({ problem: explained > 0 ? say("tables.onlyExplained") : say("tables.noRows") });
  const unread = headings.filter((heading, place) => heading !== "" && columns[place] === undefined);
  const remarks: TableRemark[] = [
    ...(numbers.some((row) => row < headRow && line(row).some(isFilled))
      ? [{ problem: say("tables.titleAbove"), params: { row: headRow } }]
      : []),
    ...(explained > 0 ? [{ problem: say("tables.explainedRows"), params: { n: explained } }] : []),
    ...(totals > 0 ? [{ problem: say("tables.totalRows"), params: { n: totals } }] : []),
    ...(unread.length > 0
      ? [{ problem: say("tables.columnsNotRead"), params: { columns: unread.join("、") } }]
      : []),
  ];
  return {
    kind: "table",
    columns: columns.filter((column) => column !== undefined),
    rows,
    remarks,
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

const isFilled = (shown: ShownCell | undefined): boolean =>
  typeof shown === "string" ? shown.trim() !== "" : shown !== undefined;

/** Our own files mark cells that a spreadsheet would run. */
const textOf = (shown: ShownCell): string => (typeof shown === "string" ? unguarded(shown.trim()) : "");

const WRONG = {
  formula_error: say("tables.formulaError"),
  formula_empty: say("tables.formulaEmpty"),
  digits_lost: say("tables.digitsLost"),
} as const;

function wrongIn(shown: ShownCell): RowProblem["problem"] | undefined {
  if (typeof shown !== "string") return WRONG[shown.wrong];
  // eslint-disable-next-line no-control-regex -- signs that no keyboard types and no page shows
  return shown.includes(BROKEN) || /[\u0000-\u0008\u000E-\u001F\uE000-\uF8FF]/.test(shown)
    ? say("tables.brokenLetter")
    : undefined;
}

/** The sum that people write below a list: its word, and numbers. */
function isTotal(shown: Line): boolean {
  const filled = shown.filter(isFilled).map((cell) => (typeof cell === "string" ? foldedWord(cell) : ""));
  return (
    /^(合\s*计|总\s*计|小\s*计|共\s*计|合\s*計|總\s*計|小\s*計|共\s*計|total):?$/.test(filled[0] ?? "") &&
    filled.slice(1).every((cell) => /^[\d.,元¥\s]*$/.test(cell))
  );
}
