import { stringify } from "csv-stringify/sync";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { guarded } from "~/domain/kernel/tables/cells";
import { bodyOfParts, recordExport } from "./export.server";

/** Whatever somebody's reader could take for the end of a cell or of a row. */
const SEPARATES = /[\r\n\t;|]/;

type Rows = readonly (readonly string[])[];

/**
 * Rows as they stand in a file: with the file's mark and its head where it begins, without them where it goes
 * on.
 */
const written = (rows: Rows, head?: readonly string[]): string =>
  stringify([...(head ? [head] : []), ...rows.map((row) => row.map(guarded))], {
    bom: head !== undefined,
    record_delimiter: "windows",
    quoted_match: SEPARATES,
  });

/**
 * A table as spreadsheets in China open it: UTF-8 with its mark, one header row, CRLF; a cell of several
 * lines stays one cell.
 */
export const csvText = (header: readonly string[], rows: Rows): string => written(rows, header);

type LongTable<Row> = Readonly<{
  fileName: string;
  header: readonly string[];
  batches: AsyncGenerator<readonly Row[]>;
  cellsOf: (row: Row) => readonly string[];
}>;

/** Rows written in one turn of the process: few, so that nobody else waits long. */
const ROWS_AT_ONCE = 50;

/**
 * A table of any length as a CSV file, sent piece by piece as it is taken; whoever takes it along stands in
 * the trail of use. What fails at once is a page in words; what fails later breaks the file off, so that
 * nobody takes a part for the whole.
 */
export async function csvStream<Row>(
  ctx: UseCaseContext,
  { fileName, header, batches, cellsOf }: LongTable<Row>,
): Promise<Response> {
  const first = await batches.next();
  await recordExport(ctx, fileName);
  const piecesOf = function* (rows: readonly Row[]) {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
      yield written(rows.slice(from, from + ROWS_AT_ONCE).map(cellsOf));
  };

  const texts = async function* () {
    yield csvText(header, []);
    if (!first.done) yield* piecesOf(first.value);
    for await (const rows of batches) yield* piecesOf(rows);
  };

  const body = bodyOfParts(ctx, fileName, texts(), batches);
  return new Response(body, { headers: csvHeaders(fileName, "no-transform") });
}

/** A table made here, as a CSV file; whoever takes it along stands in the trail of use. */
export const csvResponse = (
  ctx: UseCaseContext,
  fileName: string,
  header: readonly string[],
  rows: Rows,
): Promise<Response> => csvAnswer(ctx, fileName, csvText(header, rows));

/** The same of a CSV file whose text is there. */
export async function csvAnswer(ctx: UseCaseContext, fileName: string, body: string): Promise<Response> {
  await recordExport(ctx, fileName);
  return new Response(body, { headers: csvHeaders(fileName) });
}

const csvHeaders = (fileName: string, ...more: readonly string[]) => ({
  "Content-Type": "text/csv; charset=utf-8",
  "Content-Disposition": `attachment; filename="${fileName}"`,
  "Cache-Control": ["private", "no-store", ...more].join(", "),
});
