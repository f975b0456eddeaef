import { listTaxonomies } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openList } from "~/http/openData.server";

/** How items are filed. */
export const loader = (args: RouteArgs) =>
  openList(args, "taxonomies", (_ctx, asked) => listTaxonomies(asked));
