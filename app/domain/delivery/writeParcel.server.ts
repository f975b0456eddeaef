import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { parcels } from "~db/schema/delivery";

type Arrived = Omit<typeof parcels.$inferInsert, "id" | "createdAt"> & Readonly<{ occurredAt: Date }>;

/** For whom it came, and how many units of the promise or offer are still expected after it. */
type About = Readonly<{ needId?: string; giftId?: string; rest: bigint }>;

/** Writes down a parcel as it was counted at a point, with its entry. @returns its id */
export async function writeParcel(
  tx: Transaction,
  ctx: UseCaseContext,
  parcel: Arrived,
  { rest, ...about }: About,
): Promise<string> {
  const id = ctx.newId();
  await tx.insert(parcels).values({ ...parcel, id, createdAt: ctx.now() });
  await recordEvent(tx, ctx, {
    entity: "parcel",
    entityId: id,
    entityVersion: 1,
    event: "parcel.receive",
    fromState: null,
    toState: null,
    by: "storekeeper",
    occurredAt: parcel.occurredAt,
    ...about,
    data: { counted: Number(parcel.counted), rest: Number(rest), pointId: parcel.pointId },
  });

  return id;
}
