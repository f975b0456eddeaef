import { asc, eq, inArray, sql } from "drizzle-orm";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { firstOfTowns } from "~/domain/kernel/waiting.server";
import { callBacks } from "~db/schema/callBacks";
import { appUsers } from "~db/schema/identity";
import { towns } from "~db/schema/reference";
import { IS_CALM } from "~db/schema/referrals";

/**
 * Call-backs that wait in the actor's towns, what is past its day first and then what is due first, without
 * who asked; an admin sees of all towns what is past its day. At most `MOST_LISTED` and one more.
 * @throws {DomainError} SIGN_IN_NEEDED, NOT_ALLOWED
 */
export async function callBackList(ctx: UseCaseContext) {
  requireUser(ctx.actor);
  const own = [...new Set([...scopeIds(ctx.actor, "caseworker"), ...scopeIds(ctx.actor, "town_reviewer")])];
  const isAdmin = own.length === 0 && holds(ctx.actor, "admin");
  if (own.length === 0 && !isAdmin) throw new DomainError("NOT_ALLOWED");
  const first = firstOfTowns({
    ofTown: sql`select id, due_at, ${IS_CALM} as calm from ${callBacks}
      where town_code = town.code and due_at is not null ${isAdmin ? sql`and ${IS_CALM} = 0` : sql``}`,
    order: sql`calm, due_at, id`,
    most: MOST_LISTED + 1,
    townCodes: isAdmin ? undefined : own,
  });
  const rows = await ctx.db
    .select({
      id: callBacks.id,
      code: callBacks.code,
      version: callBacks.version,
      state: callBacks.state,
      way: callBacks.way,
      askedFor: callBacks.askedFor,
      tries: callBacks.tries,
      createdAt: callBacks.createdAt,
      dueAt: callBacks.dueAt,
      escalatedAt: callBacks.escalatedAt,
      openedAt: callBacks.openedAt,
      openedBy: appUsers.displayName,
      town: { code: towns.code, nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
    })
    .from(callBacks)
    .innerJoin(towns, eq(towns.code, callBacks.townCode))
    .leftJoin(appUsers, eq(appUsers.id, callBacks.openedBy))
    .where(inArray(callBacks.id, first))
    .orderBy(IS_CALM, asc(callBacks.dueAt), asc(callBacks.id));
  return {
    rows: rows.slice(0, MOST_LISTED).map(({ dueAt, ...row }) => ({
      ...row,
      isLate: dueAt !== null && dueAt < ctx.now(),
      dueAt: dueAt ?? ctx.now(),
    })),
    hasMore: rows.length > MOST_LISTED,
    mayAnswer: !isAdmin,
  };
}
