import type { UseFilter } from "~/domain/audit/trail.server";
import { USE_KINDS } from "~db/schema/trail";
import { aDay, type AskedFilter, oneWordOf, readQuery } from "./query.server";

/** The kinds of use that the trail can be asked for, in the order of its form. */
export const useKinds = USE_KINDS;

/** The filter of the trail of use as its page reads it from the URL. */
export const useFilterOf = ({ request }: { request: Request }): AskedFilter<UseFilter> =>
  readQuery(request, { day: aDay, kind: oneWordOf(USE_KINDS) });
