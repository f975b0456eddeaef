import { and, eq, lte, sql } from "drizzle-orm";
import { escalateCallBacks } from "~/domain/callBacks/escalateCallBacks.server";
import { markUnconfirmed } from "~/domain/delivery/acknowledgeDelivery.server";
import { expireHolds, lapseJointDays, remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { lookAfterCollections } from "~/domain/giving/collecting/clocks.server";
import { renewLookups } from "~/domain/households/renewLookups.server";
import { forgetUnconfirmed } from "~/domain/identity/signUp.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { foldTallies } from "~/domain/kernel/tally.server";
import { plusMinutes } from "~/domain/kernel/time";
import { expireAllocations } from "~/domain/matching/allocate.server";
import { lapseOffers, remindOffers } from "~/domain/matching/offerWays.server";
import { expireNeeds } from "~/domain/needs/endNeed.server";
import { escalateReviews } from "~/domain/needs/reviewClock.server";
import { destroyOldUnfinished } from "~/domain/needs/unfinished.server";
import { tellLateBuying } from "~/domain/payments/buyingClock.server";
import { retryWaitingEvents } from "~/domain/payments/handleStripeEvent.server";
import { tellIntents } from "~/domain/payments/intents.server";
import { sweepRefunds } from "~/domain/payments/refunds.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import { escalateReferrals } from "~/domain/referrals/escalateReferrals.server";
import { escalateRequests } from "~/domain/requests/requestClock.server";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { refreshWhenDue } from "~/domain/screening/refreshScreening.server";
import { clockLeases } from "~db/schema/journal";
import { heldSince } from "./held.server";

/** Something that is due by the clock. `run` does a bounded piece of work and returns how much it did. */
export type Clock = Readonly<{
  name: string;
  everyMinutes: number;
  run: (ctx: UseCaseContext) => Promise<number>;
}>;

/** All clocks of the portal, in the order they run. */
export const CLOCKS: readonly Clock[] = [
  { name: "renewLookups", everyMinutes: 1, run: renewLookups },
  { name: "foldTallies", everyMinutes: 1, run: foldTallies },
  { name: "expireHolds", everyMinutes: 1, run: expireHolds },
  { name: "sweepPayments", everyMinutes: 1, run: sweepPayments },
  { name: "sweepRefunds", everyMinutes: 5, run: sweepRefunds },
  { name: "retryWaitingEvents", everyMinutes: 2, run: retryWaitingEvents },
  { name: "expireAllocations", everyMinutes: 5, run: expireAllocations },
  { name: "remindOverdue", everyMinutes: 30, run: remindOverdue },
  { name: "revokeOverdue", everyMinutes: 30, run: revokeOverdue },
  { name: "remindOffers", everyMinutes: 30, run: remindOffers },
  { name: "lapseOffers", everyMinutes: 30, run: lapseOffers },
  { name: "lookAfterCollections", everyMinutes: 30, run: lookAfterCollections },
  { name: "lapseJointDays", everyMinutes: 30, run: lapseJointDays },
  { name: "tellIntents", everyMinutes: 30, run: tellIntents },
  { name: "escalateReviews", everyMinutes: 30, run: escalateReviews },
  { name: "escalateRequests", everyMinutes: 30, run: escalateRequests },
  { name: "escalateCallBacks", everyMinutes: 10, run: escalateCallBacks },
  { name: "tellLateBuying", everyMinutes: 60, run: tellLateBuying },
  { name: "expireNeeds", everyMinutes: 30, run: expireNeeds },
  { name: "refreshScreening", everyMinutes: 5, run: refreshWhenDue },
  { name: "destroyOldUnfinished", everyMinutes: 60, run: destroyOldUnfinished },
  { name: "forgetOverdue", everyMinutes: 60, run: forgetOverdue },
  { name: "forgetUnconfirmed", everyMinutes: 60, run: forgetUnconfirmed },
  { name: "markUnconfirmed", everyMinutes: 30, run: markUnconfirmed },
  { name: "escalateReferrals", everyMinutes: 30, run: escalateReferrals },
];

/**
 * Runs every clock that is due, unless a backup was brought back and is held. @returns names of the clocks
 * that ran
 */
export const runClocks = async (ctx: UseCaseContext, clocks: readonly Clock[] = CLOCKS): Promise<string[]> =>
  (await heldSince(ctx.db)) === null ? runDueClocks(ctx, clocks) : [];

/**
 * Runs every clock that is due, held or not. A lease row with an end (not a mere lock) lets one worker run a
 * clock at a time and frees it again when that worker dies. One that fails is told to the port of faults, and
 * runs again when it is due; the others run.
 * @returns names of the clocks that ran
 */
export async function runDueClocks(ctx: UseCaseContext, clocks: readonly Clock[]): Promise<string[]> {
  const ran: string[] = [];

  for (const clock of clocks) {
    const now = ctx.now();

    await ctx.db
      .insert(clockLeases)
      .values({ name: clock.name, leasedUntil: new Date(0) })
      .onConflictDoNothing();

    const claimed = await ctx.db
      .update(clockLeases)
      .set({
        leasedUntil: plusMinutes(now, clock.everyMinutes),
        lastRanAt: now,
        runs: sql`${clockLeases.runs} + 1`,
      })
      .where(and(eq(clockLeases.name, clock.name), lte(clockLeases.leasedUntil, now)))
      .returning({ name: clockLeases.name });
    if (claimed.length === 0) continue;
    try {
      await clock.run(ctx);
    } catch (error) {
      ctx.ports.faults.rowsFailed("clocks", [{ id: clock.name, error }]);
    }

    ran.push(clock.name);
  }

  return ran;
}
