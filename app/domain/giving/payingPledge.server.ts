import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { UnitMove } from "~/domain/kernel/journal/recordEvent.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { pledges } from "~db/schema/giving";
import { PLEDGE } from "./machine.server";

type Paying = Pick<
  typeof pledges.$inferInsert,
  "giftId" | "donorId" | "needId" | "lineId" | "quantity" | "unitPriceFen"
> &
  Readonly<{ holdUntil: Date; units: UnitMove }>;

/** A promise of money whose donor is at the payment page until `holdUntil`. @returns its id */
export async function beginPayingPledge(
  tx: Transaction,
  ctx: UseCaseContext,
  { units, ...paying }: Paying,
): Promise<string> {
  const pledge = { id: ctx.newId(), state: "paying" as const };
  await tx.insert(pledges).values({ ...pledge, ...paying, kind: "money", createdAt: ctx.now() });
  await recordBirth(tx, ctx, PLEDGE, pledge, "pay_start", {
    by: "donor",
    needId: paying.needId,
    giftId: paying.giftId,
    units,
  });

  return pledge.id;
}
