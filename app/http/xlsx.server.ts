import writeXlsxFile from "write-excel-file/node";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { guarded } from "~/domain/kernel/tables/cells";
import { recordExport } from "./export.server";

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Signs that a workbook cannot hold: with one of them in a cell no spreadsheet opens the file. */
// eslint-disable-next-line no-control-regex -- these are what must not get through
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** The most that spreadsheets take in a cell. */
const MOST_LETTERS = 32_767;

const written = (cell: string): string => guarded(cell).replace(UNWRITABLE, "").slice(0, MOST_LETTERS);

/**
 * The same table and its record as a workbook of one sheet: every cell a text, so that codes and phone
 * numbers keep their zeros.
 */
export async function xlsxResponse(
  ctx: UseCaseContext,
  fileName: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<Response> {
  await recordExport(ctx, fileName);
  const cells = [header, ...rows].map((row) => row.map((cell) => ({ type: String, value: written(cell) })));
  const body = await writeXlsxFile(cells).toBuffer();
  return new Response(new Uint8Array(body), {
    headers: {
      "Content-Type": TYPE,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
