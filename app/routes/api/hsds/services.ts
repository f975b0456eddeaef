import { listServices } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openList } from "~/http/openData.server";

/** The published items of both lists. */
export const loader = (args: RouteArgs) => openList(args, "services", listServices);
