import writeXlsxFile from "write-excel-file/node";
import { guarded } from "~/domain/kernel/cells";

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The same table as a workbook of one sheet: every cell a text, so that codes and phone numbers keep their zeros. */
export async function xlsxResponse(fileName: string, header: readonly string[], rows: readonly (readonly string[])[]): Promise<Response> {
  const cells = [header, ...rows].map((row) => row.map((cell) => ({ type: String, value: guarded(cell) })));
  const body = await writeXlsxFile(cells).toBuffer();
  return new Response(new Uint8Array(body), {
    headers: { "Content-Type": TYPE, "Content-Disposition": `attachment; filename="${fileName}"`, "Cache-Control": "private, no-store" },
  });
}
