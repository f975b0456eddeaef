import { readServiceAtLocation } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";

/** One item at one of its places. */
export const loader = (args: RouteArgs) => openDataRecord(args, readServiceAtLocation);
