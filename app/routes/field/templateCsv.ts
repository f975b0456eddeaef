import { requireRole } from "~/domain/kernel/actor";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvResponse } from "~/http/csv.server";
import { wishTemplate } from "~/http/templates.server";

/** A file of wishes to fill in. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireRole(ctx.actor, "caseworker");
    const { header, rows } = await wishTemplate(ctx);
    return csvResponse(ctx, "wishes-template.csv", header, rows);
  });
