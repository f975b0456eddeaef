import { exportLists } from "~/domain/directory/keeping/exportLists.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { oneOfInQuery } from "~/http/query.server";
import { xlsxResponse } from "~/http/xlsx.server";

/** The same as a workbook; the government's where none is named. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const list = oneOfInQuery(args.request, "list", ["government", "social"]) ?? "government";
    const { header, rows } = await exportLists(ctx, list);
    return xlsxResponse(`list-${list}.xlsx`, header, rows);
  });
