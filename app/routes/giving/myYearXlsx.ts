import { gathered } from "~/domain/kernel/batches";
import { linesOfMyYear } from "~/domain/trace/myYear.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { xlsxResponse } from "~/http/xlsx.server";
import { yearOfFile } from "~/http/yearOfGiving.server";
import { serverT } from "~/i18n/messages.server";
import { yearCells, yearHead } from "~/ui/giving/yearTable";

/** The same as a workbook. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const year = await yearOfFile(args, ctx);
    const lines = await gathered(linesOfMyYear(ctx, year));
    return xlsxResponse(
      ctx,
      `year-${String(year)}.xlsx`,
      yearHead(serverT(ctx.locale, ["year"])),
      lines.map((line) => yearCells(ctx.locale, line)),
    );
  });
