import { listTaxonomyTerms } from "~/domain/lists/hsds/published.server";
import type { RouteArgs } from "~/http/context.server";
import { openList } from "~/http/openData.server";

/** The terms by which items are filed. */
export const loader = (args: RouteArgs) => openList(args, "taxonomy_terms", listTaxonomyTerms);
