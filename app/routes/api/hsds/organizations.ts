import { listOrganizations } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openList } from "~/http/openData.server";

/** Whoever provides a published item. */
export const loader = (args: RouteArgs) => openList(args, "organizations", listOrganizations);
