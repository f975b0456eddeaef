import { requireListKeeper } from "~/domain/lists/desk/listKeeper.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { askedList } from "~/http/list.server";
import { unreadableFilter } from "~/http/query.server";
import { listTemplate } from "~/http/templates.server";
import { xlsxResponse } from "~/http/xlsx.server";

/** A file of one of the two lists to fill in; of the social list where none is named. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireListKeeper(ctx);
    const asked = askedList(args);
    if (asked.reply) return unreadableFilter(ctx.locale, asked.reply);
    const list = asked.values.list ?? "social";
    const { header, rows } = listTemplate(ctx, list);
    return xlsxResponse(ctx, `list-${list}-template.xlsx`, header, rows);
  });
