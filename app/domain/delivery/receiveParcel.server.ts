import { and, eq, isNull, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { occurred } from "~/domain/kernel/time";
import { standing } from "~/domain/giving/states";
import { recordEvent } from "~/journal/recordEvent.server";
import { parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { purchases } from "~db/schema/payments";
import type { ReceiveInput } from "./schemas";

/** Units of a pledge that were counted at a point and are not inspected yet. */
async function uninspected(tx: Transaction, pledgeId: string): Promise<bigint> {
  const [row] = await tx
    .select({ counted: sql<string>`coalesce(sum(${parcels.counted}), 0)` })
    .from(parcels)
    .where(and(eq(parcels.pledgeId, pledgeId), isNull(parcels.inspectedAt)));
  return BigInt(row?.counted ?? 0);
}

/**
 * Goods arrive at a service point and are counted. A short parcel is no problem: the rest stays promised. More than is still
 * promised is refused in words, so that nothing enters the store that nobody asked for. Bought things come the same way.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of that point, MORE_THAN_PROMISED with what is still expected
 */
export async function receiveParcel(ctx: UseCaseContext, input: ReceiveInput): Promise<{ parcelId: string }> {
  const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: input.pointId });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "receiveParcel", input, async () => {
      const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, input.pledgeId)).for("update");
      if (!pledge || pledge.kind === "service" || (pledge.state !== "confirmed" && pledge.state !== "paid")) throw new DomainError("NOT_FOUND");
      if (pledge.kind === "money") await requireBought(tx, pledge.id, input);
      const expected = standing(pledge) - (await uninspected(tx, pledge.id));
      if (input.counted > expected) throw new DomainError("MORE_THAN_PROMISED", { left: Number(expected) });
      const parcelId = ctx.newId();
      const occurredAt = occurred(ctx.now(), input.occurredAt);
      await tx.insert(parcels).values({ id: parcelId, pledgeId: pledge.id, purchaseId: input.purchaseId ?? null, pointId: input.pointId, counted: input.counted, receivedBy: userId, occurredAt, createdAt: ctx.now() });
      await recordEvent(tx, ctx, { entity: "parcel", entityId: parcelId, entityVersion: 1, event: "parcel.receive", fromState: null, toState: null, by: "storekeeper", occurredAt, needId: pledge.needId, giftId: pledge.giftId, data: { counted: Number(input.counted) } });
      return { parcelId };
    }),
  );
}

/** A paid unit arrives only as a thing that finance bought and a second person approved. */
async function requireBought(tx: Transaction, pledgeId: string, input: ReceiveInput): Promise<void> {
  if (input.purchaseId === undefined) throw new DomainError("NOT_FOUND");
  const [purchase] = await tx.select().from(purchases).where(and(eq(purchases.id, input.purchaseId), eq(purchases.pledgeId, pledgeId), eq(purchases.state, "approved")));
  if (!purchase) throw new DomainError("NOT_FOUND");
  const [row] = await tx.select({ counted: sql<string>`coalesce(sum(${parcels.counted}), 0)` }).from(parcels).where(eq(parcels.purchaseId, purchase.id));
  const left = purchase.quantity - BigInt(row?.counted ?? 0);
  if (input.counted > left) throw new DomainError("MORE_THAN_PROMISED", { left: Number(left) });
}
