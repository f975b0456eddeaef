import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { holds, requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { appUsers, invitations, roleGrants, roleProposals } from "~db/schema/identity";
import { journal } from "~db/schema/journal";

const PAGE = 50;

/** Who came to hold what, and who may come in at all. */
export const ROLE_EVENTS = [
  "role.grant",
  "role.revoke",
  "role_proposal.propose",
  "role_proposal.approve",
  "role_proposal.reject",
  "role_proposal.withdraw",
  "invitation.make",
  "invitation.accept",
  "invitation.withdraw",
  "account.disable",
  "account.enable",
] as const;
export type RoleEvent = (typeof ROLE_EVENTS)[number];

/**
 * Every change of who may do what, newest first: who did it, to whom, which role, where. Everybody's own right to give is left out.
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
      role: sql<typeof roleGrants.$inferSelect.role | null>`coalesce(${roleGrants.role}, ${roleProposals.role}, ${invitations.role})`,
      scopeKind: sql<string | null>`coalesce(${roleGrants.scopeKind}, ${roleProposals.scopeKind}, ${invitations.scopeKind})`,
      scopeId: sql<string | null>`coalesce(${roleGrants.scopeId}, ${roleProposals.scopeId}, ${invitations.scopeId})`,
    })
    .from(journal)
    .leftJoin(actors, eq(actors.id, journal.actorId))
    .leftJoin(roleGrants, and(eq(journal.entity, "role_grant"), eq(roleGrants.id, journal.entityId)))
    .leftJoin(roleProposals, and(eq(journal.entity, "role_proposal"), eq(roleProposals.id, journal.entityId)))
    .leftJoin(invitations, and(eq(journal.entity, "invitation"), eq(invitations.id, journal.entityId)))
    .leftJoin(
      whose,
      or(
        eq(whose.id, roleGrants.userId),
        eq(whose.id, roleProposals.userId),
        eq(whose.id, invitations.acceptedBy),
        and(eq(journal.entity, "account"), eq(whose.id, journal.entityId)),
      ),
    )
    .where(
      and(
        inArray(journal.entity, ["role_grant", "role_proposal", "invitation", "account"]),
        inArray(journal.event, [...ROLE_EVENTS]),
        sql`${roleGrants.role} is distinct from 'donor'`,
        before === undefined ? undefined : lt(journal.id, before),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(PAGE + 1);
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1]?.id : undefined };
}
