import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Grant, Scope } from "~/domain/kernel/actor";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { appUsers, type Role, roleGrants } from "~db/schema/identity";

type Held = readonly [role: Role, scopeKind: Scope["kind"], scopeId: string];

const grantOf = ([role, kind, id]: Held): Grant => ({
  role,
  scope: kind === "city" ? { kind } : { kind, id },
});

/** In a query over accounts: the grants that each holds now, oldest first. Every user may give. */
export function grantsHeld(db: Database | Transaction): SQL<Grant[]> {
  const { role, scopeKind, scopeId, grantedAt, userId, revokedAt } = roleGrants;
  const held = db
    .select({
      all: sql`coalesce(json_agg(json_build_array(${role}, ${scopeKind}, ${scopeId}) order by ${grantedAt}), '[]')`,
    })
    .from(roleGrants)
    .where(and(eq(userId, appUsers.id), isNull(revokedAt)));
  return sql`${held}`.mapWith((all: readonly Held[]) => all.map(grantOf));
}
