import { eq } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { lots } from "~db/schema/books";

/** A lot of what passed an inspection; the units come to it by `moveGoods`. */
export const openLot = (tx: Transaction, lot: typeof lots.$inferInsert) => tx.insert(lots).values(lot);

/** What a corrected count makes of a lot; the units themselves move by `moveGoods`. */
export const setLotQuantity = (tx: Transaction, lotId: string, quantity: bigint) =>
  tx.update(lots).set({ quantity }).where(eq(lots.id, lotId));
