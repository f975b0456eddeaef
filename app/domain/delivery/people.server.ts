import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { giftOfLot } from "~/domain/books/giftOfLot.server";
import { type ActingRole, holds, requireUser } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { appUsers, roleGrants } from "~db/schema/identity";
import { needs } from "~db/schema/needs";
import { type Delivery, itemsOf } from "./machine.server";

export async function townOf(tx: Transaction | Database, needId: string): Promise<string> {
  const [need] = await tx.select({ townCode: needs.townCode }).from(needs).where(eq(needs.id, needId));
  if (!need) throw new DomainError("NOT_FOUND");
  return need.townCode;
}

/**
 * The role in which the actor looks after the recipients of this delivery: caseworker or reviewer of the
 * need's town, or operator.
 * @throws {DomainError} NOT_FOUND for everybody else: to them it does not exist
 */
export async function townRoleFor(
  tx: Transaction | Database,
  ctx: UseCaseContext,
  delivery: Pick<Delivery, "needId"> & { town?: { code: string } },
): Promise<ActingRole> {
  requireUser(ctx.actor);
  const town = { kind: "town", id: delivery.town?.code ?? (await townOf(tx, delivery.needId)) } as const;
  for (const role of ["caseworker", "town_reviewer"] as const) if (holds(ctx.actor, role, town)) return role;
  if (holds(ctx.actor, "operator")) return "operator";
  throw new DomainError("NOT_FOUND");
}

/** The assigned deliverer, or nobody: a foreign parcel does not exist. */
export function requireDeliverer(ctx: UseCaseContext, delivery: Delivery): string {
  const { userId } = requireUser(ctx.actor);
  if (delivery.courierId !== userId) throw new DomainError("NOT_FOUND");
  return userId;
}

/** Grants by which somebody may carry a parcel of that town: couriers, and the town's own caseworkers. */
const carries = (townCode: string) =>
  and(
    isNull(roleGrants.revokedAt),
    isNull(appUsers.disabledAt),
    or(
      eq(roleGrants.role, "courier"),
      and(
        eq(roleGrants.role, "caseworker"),
        eq(roleGrants.scopeKind, "town"),
        eq(roleGrants.scopeId, townCode),
      ),
    ),
  );

/** Who may be named as deliverer of a parcel for that town, by name. */
export const deliverersFor = (
  db: Transaction | Database,
  townCode: string,
): Promise<{ userId: string; displayName: string; isCourier: boolean }[]> =>
  db
    .select({
      userId: appUsers.id,
      displayName: appUsers.displayName,
      isCourier: sql<boolean>`bool_or(${roleGrants.role} = 'courier')`,
    })
    .from(roleGrants)
    .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
    .where(carries(townCode))
    .groupBy(appUsers.id, appUsers.displayName)
    .orderBy(appUsers.displayName, appUsers.id);

/**
 * Refuses a deliverer who may not carry this parcel: no courier and no caseworker of the town (NOT_FOUND),
 * the one who showed or printed the recipient's secret (FOUR_EYES), or a donor of what is in it, since donors
 * and recipients never meet (DONOR_DELIVERS).
 */
export async function requireMayCarry(tx: Transaction, delivery: Delivery, courierId: string): Promise<void> {
  const [may] = await tx
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
    .where(and(eq(roleGrants.userId, courierId), carries(await townOf(tx, delivery.needId))))
    .limit(1);
  if (!may) throw new DomainError("NOT_FOUND");
  if (delivery.secretShownBy === courierId) throw new DomainError("FOUR_EYES");
  if ((await donorsOf(tx, delivery)).has(courierId)) throw new DomainError("DONOR_DELIVERS");
}

/** Donors of what is in a delivery. */
export async function donorsOf(tx: Transaction, delivery: Delivery): Promise<ReadonlySet<string>> {
  const donors = new Set<string>();

  for (const item of await itemsOf(tx, delivery.id)) {
    const { donorId } = await giftOfLot(tx, item.lotId);
    if (donorId) donors.add(donorId);
  }

  return donors;
}

/**
 * Colleagues who can be named as witness: staff of the need's town, couriers, and storekeepers of the point.
 */
export const witnessesFor = (
  db: Transaction | Database,
  { townCode, pointId }: { townCode: string; pointId: string },
  exceptUserId: string,
): Promise<{ userId: string; displayName: string }[]> =>
  db
    .selectDistinct({ userId: appUsers.id, displayName: appUsers.displayName })
    .from(roleGrants)
    .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
    .where(
      and(
        isNull(roleGrants.revokedAt),
        isNull(appUsers.disabledAt),
        sql`${appUsers.id} <> ${exceptUserId}`,
        or(
          eq(roleGrants.role, "courier"),
          and(
            eq(roleGrants.role, "storekeeper"),
            eq(roleGrants.scopeKind, "point"),
            eq(roleGrants.scopeId, pointId),
          ),
          and(
            inArray(roleGrants.role, ["caseworker", "town_reviewer"]),
            eq(roleGrants.scopeKind, "town"),
            eq(roleGrants.scopeId, townCode),
          ),
        ),
      ),
    )
    .orderBy(appUsers.displayName, appUsers.id);
