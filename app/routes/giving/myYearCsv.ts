import { linesOfMyYear } from "~/domain/trace/myYear.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvStream } from "~/http/csv.server";
import { yearOfFile } from "~/http/yearOfGiving.server";
import { serverT } from "~/i18n/messages.server";
import { yearCells, yearHead } from "~/ui/giving/yearTable";

/** What one gave in a year, promise by promise, for one's own books. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const year = await yearOfFile(args, ctx);
    return csvStream(ctx, {
      fileName: `year-${String(year)}.csv`,
      header: yearHead(serverT(ctx.locale, ["year"])),
      batches: linesOfMyYear(ctx, year),
      cellsOf: (line) => yearCells(ctx.locale, line),
    });
  });
