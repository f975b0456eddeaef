import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { decodeText } from "./decodeText";
import { DomainError } from "./errors";

/** One row of a table that somebody uploads, by the names in its first row; an empty cell is an empty text. */
export type SheetRow = Readonly<Record<string, string>>;

/** What is wrong with one cell; rows are counted as a spreadsheet does, its head being row 1. `problem` is a message key. */
export type RowProblem = Readonly<{ row: number; column: string; problem: string }>;

/**
 * Reads the rows of a CSV (UTF-8 or GB18030, with or without its mark) or an XLSX file.
 * @throws {DomainError} FILE_NOT_A_TABLE
 */
export async function readRows(file: { name: string; bytes: Uint8Array }): Promise<SheetRow[]> {
  const buffer = Buffer.from(file.bytes);
  try {
    return buffer.subarray(0, 2).toString("latin1") === "PK"
      ? await rowsOfWorkbook(buffer)
      : parse(decodeText(buffer), { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true, trim: true });
  } catch {
    // Whatever the readers say of a file that is none, people are told the same.
    throw new DomainError("FILE_NOT_A_TABLE");
  }
}

async function rowsOfWorkbook(buffer: Buffer): Promise<SheetRow[]> {
  const [head = [], ...body] = await readSheet(buffer);
  const text = (cell: unknown) => (cell === null || cell === undefined ? "" : String(cell));
  return body.map((cells) => Object.fromEntries(head.map((name, index) => [text(name), text(cells[index])])));
}
