import { and, asc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { requireRole, requireUser, type Scope } from "~/domain/kernel/actor";
import {
  actingAs,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import { appUsers, type Role, roleGrants, roleProposals, SECOND_ADMIN_ROLES } from "~db/schema/identity";
import { grant } from "./accounts.server";
import { lockAdmins } from "./lockAdmins.server";

export const ROLE_PROPOSAL = machine({
  entity: "role_proposal",
  table: roleProposals,
  transitions: {
    waiting: { approve: "approved", reject: "rejected", withdraw: "withdrawn" },
    approved: {},
    rejected: {},
    withdrawn: {},
  },
});

const MOST_WAITING = 200;

type Wanted = Readonly<{ userId: string; role: Role; scope: Scope }>;

/**
 * Gives a role at once, or, where it moves money or gives roles, proposes it to a second admin. What holds
 * already stays as it is. Who may is asked by the callers.
 * @returns whether it holds, or waits
 * @throws {DomainError} ROLE_WAITS while the same waits already
 */
export async function giveOrPropose(
  tx: Transaction,
  ctx: UseCaseContext,
  wanted: Wanted,
): Promise<"given" | "proposed"> {
  if (!SECOND_ADMIN_ROLES.some((each) => each === wanted.role)) await grant(tx, ctx, wanted);
  else if (!(await holdsAlready(tx, wanted))) {
    await propose(tx, ctx, wanted);
    return "proposed";
  }

  return "given";
}

const idOf = (scope: Scope): string => (scope.kind === "city" ? "" : scope.id);

async function holdsAlready(tx: Transaction, { userId, role, scope }: Wanted): Promise<boolean> {
  const held = and(
    eq(roleGrants.userId, userId),
    eq(roleGrants.role, role),
    eq(roleGrants.scopeKind, scope.kind),
    eq(roleGrants.scopeId, idOf(scope)),
    isNull(roleGrants.revokedAt),
  );
  return (await tx.$count(roleGrants, held)) > 0;
}

async function propose(tx: Transaction, ctx: UseCaseContext, { userId, role, scope }: Wanted): Promise<void> {
  const proposer = requireUser(ctx.actor);
  const row = { id: ctx.newId(), state: "waiting" as const };
  const scopeId = idOf(scope);

  await tx.insert(roleProposals).values({
    ...row,
    userId,
    role,
    scopeKind: scope.kind,
    scopeId,
    proposedBy: proposer.userId,
    createdAt: ctx.now(),
  });

  await recordBirth(tx, ctx, ROLE_PROPOSAL, row, "propose", {
    by: "admin",
    data: { userId, role, scope: scope.kind === "city" ? "city" : `${scope.kind}:${scopeId}` },
  });
}

/**
 * A second admin agrees, and the role holds at once, in the name of the one who proposed and, beside it, of
 * the one who agreed; or they do not agree, and nothing changes. Whoever proposed may only take it back, and
 * whoever is to get the role decides nothing. Of two at once one decides.
 * @throws {DomainError} NOT_ALLOWED unless an admin, FOUR_EYES, NOT_FOUND, WRONG_STATE once it was decided,
 *   CHANGED_MEANWHILE where the one who proposed is no admin any more or the account was closed
 */
export async function decideRoleProposal(
  ctx: UseCaseContext,
  proposalId: string,
  decision: "approve" | "reject" | "withdraw",
): Promise<void> {
  requireSteppedUp(ctx, "decideRoleProposal");
  const { userId } = requireRole(ctx.actor, "admin");

  await inTransaction(ctx, async (tx) => {
    const admins = await lockAdmins(tx);
    if (!admins.some((admin) => admin.userId === userId)) throw new DomainError("NOT_ALLOWED");
    const [proposal] = await tx
      .select()
      .from(roleProposals)
      .where(eq(roleProposals.id, proposalId))
      .for("update");
    if (!proposal) throw new DomainError("NOT_FOUND");
    if (proposal.userId === userId || (proposal.proposedBy === userId) !== (decision === "withdraw"))
      throw new DomainError("FOUR_EYES");
    if (proposal.state !== "waiting")
      throw new DomainError("WRONG_STATE", { state: proposal.state, event: decision });
    await transition(tx, ctx, ROLE_PROPOSAL, proposal, decision, {
      by: "admin",
      ...(decision === "withdraw" ? {} : { set: { decidedBy: userId } }),
    });

    if (decision !== "approve") return;
    const [user] = await tx
      .select({ disabledAt: appUsers.disabledAt })
      .from(appUsers)
      .where(eq(appUsers.id, proposal.userId))
      .for("update");
    if (user?.disabledAt !== null || !admins.some((admin) => admin.userId === proposal.proposedBy))
      throw new DomainError("CHANGED_MEANWHILE");
    const proposer = { kind: "user", userId: proposal.proposedBy, displayName: "", grants: [] } as const;
    const scope: Scope =
      proposal.scopeKind === "city" ? { kind: "city" } : { kind: proposal.scopeKind, id: proposal.scopeId };

    await grant(tx, actingAs(ctx, proposer), {
      userId: proposal.userId,
      role: proposal.role,
      scope,
      approvedBy: userId,
    });
  });
}

/** Roles that wait for a second admin, oldest first. @throws {DomainError} NOT_ALLOWED unless admin */
export async function waitingRoles(ctx: UseCaseContext) {
  const { userId } = requireRole(ctx.actor, "admin");
  const proposers = alias(appUsers, "proposer");
  const rows = await ctx.db
    .select({
      proposal: roleProposals,
      email: appUsers.email,
      displayName: appUsers.displayName,
      proposer: proposers.displayName,
    })
    .from(roleProposals)
    .innerJoin(appUsers, eq(appUsers.id, roleProposals.userId))
    .innerJoin(proposers, eq(proposers.id, roleProposals.proposedBy))
    .where(eq(roleProposals.state, "waiting"))
    .orderBy(asc(roleProposals.id))
    .limit(MOST_WAITING);
  return rows.map(({ proposal, ...names }) => ({
    id: proposal.id,
    role: proposal.role,
    scopeKind: proposal.scopeKind,
    scopeId: proposal.scopeId,
    at: proposal.createdAt,
    ...names,
    may:
      proposal.proposedBy === userId
        ? ("withdraw" as const)
        : proposal.userId === userId
          ? ("nothing" as const)
          : ("decide" as const),
  }));
}
