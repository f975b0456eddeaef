import type { MatchFilter } from "~/domain/matching/schemas";
import { AGE_BANDS } from "~db/schema/households";
import type { RouteArgs } from "./context.server";
import { inQuery, oneOfInQuery } from "./query.server";

type Coded = readonly Readonly<{ code: string }>[];

/** Whom the desk is asked to show; what the portal does not know is no filter, which the page says. */
export function askedMatches(
  { request }: Pick<RouteArgs, "request">,
  { towns, kinds }: Readonly<{ towns: Coded; kinds: Coded }>,
): MatchFilter {
  const among = (rows: Coded) => (typed: string) => rows.find(({ code }) => code === typed)?.code;
  return {
    town: inQuery(request, "town", among(towns)),
    kind: inQuery(request, "kind", among(kinds)),
    age: oneOfInQuery(request, "age", AGE_BANDS),
  };
}
