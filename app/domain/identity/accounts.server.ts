import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { requireRole, type Scope } from "~/domain/kernel/actor";
import {
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { appUsers, donorProfiles, type Role, roleGrants } from "~db/schema/identity";
import { hashMade, keepPassword } from "./passwords.server";

type Given = Readonly<{ userId: string; role: Role; scope: Scope; approvedBy?: string }>;

/** Whose address it is; one that nobody confirmed is nobody's. */
export async function confirmedAccount(
  db: Database | Transaction,
  email: string,
): Promise<string | undefined> {
  const [user] = await db
    .select({ id: appUsers.id })
    .from(appUsers)
    .where(and(eq(sql`lower(${appUsers.email})`, email), isNotNull(appUsers.mailConfirmedAt)));
  return user?.id;
}

/**
 * The row of a role and its journal row; what holds already stays as it is. Who may is asked by the callers.
 */
export async function grant(
  tx: Transaction,
  ctx: UseCaseContext,
  { userId, role, scope, approvedBy }: Given,
): Promise<void> {
  const id = ctx.newId();
  const grantedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const added = await tx
    .insert(roleGrants)
    .values({
      id,
      userId,
      role,
      scopeKind: scope.kind,
      scopeId: scope.kind === "city" ? "" : scope.id,
      grantedBy,
      approvedBy: approvedBy ?? null,
      grantedAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ id: roleGrants.id });
  if (added.length === 0) return;
  await recordEvent(tx, ctx, {
    entity: "role_grant",
    entityId: id,
    entityVersion: 1,
    event: "role.grant",
    fromState: null,
    toState: null,
    by: ctx.actor.kind === "user" ? "admin" : "system",
    data: {
      userId,
      role,
      scope: scope.kind === "city" ? "city" : `${scope.kind}:${scope.id}`,
      ...(approvedBy === undefined ? {} : { approvedBy }),
    },
  });
}

/**
 * An account for a member of staff with their first roles, by whoever keeps the machine; the password is
 * theirs to change.
 * @throws {DomainError} NOT_ALLOWED unless the system, MAIL_TAKEN
 */
export async function addStaff(
  ctx: UseCaseContext,
  input: {
    email: string;
    displayName: string;
    password: string | undefined;
    roles: readonly { role: Role; scope: Scope }[];
  },
): Promise<{ userId: string }> {
  if (ctx.actor.kind !== "system") throw new DomainError("NOT_ALLOWED");
  const passwordHash = input.password === undefined ? undefined : await hashMade(input.password);
  return inTransaction(ctx, async (tx) => {
    const userId = ctx.newId();
    const added = await tx
      .insert(appUsers)
      .values({
        id: userId,
        email: input.email,
        displayName: input.displayName,
        locale: ctx.locale,
        createdAt: ctx.now(),
        mailConfirmedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: appUsers.id });
    if (added.length === 0) throw new DomainError("MAIL_TAKEN");
    if (passwordHash !== undefined) await keepPassword(tx, ctx, userId, passwordHash);
    await tx.insert(donorProfiles).values({ userId, kind: "person" });
    for (const given of input.roles) await grant(tx, ctx, { userId, ...given });
    return { userId };
  });
}

/** A company whose register entry an operator has checked may hold any number of units. */
export async function verifyCompany(ctx: UseCaseContext, userId: string): Promise<void> {
  const operator = requireRole(ctx.actor, "operator");

  await inTransaction(ctx, async (tx) => {
    const [verified] = await tx
      .update(donorProfiles)
      .set({ companyVerifiedAt: ctx.now(), companyVerifiedBy: operator.userId })
      .where(
        and(
          eq(donorProfiles.userId, userId),
          eq(donorProfiles.kind, "company"),
          isNull(donorProfiles.companyVerifiedAt),
        ),
      )
      .returning({ userId: donorProfiles.userId });
    if (!verified) throw new DomainError("NOT_FOUND");
    await recordEvent(tx, ctx, {
      entity: "donor_profile",
      entityId: userId,
      entityVersion: 1,
      event: "company.verify",
      fromState: null,
      toState: null,
      by: "operator",
    });
  });
}
