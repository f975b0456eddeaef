import { eq, sql } from "drizzle-orm";
import { makeCode } from "~/domain/kernel/codes";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { gifts, pledges } from "~db/schema/giving";

type NewGift = Omit<typeof gifts.$inferInsert, "id" | "code" | "createdAt">;

/** A gift under a code of its own, to be written. */
export const newGift = <Gift extends NewGift>(ctx: UseCaseContext, gift: Gift) => ({
  ...gift,
  id: ctx.newId(),
  code: makeCode("G", ctx.randomBytes),
  createdAt: ctx.now(),
});

/** A gift under a code of its own; its promises, its offer or its payment are the caller's. */
export async function createGift(
  tx: Transaction,
  ctx: UseCaseContext,
  gift: NewGift,
): Promise<{ giftId: string; giftCode: string }> {
  const row = newGift(ctx, gift);
  await tx.insert(gifts).values(row);
  return { giftId: row.id, giftCode: row.code };
}

/**
 * Takes the name off everything that a donor gave, who leaves: the gifts stay, of a kind person. Safe to
 * repeat.
 */
export async function forgetGiver(tx: Transaction, donorId: string): Promise<void> {
  await tx
    .update(gifts)
    .set({
      displayName: null,
      displayChoice: sql`case when ${gifts.displayChoice} is null then null else 'kind_person' end`,
    })
    .where(eq(gifts.donorId, donorId));

  await tx.update(pledges).set({ courierName: null, waybill: null }).where(eq(pledges.donorId, donorId));
}
