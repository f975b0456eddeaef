import { eq } from "drizzle-orm";
import type { Pledge } from "~/domain/giving/machine.server";
import { noteArrival } from "~/domain/giving/noteArrival.server";
import { standing } from "~/domain/giving/states";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { parcels } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { arrivals, leftOfPurchase } from "./arrivals.server";
import type { ReceiveInput } from "./schemas";
import { writeParcel } from "./writeParcel.server";

/**
 * Goods arrive at a service point and are counted. A short parcel is no problem: the rest stays promised, and
 * the next parcel of the same promise is received in the same way. What is over is refused in words with its
 * count, so that nothing enters the store that nobody asked for; the donor may offer it. Bought things come
 * the same way, from their supplier.
 *
 * Two storekeepers with the same parcel: they queue on the promise, and the second is told (`parcelsSeen`).
 * Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless storekeeper of that point, NOT_FOUND when nothing of it is
 *   expected, MORE_THAN_PROMISED with what is still expected (`left`) and what is too much (`over`),
 *   CHANGED_MEANWHILE, IN_THE_FUTURE
 */
export async function receiveParcel(ctx: UseCaseContext, input: ReceiveInput): Promise<{ parcelId: string }> {
  const { userId } = requireRole(ctx.actor, "storekeeper", { kind: "point", id: input.pointId });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "receiveParcel", input, async () => {
      const pledge = await expectedPledge(tx, input.pledgeId);
      const here = await arrivals(tx, eq(parcels.pledgeId, pledge.id));
      if (input.parcelsSeen !== undefined && input.parcelsSeen !== here.parcels)
        throw new DomainError("CHANGED_MEANWHILE");
      const outstanding = standing(pledge) - here.uninspected;
      const expected =
        pledge.kind === "money"
          ? least(outstanding, await leftOfPurchase(tx, pledge, input.purchaseId))
          : outstanding;
      if (input.counted > expected)
        throw new DomainError("MORE_THAN_PROMISED", {
          left: Number(expected),
          over: Number(input.counted - expected),
        });

      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: pledge.createdAt });
      await noteArrival(tx, ctx, pledge, occurredAt);
      const parcelId = await writeParcel(
        tx,
        ctx,
        {
          pledgeId: pledge.id,
          purchaseId: pledge.kind === "money" ? (input.purchaseId ?? null) : null,
          pointId: input.pointId,
          counted: input.counted,
          receivedBy: userId,
          occurredAt,
        },
        { needId: pledge.needId, giftId: pledge.giftId, rest: expected - input.counted },
      );

      return { parcelId };
    }),
  );
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * A promise of goods that is confirmed or paid, locked: parcels of one promise are received one after
 * another.
 */
async function expectedPledge(tx: Transaction, pledgeId: string): Promise<Pledge> {
  const [row] = await tx
    .select({ pledge: pledges, lineKind: needLines.kind })
    .from(pledges)
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(eq(pledges.id, pledgeId))
    .for("update", { of: pledges });
  const arrives =
    row?.lineKind === "goods" &&
    row.pledge.kind !== "service" &&
    (row.pledge.state === "confirmed" || row.pledge.state === "paid");
  if (!row || !arrives) throw new DomainError("NOT_FOUND");
  return row.pledge;
}
