import { eq } from "drizzle-orm";
import { holds, requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { shanghaiDay } from "~/domain/kernel/time";
import { collections, gifts } from "~db/schema/giving";
import { ownGift } from "../confirmGift.server";
import type { CollectInput, CollectionOutcomeInput } from "../schemas";
import { ask, collect, end, lockCollection, miss } from "./collection.server";

/**
 * The donor names another day or place, before it was collected or after it was missed.
 * @throws {DomainError} NOT_FOUND for somebody else's gift or one that is not collected, DAY_NOT_OFFERED,
 *   WRONG_STATE once it has ended
 */
export async function askAgain(ctx: UseCaseContext, giftCode: string, input: CollectInput): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    const row = await lockCollection(tx, gift.id);
    if (!row) throw new DomainError("NOT_FOUND");
    await ask(tx, ctx, { id: gift.id, pointId: row.pointId }, input);
  });
}

/** The donor brings it after all. @throws {DomainError} NOT_FOUND, WRONG_STATE once it has ended */
export async function bringAfterAll(ctx: UseCaseContext, giftCode: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    const row = await lockCollection(tx, gift.id);
    if (!row) throw new DomainError("NOT_FOUND");
    await end(tx, ctx, row, "bring", "donor");
  });
}

/**
 * The point says how a collection went: collected, nobody at home, it cannot come, or its donor brings it
 * after all. What was collected is then counted like everything else.
 * @throws {DomainError} NOT_FOUND unless a storekeeper of its point, IN_THE_FUTURE for what cannot have
 *   happened before its day, WRONG_STATE when it has ended
 */
export async function recordCollectionOutcome(
  ctx: UseCaseContext,
  collectionId: string,
  { outcome }: CollectionOutcomeInput,
): Promise<{ pointId: string; giftCode: string }> {
  requireRole(ctx.actor, "storekeeper");
  return inTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ row: collections, giftCode: gifts.code })
      .from(collections)
      .innerJoin(gifts, eq(gifts.id, collections.giftId))
      .where(eq(collections.id, collectionId))
      .for("update", { of: collections });
    if (!found || !holds(ctx.actor, "storekeeper", { kind: "point", id: found.row.pointId }))
      throw new DomainError("NOT_FOUND");
    const { row, giftCode } = found;
    const today = shanghaiDay(ctx.now());
    if (outcome === "not_home" && row.day > today) throw new DomainError("IN_THE_FUTURE");
    if (outcome === "collected") await collect(tx, ctx, row);
    else if (outcome === "brought") await end(tx, ctx, row, "bring", "storekeeper");
    else await miss(tx, ctx, row, outcome, "storekeeper");
    return { pointId: row.pointId, giftCode };
  });
}
