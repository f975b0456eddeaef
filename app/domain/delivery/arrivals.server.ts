import { and, eq, isNull, sql } from "drizzle-orm";
import type { Pledge } from "~/domain/giving/machine.server";
import type { Transaction } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { inspections, parcels } from "~db/schema/delivery";
import { purchases } from "~db/schema/payments";

/** Parcels that came, and the units of those among them that nobody inspected yet. */
export async function arrivals(
  tx: Transaction,
  which: ReturnType<typeof eq>,
): Promise<{ parcels: number; uninspected: bigint }> {
  const [row] = await tx
    .select({
      parcels: sql<number>`count(*)::int`,
      uninspected: sql<string>`coalesce(sum(${parcels.counted}) filter (where ${isNull(parcels.inspectedAt)}), 0)`,
    })
    .from(parcels)
    .where(which);
  return { parcels: row?.parcels ?? 0, uninspected: BigInt(row?.uninspected ?? 0) };
}

/**
 * A paid unit arrives only as a thing that finance bought and a second person approved; what was refused the
 * supplier replaces.
 */
export async function leftOfPurchase(
  tx: Transaction,
  pledge: Pledge,
  purchaseId: string | undefined,
): Promise<bigint> {
  if (purchaseId === undefined) throw new DomainError("NOT_FOUND");
  const [purchase] = await tx
    .select()
    .from(purchases)
    .where(
      and(eq(purchases.id, purchaseId), eq(purchases.pledgeId, pledge.id), eq(purchases.state, "approved")),
    );
  if (!purchase) throw new DomainError("NOT_FOUND");
  const { uninspected } = await arrivals(tx, eq(parcels.purchaseId, purchase.id));
  const [row] = await tx
    .select({ accepted: sql<string>`coalesce(sum(${inspections.accepted}), 0)` })
    .from(inspections)
    .innerJoin(parcels, eq(parcels.id, inspections.parcelId))
    .where(eq(parcels.purchaseId, purchase.id));
  return purchase.quantity - BigInt(row?.accepted ?? 0) - uninspected;
}
