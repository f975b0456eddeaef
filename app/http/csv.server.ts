import { stringify } from "csv-stringify/sync";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { guarded } from "~/domain/kernel/tables/cells";
import { recordExport } from "./export.server";

/** Whatever somebody's reader could take for the end of a cell or of a row. */
const SEPARATES = /[\r\n\t;|]/;

/** A table as spreadsheets in China open it: UTF-8 with its mark, one header row, CRLF; a cell of several lines stays one cell. */
export const csvText = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([header, ...rows.map((row) => row.map(guarded))], { bom: true, record_delimiter: "windows", quoted_match: SEPARATES });

/** A table made here, as a CSV file; whoever takes it along stands in the trail of use. */
export const csvResponse = (ctx: UseCaseContext, fileName: string, header: readonly string[], rows: readonly (readonly string[])[]): Promise<Response> =>
  csvAnswer(ctx, fileName, csvText(header, rows));

/** The same of a CSV file whose text is there. */
export async function csvAnswer(ctx: UseCaseContext, fileName: string, body: string): Promise<Response> {
  await recordExport(ctx, fileName);
  return new Response(body, {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${fileName}"`, "Cache-Control": "private, no-store" },
  });
}
