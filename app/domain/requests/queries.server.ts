import { and, asc, count, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import { type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { pageOf } from "~/domain/kernel/page";
import { households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { recipientRequests } from "~db/schema/requests";

const A_PAGE = 50;

/**
 * Requests that wait for the actor: corrections and erasures of their towns for people of the town, every
 * erasure, and what is late, for an admin.
 */
function waitingForActor(ctx: UseCaseContext): SQL | undefined {
  requireUser(ctx.actor);
  const townCodes = [...scopeIds(ctx.actor, "caseworker"), ...scopeIds(ctx.actor, "town_reviewer")];
  const isAdmin = holds(ctx.actor, "admin");
  if (townCodes.length === 0 && !isAdmin) throw new DomainError("NOT_ALLOWED");
  const mine = or(
    townCodes.length > 0 ? inArray(households.townCode, townCodes) : undefined,
    isAdmin ? or(eq(recipientRequests.kind, "erase"), isNotNull(recipientRequests.escalatedAt)) : undefined,
  );
  return and(eq(recipientRequests.state, "open"), mine);
}

/** The requests that a code names: all of a household, or those about a wish. */
const called = (code: string): SQL => sql`(
  select r.id from ${households} h join ${recipientRequests} r on r.household_id = h.id where h.code = ${code} union all
  select r.id from ${needs} n join ${recipientRequests} r on r.need_id = n.id where n.code = ${code})`;

/**
 * What recipients asked for and nobody has done yet, what is due first in front, by key: without their words;
 * of one town, or of the household or wish of a code, where asked so.
 * @throws {DomainError} NOT_ALLOWED
 */
export async function openRequests(
  ctx: UseCaseContext,
  {
    code,
    town,
    after,
  }: Readonly<{ code?: string | undefined; town?: string | undefined; after?: string | undefined }> = {},
) {
  const last = alias(recipientRequests, "last");
  const beyond =
    after === undefined
      ? undefined
      : sql`(${recipientRequests.dueAt}, ${recipientRequests.id}) > (select ${last.dueAt}, ${last.id} from ${recipientRequests} ${last} where ${last.id} = ${after})`;
  const rows = await ctx.db
    .select({
      id: recipientRequests.id,
      kind: recipientRequests.kind,
      occurredAt: recipientRequests.occurredAt,
      dueAt: recipientRequests.dueAt,
      householdId: households.id,
      code: households.code,
      needCode: needs.code,
      town: towns,
    })
    .from(recipientRequests)
    .innerJoin(households, eq(households.id, recipientRequests.householdId))
    .innerJoin(towns, eq(towns.code, households.townCode))
    .leftJoin(needs, eq(needs.id, recipientRequests.needId))
    .where(
      and(
        waitingForActor(ctx),
        code === undefined ? undefined : inArray(recipientRequests.id, called(code)),
        town === undefined ? undefined : eq(households.townCode, town),
        beyond,
      ),
    )
    .orderBy(asc(recipientRequests.dueAt), asc(recipientRequests.id))
    .limit(A_PAGE + 1);
  return pageOf(rows, A_PAGE, (last) => last.id);
}

/** How many wait for the actor. */
export async function openRequestCount(ctx: UseCaseContext): Promise<number> {
  const [row] = await ctx.db
    .select({ n: count() })
    .from(recipientRequests)
    .innerJoin(households, eq(households.id, recipientRequests.householdId))
    .where(waitingForActor(ctx));
  return row?.n ?? 0;
}
