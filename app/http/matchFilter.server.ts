import type { TypedResponse } from "@remix-run/node";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { ManyDone } from "~/domain/matching/manyAtOnce.server";
import type { MatchFilter } from "~/domain/matching/schemas";
import { facetNames } from "~/domain/reference/queries.server";
import { paths } from "~/paths";
import { AGE_BANDS } from "~db/schema/households";
import type { RouteArgs } from "./context.server";
import { manyDoneAt } from "./done.server";
import { aCode, inQuery, oneOfInQuery, searchOf } from "./query.server";

/** Names of everything that the desk can be asked for. */
export const matchNames = async (ctx: UseCaseContext) => ({ ...(await facetNames(ctx)), ages: AGE_BANDS });

type Coded = readonly Readonly<{ code: string }>[];

/** Whom the desk is asked to show; what the portal does not know is no filter, which the page says. */
export function askedMatches(
  { request }: Pick<RouteArgs, "request">,
  { towns, kinds }: Readonly<{ towns: Coded; kinds: Coded }>,
): MatchFilter {
  const among = (rows: Coded) => (typed: string) => rows.find(({ code }) => code === typed)?.code;
  return {
    code: inQuery(request, "code", aCode.read),
    town: inQuery(request, "town", among(towns)),
    kind: inQuery(request, "kind", among(kinds)),
    age: oneOfInQuery(request, "age", AGE_BANDS),
  };
}

const PLACE = ["code", "kind", "town", "age", "offers", "lots", "proposed", "waiting"] as const;

/** Where on the desk somebody is, as the address has it: what it was asked for and where its lists go on. */
export function matchPlace({ request }: Pick<RouteArgs, "request">): Readonly<Record<string, string>> {
  const search = searchOf(request);
  return Object.fromEntries(
    PLACE.map((name) => [name, search.get(name) ?? ""] as const).filter(([, said]) => said),
  );
}

/** After many matches at once: back to the same town or kind of thing, with how many were done. */
export async function manyMatched(
  args: Pick<RouteArgs, "request">,
  ctx: UseCaseContext,
  what: "proposed" | "approved",
  { done, refused }: ManyDone,
): Promise<TypedResponse<never>> {
  const back = paths(ctx.locale).matching(askedMatches(args, await matchNames(ctx)));
  const words = what === "proposed" ? ("done.matchesProposed" as const) : ("done.matchesApproved" as const);
  return manyDoneAt(back, refused > 0 ? `${words}Some` : words, { n: done, m: refused });
}
