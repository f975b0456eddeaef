import { and, asc, eq, inArray, or, type SQL } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { holds, scopeIds } from "~/domain/kernel/actor";
import { type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { readCode } from "~/domain/kernel/typed/code";
import { households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { lookupsOf, namedOrCalled } from "./lookups.server";

/**
 * Finds the household of somebody who comes or calls, whoever filed their wish: by its code or a wish's code,
 * and within the actor's own towns by the name or phone, in any spelling. Tells codes only. @throws
 * {DomainError} NOT_ALLOWED
 */
export async function findHouseholds(ctx: UseCaseContext, typed: string) {
  const townCodes = [
    ...new Set([...scopeIds(ctx.actor, "caseworker"), ...scopeIds(ctx.actor, "town_reviewer")]),
  ];
  const isAdmin = holds(ctx.actor, "admin");
  if (townCodes.length === 0 && !isAdmin) throw new DomainError("NOT_ALLOWED");
  const code = readCode(typed);
  const found = code === undefined ? byPerson(ctx, typed, townCodes) : byCode(ctx, code);
  if (!found) return [];
  return ctx.db
    .select({
      id: households.id,
      code: households.code,
      kind: households.kind,
      heads: households.heads,
      town: towns,
    })
    .from(households)
    .innerJoin(towns, eq(towns.code, households.townCode))
    .where(and(found, isAdmin ? undefined : inArray(households.townCode, townCodes)))
    .orderBy(asc(households.id))
    .limit(20);
}

const byCode = (ctx: UseCaseContext, code: string) =>
  inArray(
    households.id,
    union(
      ctx.db.select({ id: households.id }).from(households).where(eq(households.code, code)),
      ctx.db
        .select({ id: households.id })
        .from(needs)
        .innerJoin(households, eq(households.id, needs.householdId))
        .where(eq(needs.code, code)),
    ),
  );

/** By keyed hashes, within these towns; undefined when there is none. */
function byPerson(ctx: UseCaseContext, typed: string, townCodes: readonly string[]): SQL | undefined {
  const inTowns = townCodes.map((townCode) =>
    and(
      eq(households.townCode, townCode),
      namedOrCalled(lookupsOf(ctx, townCode, { name: typed, phone: typed })),
    ),
  );
  return or(...inTowns);
}
