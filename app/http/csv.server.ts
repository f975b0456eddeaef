import { stringify } from "csv-stringify/sync";
import { guarded } from "~/domain/kernel/tables/cells";

/** Whatever somebody's reader could take for the end of a cell or of a row. */
const SEPARATES = /[\r\n\t;|]/;

/** A table as spreadsheets in China open it: UTF-8 with its mark, one header row, CRLF; a cell of several lines stays one cell. */
export const csvText = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([header, ...rows.map((row) => row.map(guarded))], { bom: true, record_delimiter: "windows", quoted_match: SEPARATES });

/** A table made here, as a CSV file. */
export const csvResponse = (fileName: string, header: readonly string[], rows: readonly (readonly string[])[]): Response => csvAnswer(fileName, csvText(header, rows));

/** A CSV file whose text is there. */
export function csvAnswer(fileName: string, body: string): Response {
  return new Response(body, {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${fileName}"`, "Cache-Control": "private, no-store" },
  });
}
