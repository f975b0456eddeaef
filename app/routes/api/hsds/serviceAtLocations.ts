import { listServiceAtLocations } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openList } from "~/http/openData.server";

/** Where the published items are had. */
export const loader = (args: RouteArgs) => openList(args, "service_at_locations", listServiceAtLocations);
