import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { householdBenefits } from "~db/schema/screening";

/** Notes that a household receives these items since that moment. What is noted already stays as it is. */
export async function noteBenefits(
  tx: Transaction,
  ctx: UseCaseContext,
  {
    householdId,
    itemCodes,
    since,
    recordedBy,
  }: Readonly<{ householdId: string; itemCodes: readonly string[]; since: Date; recordedBy: string }>,
): Promise<void> {
  if (itemCodes.length === 0) return;
  await tx
    .insert(householdBenefits)
    .values(
      itemCodes.map((itemCode) => ({
        id: ctx.newId(),
        householdId,
        itemCode,
        since: shanghaiDay(since),
        recordedBy,
        recordedAt: ctx.now(),
      })),
    )
    .onConflictDoNothing();
}
