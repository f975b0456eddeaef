import { and, eq, isNull, sql } from "drizzle-orm";
import { requireRole, type Scope } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { seal } from "~/domain/kernel/sealing.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { appUsers, credentials, donorProfiles, roleGrants, type Role } from "~db/schema/identity";
import { hashMade, hashNew, keepPassword, tryPassword } from "./passwords.server";
import type { SignUpInput } from "./schemas";

/**
 * A new donor. The real name and phone are sealed; what the public sees is chosen gift by gift.
 * @throws {DomainError} MAIL_TAKEN, PASSWORD_COMMON
 */
export async function signUp(ctx: UseCaseContext, input: SignUpInput): Promise<{ userId: string }> {
  const passwordHash = await hashNew(input.password, [input.email, input.displayName]);
  return inTransaction(ctx, async (tx) => {
    const userId = await addUser(tx, ctx, input);
    await keepPassword(tx, ctx, userId, passwordHash);
    await tx.insert(donorProfiles).values({
      userId,
      kind: input.kind,
      realNameSealed: input.realName === undefined ? null : seal(ctx.keys, `donor_profile.real_name:${userId}`, input.realName),
      phoneSealed: input.phone === undefined ? null : seal(ctx.keys, `donor_profile.phone:${userId}`, input.phone),
      creditCode: input.creditCode ?? null,
    });
    await grant(tx, ctx, { userId, role: "donor", scope: { kind: "city" } });
    return { userId };
  });
}

/** The row of an account. @throws {DomainError} MAIL_TAKEN */
export async function addUser(tx: Transaction, ctx: UseCaseContext, { email, displayName }: { email: string; displayName: string }): Promise<string> {
  const id = ctx.newId();
  const added = await tx.insert(appUsers).values({ id, email, displayName, locale: ctx.locale, createdAt: ctx.now() }).onConflictDoNothing().returning({ id: appUsers.id });
  if (added.length === 0) throw new DomainError("MAIL_TAKEN");
  return id;
}

/** The row of a role and its journal row; what holds already stays as it is. Who may is asked by the callers. */
export async function grant(tx: Transaction, ctx: UseCaseContext, { userId, role, scope }: { userId: string; role: Role; scope: Scope }): Promise<void> {
  const id = ctx.newId();
  const grantedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const added = await tx
    .insert(roleGrants)
    .values({ id, userId, role, scopeKind: scope.kind, scopeId: scope.kind === "city" ? "" : scope.id, grantedBy, grantedAt: ctx.now() })
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
    data: { userId, role, scope: scope.kind === "city" ? "city" : `${scope.kind}:${scope.id}` },
  });
}

/** An account for a member of staff with their first role; the password is theirs to change. System and admins only. */
export async function addStaff(
  ctx: UseCaseContext,
  input: { email: string; displayName: string; password: string | undefined; roles: readonly { role: Role; scope: Scope }[] },
): Promise<{ userId: string }> {
  if (ctx.actor.kind !== "system") requireRole(ctx.actor, "admin");
  const passwordHash = input.password === undefined ? undefined : await hashMade(input.password);
  return inTransaction(ctx, async (tx) => {
    const userId = await addUser(tx, ctx, input);
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
      .where(and(eq(donorProfiles.userId, userId), eq(donorProfiles.kind, "company"), isNull(donorProfiles.companyVerifiedAt)))
      .returning({ userId: donorProfiles.userId });
    if (!verified) throw new DomainError("NOT_FOUND");
    await recordEvent(tx, ctx, { entity: "donor_profile", entityId: userId, entityVersion: 1, event: "company.verify", fromState: null, toState: null, by: "operator" });
  });
}

/**
 * Checks e-mail and password. Five wrong tries in 15 minutes for one account from one address close that pair for the rest of
 * the window; right ones are not counted. The answer and its time are the same for an unknown address, for a wrong password, and
 * for the right one of an account that was closed.
 * @throws {DomainError} TOO_MANY_REQUESTS, SIGN_IN_FAILED
 */
export async function checkPassword(ctx: UseCaseContext, typed: { email: string; password: string; clientAddress: string }): Promise<{ userId: string }> {
  const [user] = await ctx.db
    .select({ id: appUsers.id, disabledAt: appUsers.disabledAt, passwordHash: credentials.passwordHash })
    .from(appUsers)
    .innerJoin(credentials, eq(credentials.userId, appUsers.id))
    .where(eq(sql`lower(${appUsers.email})`, typed.email));
  const right = await tryPassword(ctx, typed, { passwordHash: user?.passwordHash, mayEnter: user?.disabledAt === null });
  if (!right || !user) throw new DomainError("SIGN_IN_FAILED");
  return { userId: user.id };
}
