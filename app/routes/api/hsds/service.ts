import { readService } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openRecord } from "~/http/openData.server";

/** One published item with everything that belongs to it. */
export const loader = (args: RouteArgs) => openRecord(args, readService);
