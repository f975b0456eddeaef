import { eq } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { lots } from "~db/schema/books";
import { pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";

/** The gift that a lot came from, so that its donor reads every step of it. */
export async function giftOfLot(
  tx: Transaction,
  lotId: string,
): Promise<{ giftId?: string; donorId?: string }> {
  const [row] = await tx
    .select({
      ofPledge: pledges.giftId,
      pledger: pledges.donorId,
      ofOffer: offers.giftId,
      offerer: offers.donorId,
    })
    .from(lots)
    .leftJoin(pledges, eq(pledges.id, lots.pledgeId))
    .leftJoin(offers, eq(offers.id, lots.offerId))
    .where(eq(lots.id, lotId));
  const giftId = row?.ofPledge ?? row?.ofOffer;
  const donorId = row?.pledger ?? row?.offerer;
  return { ...(giftId ? { giftId } : {}), ...(donorId ? { donorId } : {}) };
}
