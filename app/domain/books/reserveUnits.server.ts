import { and, eq, gte, sql } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { lots, lotStock } from "~db/schema/books";
import { placeCode } from "./moveGoods.server";

const standingOf = async (tx: Transaction, lotId: string) => {
  const [lot] = await tx
    .select({ pointId: lots.pointId, lineId: lots.lineId })
    .from(lots)
    .where(eq(lots.id, lotId));
  if (!lot) throw new DomainError("NOT_FOUND");
  return {
    ...lot,
    here: and(eq(lotStock.lotId, lotId), eq(lotStock.place, placeCode({ kind: "point", id: lot.pointId }))),
  };
};

/**
 * Keeps units of a lot for a proposal, by one conditional UPDATE, so that any number of proposals keep each
 * unit once.
 */
export async function reserveUnits(
  tx: Transaction,
  { lotId, quantity }: Readonly<{ lotId: string; quantity: bigint }>,
): Promise<void> {
  const { here } = await standingOf(tx, lotId);
  const kept = await tx
    .update(lotStock)
    .set({ reserved: sql`${lotStock.reserved} + ${quantity}`, version: sql`${lotStock.version} + 1` })
    .where(and(here, gte(sql`${lotStock.quantity} - ${lotStock.reserved}`, quantity)))
    .returning({ lotId: lotStock.lotId });

  if (kept.length === 0) {
    const [stock] = await tx
      .select({ quantity: lotStock.quantity, reserved: lotStock.reserved })
      .from(lotStock)
      .where(here);
    throw new DomainError("NOT_ENOUGH_LEFT", {
      left: Number((stock?.quantity ?? 0n) - (stock?.reserved ?? 0n)),
    });
  }

  // Whoever gives a whole lot to a line holds its stock as well, so by now this is as it will stay.
  const { lineId } = await standingOf(tx, lotId);
  if (lineId !== null) throw new DomainError("NOT_ENOUGH_LEFT", { left: 0 });
}

/**
 * Lets go of what a proposal kept in the store. Call it only in the step that ends the proposal, so that it
 * is done once. @returns the point where they lie
 */
export async function releaseUnits(
  tx: Transaction,
  { lotId, quantity }: Readonly<{ lotId: string; quantity: bigint }>,
): Promise<string> {
  const { here, pointId } = await standingOf(tx, lotId);

  await tx
    .update(lotStock)
    .set({ reserved: sql`${lotStock.reserved} - ${quantity}`, version: sql`${lotStock.version} + 1` })
    .where(here);

  return pointId;
}
