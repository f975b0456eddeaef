import { holds, scopeIds, type UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { formNames } from "~/domain/reference/queries.server";
import type { Role } from "~db/schema/identity";
import { idInQuery } from "./ids.server";
import { aCode, inQuery } from "./query.server";

/** What a list of work is asked by its address: a code, or a town and where its page begins. */
export function queueFilter(request: Request) {
  return {
    code: inQuery(request, "code", aCode.read),
    town: inQuery(request, "town", (typed) => (/^\d{9}$/.test(typed) ? typed : undefined)),
    after: idInQuery({ request }, "after"),
  };
}

/** The towns whose work somebody sees: all for the city's own people, else those of these roles. */
export async function townsOfWork(ctx: UseCaseContext, actor: UserActor, roles: readonly Role[]) {
  const { towns } = await formNames(ctx);
  const own = new Set(roles.flatMap((role) => scopeIds(actor, role)));
  return holds(actor, "operator") ? towns : towns.filter(({ code }) => own.has(code));
}
