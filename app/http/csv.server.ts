import { stringify } from "csv-stringify/sync";
import { guarded } from "~/domain/kernel/cells";

/** A CSV file as spreadsheets in China open it: UTF-8 with its mark, one header row, CRLF. */
export function csvResponse(fileName: string, header: readonly string[], rows: readonly (readonly string[])[]): Response {
  const body = stringify([header, ...rows.map((row) => row.map(guarded))], { bom: true, record_delimiter: "windows" });
  return new Response(body, {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${fileName}"`, "Cache-Control": "private, no-store" },
  });
}
