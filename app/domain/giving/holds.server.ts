import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { pledges } from "~db/schema/giving";
import { donorProfiles } from "~db/schema/identity";
import { needLines } from "~db/schema/needs";

/**
 * What a donor would hold next: units of things, or a payment page. Money itself is no unit: a page that asks
 * for a sum counts as a page alone.
 */
type Wanted = Readonly<{ units: bigint; page?: boolean }>;

/**
 * A person may hold so many units at a time, promised or waiting to be paid, and have so many unpaid payment
 * pages; a verified company any number. One donor's baskets and payments queue here, so two tabs cannot both
 * slip under the limit.
 * @throws {DomainError} TOO_MANY_HOLDS, TOO_MANY_PAGES
 */
export async function requireRoomForHolds(
  tx: Transaction,
  ctx: UseCaseContext,
  donorId: string,
  wanted: Wanted,
): Promise<void> {
  const [profile] = await tx
    .select()
    .from(donorProfiles)
    .where(eq(donorProfiles.userId, donorId))
    .for("update");
  if (profile?.companyVerifiedAt != null) return;
  const max = BigInt(await limit(tx, ctx, "liveHoldUnits"));
  const [row] = await tx
    .select({
      held: sql<string>`coalesce(sum(${pledges.quantity} - ${pledges.givenBack}) filter (where ${ne(needLines.kind, "money")}), 0)`,
      pages: sql<number>`count(*) filter (where ${eq(pledges.state, "paying")})::int`,
    })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(and(eq(pledges.donorId, donorId), inArray(pledges.state, ["promised", "paying"])));
  if (BigInt(row?.held ?? 0) + wanted.units > max)
    throw new DomainError("TOO_MANY_HOLDS", { max: Number(max) });
  if (!wanted.page) return;
  const maxPages = await limit(tx, ctx, "livePaymentPages");
  if ((row?.pages ?? 0) >= maxPages) throw new DomainError("TOO_MANY_PAGES", { max: maxPages });
}
