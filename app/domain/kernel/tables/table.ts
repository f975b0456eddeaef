import type { MessageKey } from "~/i18n/messages";
import type { TextSample } from "./decodeText";

/**
 * One row of a table that somebody uploads: its number as a spreadsheet counts, and its cells by column; an
 * empty cell is an empty text.
 */
export type TableRow = Readonly<{ row: number; cells: Readonly<Record<string, string>> }>;

type Words = Readonly<{ problem: MessageKey; params?: Readonly<Record<string, string | number>> }>;

/**
 * What is wrong with one cell, or with a row when it has no column. `column` is the heading that stands in
 * the file.
 */
export type RowProblem = Readonly<{ row: number; column: string }> & Words;

/** Why a file is not read at all, in one sentence. */
export type FileProblem = Words;

/** What was passed over or decided in reading a file, each said once. */
export type TableRemark = Words;

export type ReadTable = Readonly<{
  kind: "table";
  /** The columns of the shape that the file has. */
  columns: readonly string[];
  rows: readonly TableRow[];
  remarks: readonly TableRemark[];
  problems: readonly RowProblem[];
}>;

/** A table; or the question whether the letters are right; or what kind of file this is instead. */
export type TableReading =
  | ReadTable
  | Readonly<{ kind: "ask"; samples: readonly TextSample[] }>
  | Readonly<{ kind: "trouble"; trouble: FileProblem }>;

/** What a table must and may have. */
export type TableShape = Readonly<{
  columns: readonly string[];
  /** Groups of columns, one of each of which must be there. */
  required: readonly (readonly string[])[];
  /**
   * The column and the words in it by which the template's own rows are known: they explain and are no data.
   */
  explained: Readonly<{ column: string; words: readonly string[] }>;
  mostRows: number;
}>;
