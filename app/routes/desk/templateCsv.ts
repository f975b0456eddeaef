import { requireListKeeper } from "~/domain/lists/desk/listKeeper.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvResponse } from "~/http/csv.server";
import { askedList } from "~/http/list.server";
import { unreadableFilter } from "~/http/query.server";
import { listTemplate } from "~/http/templates.server";

/** A file of one of the two lists to fill in; of the social list where none is named. */
export const loader = (args: RouteArgs) =>
  load(args, (ctx) => {
    requireListKeeper(ctx);
    const asked = askedList(args);
    if (asked.reply) return Promise.resolve(unreadableFilter(ctx.locale, asked.reply));
    const list = asked.values.list ?? "social";
    const { header, rows } = listTemplate(ctx, list);
    return csvResponse(ctx, `list-${list}-template.csv`, header, rows);
  });
