import { gathered } from "~/domain/kernel/batches";
import { exportLists } from "~/domain/lists/desk/exportLists.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { askedList } from "~/http/list.server";
import { unreadableFilter } from "~/http/query.server";
import { xlsxResponse } from "~/http/xlsx.server";

/** The same as a workbook; the government's where none is named. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const asked = askedList(args);
    if (asked.reply) return unreadableFilter(ctx.locale, asked.reply);
    const list = asked.values.list ?? "government";
    const { header, batches } = await exportLists(ctx, list);
    return xlsxResponse(ctx, `list-${list}.xlsx`, header, await gathered(batches));
  });
