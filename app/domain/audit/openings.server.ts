import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { pageOf } from "~/domain/kernel/page";
import { households, recordOpenings } from "~db/schema/households";
import { appUsers } from "~db/schema/identity";
import { towns } from "~db/schema/reference";

const PAGE = 50;

const OPENING = {
  id: recordOpenings.id,
  role: recordOpenings.role,
  reason: recordOpenings.reason,
  openedAt: recordOpenings.openedAt,
} as const;

/**
 * Who opened a recipient's record, when and why: for auditors all of them, for a town's reviewer those of
 * their town.
 */
export async function openings(ctx: UseCaseContext, before?: string) {
  requireUser(ctx.actor);
  const townCodes = scopeIds(ctx.actor, "town_reviewer");
  const all = holds(ctx.actor, "auditor");
  if (!all && townCodes.length === 0) throw new DomainError("NOT_ALLOWED");
  const rows = await ctx.db
    .select({ opening: OPENING, householdCode: households.code, town: towns, who: appUsers.displayName })
    .from(recordOpenings)
    .innerJoin(households, eq(households.id, recordOpenings.subjectId))
    .innerJoin(towns, eq(towns.code, households.townCode))
    .innerJoin(appUsers, eq(appUsers.id, recordOpenings.actorId))
    .where(
      and(
        all ? undefined : inArray(households.townCode, townCodes),
        before === undefined ? undefined : lt(recordOpenings.id, before),
      ),
    )
    .orderBy(desc(recordOpenings.id))
    .limit(PAGE + 1);
  return pageOf(rows, PAGE, (last) => last.opening.id);
}
