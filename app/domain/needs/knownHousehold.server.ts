import { and, eq, isNull, ne } from "drizzle-orm";
import { liveConsents } from "~/domain/households/consents.server";
import { holds, requireUser } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { type ConsentScope, households } from "~db/schema/households";
import { needs } from "~db/schema/needs";

/** What stands in the place of "whom it is for" in the form of a wish whose household is on record. */
export type KnownHousehold = Readonly<{
  id: string;
  code: string;
  townCode: string;
  consents: readonly ConsentScope[];
}>;

const onRecord = (householdId: string) => and(eq(households.id, householdId), isNull(households.erasedAt));

/**
 * A household for which a caseworker of its town may file another wish. @throws {DomainError} NOT_FOUND
 * elsewhere, and once erased
 */
export async function knownHousehold(ctx: UseCaseContext, householdId: string): Promise<KnownHousehold> {
  requireUser(ctx.actor);
  const [household] = await ctx.db
    .select({ id: households.id, code: households.code, townCode: households.townCode })
    .from(households)
    .where(onRecord(householdId));
  if (!household || !isTheirs(ctx, household.townCode)) throw new DomainError("NOT_FOUND");
  return { ...household, consents: await liveConsents(ctx.db, householdId) };
}

/**
 * The same, locked: whoever changes the household at this moment is waited for, and finds this wish
 * afterwards.
 */
export async function lockKnownHousehold(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
): Promise<{ id: string; townCode: string }> {
  requireUser(ctx.actor);
  const [household] = await tx
    .select({ id: households.id, townCode: households.townCode })
    .from(households)
    .where(onRecord(householdId))
    .for("update");
  if (!household || !isTheirs(ctx, household.townCode)) throw new DomainError("NOT_FOUND");
  return household;
}

const isTheirs = (ctx: UseCaseContext, townCode: string): boolean =>
  holds(ctx.actor, "caseworker", { kind: "town", id: townCode });

/**
 * Whether the household asked for anything else: then its record and its consents are not one wish's to
 * change.
 */
export async function hasOtherWishes(
  tx: Transaction | Database,
  householdId: string,
  needId: string,
): Promise<boolean> {
  const [other] = await tx
    .select({ id: needs.id })
    .from(needs)
    .where(and(eq(needs.householdId, householdId), ne(needs.id, needId)))
    .limit(1);
  return other !== undefined;
}
