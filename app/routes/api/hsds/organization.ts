import { readOrganization } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";

/** One provider. */
export const loader = (args: RouteArgs) => openDataRecord(args, readOrganization);
