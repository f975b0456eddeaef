import { apiInfo } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";

/** Which HSDS this is, and where it is described. */
export const loader = (args: RouteArgs) => openDataRecord(args, apiInfo);
