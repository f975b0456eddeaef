import { and, asc, eq, isNull } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { appUsers, roleGrants } from "~db/schema/identity";

/**
 * The grants of everybody who can act as admin now. They are locked together, so that two admins cannot take
 * each other away at once, neither by the role nor by closing the account.
 */
export const lockAdmins = (tx: Transaction): Promise<{ id: string; userId: string }[]> =>
  tx
    .select({ id: roleGrants.id, userId: roleGrants.userId })
    .from(roleGrants)
    .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
    .where(and(eq(roleGrants.role, "admin"), isNull(roleGrants.revokedAt), isNull(appUsers.disabledAt)))
    .orderBy(asc(roleGrants.id))
    .for("update");
