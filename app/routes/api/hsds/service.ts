import { publishedService } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";

/** One published item with everything that belongs to it. */
export const loader = (args: RouteArgs) => openDataRecord(args, publishedService);
