import { and, eq } from "drizzle-orm";
import { makeCode } from "~/domain/kernel/codes";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { lots, lotStock } from "~db/schema/books";
import { moveGoods, placeCode } from "./moveGoods.server";

export type Reassignment = Readonly<{
  lotId: string;
  pointId: string;
  quantity: bigint;
  lineId: string | null;
  source: Readonly<{ type: string; id: string }>;
}>;

/**
 * Gives units of a lot that stand at a point to another line, or to none. A lot that stands there whole
 * changes its line; else the units part from it and become a lot of their own, with a label of their own, of
 * the same inspection, value and date. Touches no bucket of a line: that is the caller's, in the same
 * transaction.
 *
 * @returns the lot that now holds exactly these units
 * @throws {DomainError} NOT_FOUND, NOT_ENOUGH_LEFT with what stands at the point and no proposal keeps
 */
export async function reassignUnits(
  tx: Transaction,
  ctx: UseCaseContext,
  { lotId, pointId, quantity, lineId, source }: Reassignment,
): Promise<{ lotId: string; label: string }> {
  const place = { kind: "point", id: pointId } as const;
  const [lot] = await tx.select().from(lots).where(eq(lots.id, lotId)).for("update");
  const [stock] = await tx
    .select({ quantity: lotStock.quantity, reserved: lotStock.reserved })
    .from(lotStock)
    .where(and(eq(lotStock.lotId, lotId), eq(lotStock.place, placeCode(place))))
    .for("update");
  if (!lot) throw new DomainError("NOT_FOUND");
  const standing = (stock?.quantity ?? 0n) - (stock?.reserved ?? 0n);
  if (quantity <= 0n || quantity > standing)
    throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(standing) });
  if (quantity === lot.quantity) {
    await tx.update(lots).set({ lineId }).where(eq(lots.id, lotId));
    return { lotId, label: lot.label };
  }

  const parted = { id: ctx.newId(), label: makeCode("L", ctx.randomBytes) };

  await tx
    .insert(lots)
    .values({ ...lot, ...parted, lineId, pointId, quantity, splitFrom: lot.id, createdAt: ctx.now() });

  await moveGoods(tx, ctx, { lotId, from: place, to: { kind: "split" }, quantity, source });
  await moveGoods(tx, ctx, { lotId: parted.id, from: { kind: "split" }, to: place, quantity, source });
  return { lotId: parted.id, label: parted.label };
}
