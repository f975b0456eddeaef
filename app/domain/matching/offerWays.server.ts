import { and, eq, gt, isNull, lte } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { offers } from "~db/schema/matching";
import { OFFER } from "./offers.server";

async function eachAccepted(
  ctx: UseCaseContext,
  clock: string,
  due: ReturnType<typeof and>,
  step: { event: "remind" | "lapse" | "end_rest"; reason?: string; set?: Readonly<Record<string, unknown>> },
): Promise<number> {
  return eachDueRow(ctx, clock, offers, due, async (tx, offer) => {
    const { event, ...facts } = step;

    await transition(tx, ctx, OFFER, offer, event, {
      by: "system",
      ...facts,
      ...(offer.giftId ? { giftId: offer.giftId } : {}),
    });
  });
}

/** Clock: a reminder, once, so many days before an accepted offer is due as a promise would get it. */
export async function remindOffers(ctx: UseCaseContext): Promise<number> {
  const [after, bring] = [await limit(ctx.db, ctx, "remindAfterDays"), await limit(ctx.db, ctx, "bringDays")];
  const due = and(
    eq(offers.state, "accepted"),
    isNull(offers.remindedAt),
    lte(offers.dueAt, plusDays(ctx.now(), Math.max(0, bring - after))),
  );
  return eachAccepted(ctx, "remindOffers", due, { event: "remind", set: { remindedAt: ctx.now() } });
}

/**
 * Clock: an accepted offer that did not come until a while after it was due is no longer awaited, or what is
 * missing of it; who brought nothing is told.
 */
export async function lapseOffers(ctx: UseCaseContext): Promise<number> {
  const before = plusDays(ctx.now(), -(await limit(ctx.db, ctx, "revokeDaysAfterDue")));
  const late = and(eq(offers.state, "accepted"), lte(offers.dueAt, before));
  const ended = await eachAccepted(ctx, "lapseOffers", and(late, gt(offers.arrived, 0n)), {
    event: "end_rest",
    reason: "overdue",
  });
  return (
    ended +
    (await eachAccepted(ctx, "lapseOffers", and(late, eq(offers.arrived, 0n)), {
      event: "lapse",
      reason: "overdue",
    }))
  );
}
