import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { appUsers, donorProfiles } from "~db/schema/identity";

/** Companies that signed up and that nobody has checked yet, longest waiting first. */
export async function waitingCompanies(ctx: UseCaseContext) {
  requireRole(ctx.actor, "operator");
  return ctx.db
    .select({
      userId: appUsers.id,
      name: appUsers.displayName,
      creditCode: donorProfiles.creditCode,
      since: appUsers.createdAt,
    })
    .from(donorProfiles)
    .innerJoin(appUsers, eq(appUsers.id, donorProfiles.userId))
    .where(
      and(
        eq(donorProfiles.kind, "company"),
        isNull(donorProfiles.companyVerifiedAt),
        isNull(appUsers.disabledAt),
        isNotNull(appUsers.mailConfirmedAt),
      ),
    )
    .orderBy(asc(appUsers.createdAt), asc(appUsers.id))
    .limit(100);
}
