import { readServiceAtLocation } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openRecord } from "~/http/openData.server";

/** One item at one of its places. */
export const loader = (args: RouteArgs) => openRecord(args, readServiceAtLocation);
