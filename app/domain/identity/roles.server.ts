import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { pageOf } from "~/domain/kernel/page";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { charitiesAt, organisationsAt } from "~/domain/register/register.server";
import { appUsers, roleGrants, ROLES } from "~db/schema/identity";
import { servicePoints, towns } from "~db/schema/reference";
import { confirmedAccount } from "./accounts.server";
import { lockAdmins } from "./lockAdmins.server";
import { giveOrPropose } from "./roleProposals.server";
import type { GrantRoleInput } from "./roleSchemas";
import { hasSecondStep } from "./secondStepOn.server";

/**
 * Gives somebody a role in a place. A journal row says who gave it. Giving it again changes nothing. A role
 * that moves money or gives roles is proposed only: it holds once a second admin has agreed.
 * @returns whether it holds, or waits for that
 * @throws {DomainError} NOT_ALLOWED unless admin, FOUR_EYES for oneself, NO_SUCH_ACCOUNT (also where nobody
 *   confirmed the address), ROLE_WAITS while it waits already
 */
export async function grantRole(
  ctx: UseCaseContext,
  input: z.infer<typeof GrantRoleInput>,
): Promise<"given" | "proposed"> {
  requireSteppedUp(ctx, "grantRole");
  const { userId } = requireRole(ctx.actor, "admin");
  return inTransaction(ctx, async (tx) => {
    const account = await confirmedAccount(tx, input.email);
    if (account === undefined) throw new DomainError("NO_SUCH_ACCOUNT");
    if (account === userId) throw new DomainError("FOUR_EYES");
    return giveOrPropose(tx, ctx, { userId: account, role: input.role, scope: input.where });
  });
}

/**
 * Takes a role away at once: the next request no longer has it. Its row stays as history.
 * @throws {DomainError} NOT_FOUND when it is gone already, LAST_ADMIN
 */
export async function revokeRole(ctx: UseCaseContext, grantId: string): Promise<void> {
  requireSteppedUp(ctx, "revokeRole");
  requireRole(ctx.actor, "admin");
  await inTransaction(ctx, async (tx) => {
    const admins = await lockAdmins(tx);
    if (admins.length === 1 && admins[0]?.id === grantId) throw new DomainError("LAST_ADMIN");
    const [revoked] = await tx
      .update(roleGrants)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(roleGrants.id, grantId), isNull(roleGrants.revokedAt)))
      .returning({ id: roleGrants.id });
    if (!revoked) throw new DomainError("NOT_FOUND");
    await recordEvent(tx, ctx, {
      entity: "role_grant",
      entityId: grantId,
      entityVersion: 2,
      event: "role.revoke",
      fromState: null,
      toState: null,
      by: "admin",
    });
  });
}

/** A role as admins see it: which, where and since when. */
const GRANT = {
  id: roleGrants.id,
  role: roleGrants.role,
  scopeKind: roleGrants.scopeKind,
  scopeId: roleGrants.scopeId,
  grantedAt: roleGrants.grantedAt,
} as const;

/** Roles on one page. */
const PAGE = 100;
/** Named one by one, since an index finds what is named: of donors there are far more than of all others. */
const OF_THE_OFFICE = ROLES.filter((role) => role !== "donor");

/**
 * Everybody who holds a role beyond giving, with where and since when, a page at a time; or one account by
 * its address.
 */
export async function peopleWithRoles(
  ctx: UseCaseContext,
  { email, after }: Readonly<{ email?: string | undefined; after?: string | undefined }> = {},
) {
  requireRole(ctx.actor, "admin");
  const [last] =
    after === undefined
      ? []
      : await ctx.db
          .select({ email: appUsers.email, id: roleGrants.id })
          .from(roleGrants)
          .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
          .where(eq(roleGrants.id, after));
  const rows = await ctx.db
    .select({ grant: GRANT, userId: appUsers.id, displayName: appUsers.displayName, email: appUsers.email })
    .from(roleGrants)
    .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
    .where(
      and(
        isNull(roleGrants.revokedAt),
        email === undefined
          ? inArray(roleGrants.role, OF_THE_OFFICE)
          : eq(sql`lower(${appUsers.email})`, email.toLowerCase()),
        last && sql`(${appUsers.email}, ${roleGrants.id}) > (${last.email}, ${last.id})`,
      ),
    )
    .orderBy(asc(appUsers.email), asc(roleGrants.id))
    .limit(PAGE + 1);
  return {
    ...pageOf(rows, PAGE, (last) => last.grant.id),
    places: await rolePlacesOf(ctx),
  };
}

/**
 * The account of an address that somebody confirmed, for whoever closes or opens it; undefined when there is
 * none. @throws {DomainError} NOT_ALLOWED unless admin
 */
export async function accountByMail(
  ctx: UseCaseContext,
  email: string,
): Promise<
  { userId: string; displayName: string; isOpen: boolean; isOwn: boolean; hasSecondStep: boolean } | undefined
> {
  const admin = requireRole(ctx.actor, "admin");
  const [user] = await ctx.db
    .select()
    .from(appUsers)
    .where(
      and(
        eq(sql`lower(${appUsers.email})`, email.toLowerCase()),
        isNull(appUsers.leftAt),
        isNotNull(appUsers.mailConfirmedAt),
      ),
    );
  return (
    user && {
      userId: user.id,
      displayName: user.displayName,
      isOpen: user.disabledAt === null,
      isOwn: user.id === admin.userId,
      hasSecondStep: await hasSecondStep(ctx.db, user.id),
    }
  );
}

/** Every place in which a role can hold, by `kind:id`. */
export async function rolePlacesOf(ctx: UseCaseContext) {
  const names = (table: typeof towns | typeof servicePoints) => ({
    nameHans: table.nameHans,
    nameHant: table.nameHant,
    nameEn: table.nameEn,
  });
  const [inTowns, atPoints, ofOrganisations, ofCharities] = await Promise.all([
    ctx.db
      .select({ id: towns.code, ...names(towns) })
      .from(towns)
      .orderBy(towns.sort),
    ctx.db
      .select({ id: servicePoints.id, ...names(servicePoints) })
      .from(servicePoints)
      .orderBy(servicePoints.townCode),
    organisationsAt(ctx.db, ctx.now()),
    ctx.db.select().from(charitiesAt(ctx.db, ctx.now())),
  ]);
  const of = (kind: string, rows: typeof inTowns) =>
    rows.map(({ id, nameHans, nameHant, nameEn }) => ({
      where: `${kind}:${id}`,
      nameHans,
      nameHant,
      nameEn,
    }));
  return [
    ...of("town", inTowns),
    ...of("point", atPoints),
    ...of("organisation", ofOrganisations),
    ...of("charity", ofCharities),
  ];
}
