import { and, eq, gt, isNull, lte } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { gifts } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { endOffer, OFFER } from "./offers.server";

/**
 * The donor takes an offer back, or what is still to come of it. @throws {DomainError} NOT_FOUND for somebody
 * else's, WRONG_STATE once it came or was declined
 */
export async function withdrawOffer(ctx: UseCaseContext, giftCode: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const [row] = await ctx.db
    .select({ id: offers.id })
    .from(offers)
    .innerJoin(gifts, and(eq(gifts.id, offers.giftId), eq(gifts.donorId, userId)))
    .where(eq(gifts.code, giftCode));
  if (!row) throw new DomainError("NOT_FOUND");
  await endOffer(ctx, row.id);
}

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
