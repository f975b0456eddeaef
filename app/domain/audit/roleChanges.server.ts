import { and, desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { holds, requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { pageOf } from "~/domain/kernel/page";
import { appUsers, invitations, roleGrants, roleProposals } from "~db/schema/identity";
import { IS_ROLE_CHANGE, journal, type RoleEvent } from "~db/schema/journal";
import { stepResets } from "~db/schema/secondStep";

const PAGE = 50;

/**
 * Every change of who may do what, newest first: who did it, to whom, which role, where. Everybody's own
 * right to give is left out.
 * @throws {DomainError} NOT_ALLOWED unless auditor or admin
 */
export async function roleChanges(ctx: UseCaseContext, before?: string) {
  requireUser(ctx.actor);
  if (!holds(ctx.actor, "auditor") && !holds(ctx.actor, "admin")) throw new DomainError("NOT_ALLOWED");
  const [actors, whose] = [alias(appUsers, "actor"), alias(appUsers, "whose")];
  const rows = await ctx.db
    .select({
      id: journal.id,
      at: journal.recordedAt,
      event: sql<RoleEvent>`${journal.event}`,
      reason: journal.reason,
      actor: actors.displayName,
      whose: whose.displayName,
      role: sql<
        typeof roleGrants.$inferSelect.role | null
      >`coalesce(${roleGrants.role}, ${roleProposals.role}, ${invitations.role})`,
      scopeKind: sql<
        string | null
      >`coalesce(${roleGrants.scopeKind}, ${roleProposals.scopeKind}, ${invitations.scopeKind})`,
      scopeId: sql<
        string | null
      >`coalesce(${roleGrants.scopeId}, ${roleProposals.scopeId}, ${invitations.scopeId})`,
    })
    .from(journal)
    .leftJoin(actors, eq(actors.id, journal.actorId))
    .leftJoin(roleGrants, and(eq(journal.entity, "role_grant"), eq(roleGrants.id, journal.entityId)))
    .leftJoin(roleProposals, and(eq(journal.entity, "role_proposal"), eq(roleProposals.id, journal.entityId)))
    .leftJoin(stepResets, and(eq(journal.entity, "step_reset"), eq(stepResets.id, journal.entityId)))
    .leftJoin(invitations, and(eq(journal.entity, "invitation"), eq(invitations.id, journal.entityId)))
    .leftJoin(
      whose,
      eq(
        whose.id,
        sql`coalesce(${roleGrants.userId}, ${roleProposals.userId}, ${stepResets.userId}, ${invitations.acceptedBy}, case when ${journal.entity} = 'account' then ${journal.entityId} end)`,
      ),
    )
    .where(
      and(
        IS_ROLE_CHANGE,
        sql`${roleGrants.role} is distinct from 'donor'`,
        before === undefined ? undefined : lt(journal.id, before),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(PAGE + 1);
  return pageOf(rows, PAGE, (last) => last.id);
}
