import { requireRole } from "~/domain/kernel/actor";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { wishTemplate } from "~/http/templates.server";
import { xlsxResponse } from "~/http/xlsx.server";

/** A file of wishes to fill in. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireRole(ctx.actor, "caseworker");
    const { header, rows } = await wishTemplate(ctx);
    return xlsxResponse(ctx, "wishes-template.xlsx", header, rows);
  });
