import { holds, scopeIds, type UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { isUuid } from "~/domain/kernel/typed/uuid";
import { formNames } from "~/domain/reference/queries.server";
import type { Role } from "~db/schema/identity";
import { aCode, inQuery } from "./query.server";

/**
 * What a list of work is asked by its address: a code, or a town and where its page begins.
 * @param isKey what a page of this list may begin after
 */
export function queueFilter(request: Request, isKey: (typed: string) => boolean = isUuid) {
  return {
    code: inQuery(request, "code", aCode.read),
    town: inQuery(request, "town", (typed) => (/^\d{9}$/.test(typed) ? typed : undefined)),
    after: inQuery(request, "after", (typed) => (isKey(typed) ? typed : undefined)),
  };
}

/** The place in a list of work to which whoever opened something of it goes back. */
export function queuePlace(request: Request, isKey?: (typed: string) => boolean) {
  const { town, after } = queueFilter(request, isKey);
  return { town, after };
}

/** The towns whose work somebody sees: all for the city's own people, else those of these roles. */
export async function townsOfWork(
  ctx: UseCaseContext,
  actor: UserActor,
  roles: readonly Role[],
  ofCity: Role = "operator",
) {
  const { towns } = await formNames(ctx);
  const own = new Set(roles.flatMap((role) => scopeIds(actor, role)));
  return holds(actor, ofCity) ? towns : towns.filter(({ code }) => own.has(code));
}
