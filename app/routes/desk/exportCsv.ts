import { exportLists } from "~/domain/lists/desk/exportLists.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvStream } from "~/http/csv.server";
import { askedList } from "~/http/list.server";
import { unreadableFilter } from "~/http/query.server";

/** One of the two lists whole, as an import reads it back; the government's where none is named. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const asked = askedList(args);
    if (asked.reply) return unreadableFilter(ctx.locale, asked.reply);
    const list = asked.values.list ?? "government";
    const table = await exportLists(ctx, list);
    return csvStream(ctx, { fileName: `list-${list}.csv`, ...table, cellsOf: (row) => row });
  });
