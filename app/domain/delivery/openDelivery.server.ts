import { eq } from "drizzle-orm";
import { openRecord } from "~/domain/households/openRecord.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { deliveries } from "~db/schema/delivery";
import { requireDeliverer } from "./people.server";

/**
 * The deliverer opens where to bring the parcel: a grant of `openingMinutes` with the reason "deliver", one
 * journal row, while it is out.
 * @throws {DomainError} NOT_FOUND unless the assigned deliverer of a parcel that is out to a household or
 *   group
 */
export async function openDelivery(ctx: UseCaseContext, deliveryId: string): Promise<void> {
  const [delivery] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId));
  if (!delivery) throw new DomainError("NOT_FOUND");
  requireDeliverer(ctx, delivery);
  if (delivery.state !== "dispatched" || delivery.householdId === null) throw new DomainError("NOT_FOUND");
  await openRecord(ctx, { householdId: delivery.householdId, reason: "deliver" });
}
