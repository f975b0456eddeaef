import { and, eq, min, ne } from "drizzle-orm";
import type { UserActor } from "~/domain/kernel/actor";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import type { Database } from "~db/client";
import { type Role, roleGrants } from "~db/schema/identity";
import { installation } from "~db/schema/kernel";

/** Roles that see nothing of anybody else and move nothing: they may go without. */
const WITHOUT: ReadonlySet<Role> = new Set(["donor", "org_viewer"]);

/**
 * By when somebody without a second step who works here has to switch it on; undefined for whoever need not.
 */
export async function secondStepDue(
  ctx: Readonly<{ db: Database; now: () => Date }>,
  actor: UserActor,
): Promise<Date | undefined> {
  if (!actor.grants.some(({ role }) => !WITHOUT.has(role))) return undefined;
  const [place] = await ctx.db.select({ isDemo: installation.isDemo }).from(installation);
  // Nobody of the demo has a phone; that it is one is a fact of the database.
  if (place?.isDemo) return undefined;
  const [first] = await ctx.db
    .select({ at: min(roleGrants.grantedAt) })
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.userId, actor.userId),
        ne(roleGrants.role, "donor"),
        ne(roleGrants.role, "org_viewer"),
      ),
    );
  return first?.at ? plusDays(first.at, await limit(ctx.db, ctx, "secondStepGraceDays")) : undefined;
}

/** Somebody as they may act while their second step is overdue: as everybody else, in no role of theirs. */
export const withoutWork = (actor: UserActor): UserActor => ({
  ...actor,
  grants: actor.grants.filter(({ role }) => WITHOUT.has(role)),
});
