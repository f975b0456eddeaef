import { readTaxonomy } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";

/** One way of filing. */
export const loader = (args: RouteArgs) => openDataRecord(args, (_ctx, id) => readTaxonomy(id));
