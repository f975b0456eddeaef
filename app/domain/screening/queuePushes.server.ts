import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { machine, recordBirth } from "~/domain/kernel/transition.server";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { householdBenefits, householdFacts, pushes } from "~db/schema/screening";
import { grantedTo } from "./recognised";
import { PUSH_TRANSITIONS } from "./states";

export const PUSH = machine({ entity: "push", table: pushes, transitions: PUSH_TRANSITIONS });

type Pair = Readonly<{ householdId: string; number: number }>;

/**
 * Queues what is newly likely for households, leaving out what they receive and what they were told of within
 * the last `pushEveryDays`. The caller holds the locks of their screenings, so that two changes at once
 * cannot queue the same twice.
 * @returns how many were queued
 */
export async function queuePushes(
  tx: Transaction,
  ctx: UseCaseContext,
  pairs: readonly Pair[],
  trigger: "facts" | "refresh" | "rule",
): Promise<number> {
  const householdIds = [...new Set(pairs.map((pair) => pair.householdId))];
  const numbers = [...new Set(pairs.map((pair) => pair.number))];
  if (pairs.length === 0) return 0;
  const since = plusDays(ctx.now(), -(await limit(tx, ctx, "pushEveryDays")));
  const items = await tx
    .select({ number: listItems.number, code: listItems.code })
    .from(listItems)
    .where(and(inArray(listItems.number, numbers), eq(listItems.state, "published")));
  const homes = await tx
    .select({ id: households.id, townCode: households.townCode, status: householdFacts.status })
    .from(households)
    .innerJoin(householdFacts, eq(householdFacts.householdId, households.id))
    .where(and(inArray(households.id, householdIds), isNull(households.erasedAt)));
  const told = await tx
    .select({ householdId: pushes.householdId, itemCode: pushes.itemCode })
    .from(pushes)
    .where(and(inArray(pushes.householdId, householdIds), gt(pushes.createdAt, since)));
  const received = await tx
    .select({ householdId: householdBenefits.householdId, itemCode: householdBenefits.itemCode })
    .from(householdBenefits)
    .where(and(inArray(householdBenefits.householdId, householdIds), isNull(householdBenefits.endedAt)));
  const granted = homes.flatMap(({ id, status }) =>
    grantedTo(status).map((itemCode) => ({ householdId: id, itemCode })),
  );
  const out = new Set([...told, ...received, ...granted].map((row) => `${row.householdId} ${row.itemCode}`));
  const codes = new Map(items.map((item) => [item.number, item.code]));
  const towns = new Map(homes.map((home) => [home.id, home.townCode]));
  let queued = 0;

  for (const { householdId, number } of pairs) {
    const itemCode = codes.get(number);
    const townCode = towns.get(householdId);
    if (itemCode === undefined || townCode === undefined || out.has(`${householdId} ${itemCode}`)) continue;
    const push = { id: ctx.newId(), state: "queued" as const };

    await tx
      .insert(pushes)
      .values({ ...push, householdId, itemCode, townCode, trigger, createdAt: ctx.now() });

    await recordBirth(tx, ctx, PUSH, push, "queue", {
      by: "system",
      data: { householdId, itemCode, trigger },
    });

    queued += 1;
  }

  return queued;
}
