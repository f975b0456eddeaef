import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { transition } from "~/domain/kernel/transition.server";
import { endByArrival } from "./collecting/collection.server";
import { PLEDGE, type Pledge } from "./machine.server";

/**
 * A promised parcel stands at a service point and waits for inspection: from now on its donor can no longer
 * undo it, and no clock takes it back; nobody has to collect it. A pledge that was marked as sent already, or
 * was paid, needs no mark. Counts nothing: that is inspection's.
 */
export async function noteArrival(
  tx: Transaction,
  ctx: UseCaseContext,
  pledge: Pledge,
  occurredAt: Date,
): Promise<void> {
  await endByArrival(tx, ctx, pledge.giftId);
  if (pledge.state !== "confirmed" || pledge.sentAt !== null) return;
  await transition(tx, ctx, PLEDGE, pledge, "arrive", {
    by: "storekeeper",
    occurredAt,
    needId: pledge.needId,
    giftId: pledge.giftId,
    set: { sentAt: occurredAt },
  });
}
