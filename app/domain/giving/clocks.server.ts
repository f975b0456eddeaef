import { and, eq, isNull, lte, not, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { serviceVisits } from "~db/schema/delivery";
import { collections, jointDays, pledges } from "~db/schema/giving";
import { giveBack } from "./giveBack.server";
import { overtaken } from "./jointDay.server";
import { JOINT_DAY, PLEDGE } from "./machine.server";

/** Its point said when it collects it: until then nobody waits for its donor. */
const toBeCollected = sql`exists (select 1 from ${collections} c where c.gift_id = ${pledges.giftId} and c.state = 'asked')`;
/** A service that was done and waits to be accepted is not overdue. */
const serviceDone = sql`exists (select 1 from ${serviceVisits} v where v.pledge_id = ${pledges.id} and v.state = 'done')`;
/** Nothing came of it, nothing is on its way, and it is its donor's turn. */
const donorsTurn = and(
  eq(pledges.state, "confirmed"),
  eq(pledges.settled, 0n),
  isNull(pledges.sentAt),
  not(serviceDone),
  not(toBeCollected),
);

/** Clock: promises that nobody confirmed within `holdHours` go back to their line. */
export const expireHolds = (ctx: UseCaseContext): Promise<number> =>
  eachDueRow(
    ctx,
    "expireHolds",
    pledges,
    and(eq(pledges.state, "promised"), lte(pledges.holdUntil, ctx.now())),
    (tx, pledge) => giveBack(tx, ctx, pledge, { event: "expire", by: "system" }),
  );

/**
 * Clock: a reminder, once, so many days after confirmation, to those who brought nothing yet. Where a joint
 * day moved the due date, the reminder moves with it: as long before the day as it would have been before the
 * usual one.
 */
export async function remindOverdue(ctx: UseCaseContext): Promise<number> {
  const [after, bring] = [await limit(ctx.db, ctx, "remindAfterDays"), await limit(ctx.db, ctx, "bringDays")];
  const due = and(
    donorsTurn,
    isNull(pledges.remindedAt),
    lte(pledges.confirmedAt, plusDays(ctx.now(), -after)),
    lte(pledges.dueAt, plusDays(ctx.now(), Math.max(0, bring - after))),
  );
  return eachDueRow(ctx, "remindOverdue", pledges, due, (tx, pledge) =>
    transition(tx, ctx, PLEDGE, pledge, "remind", {
      by: "system",
      needId: pledge.needId,
      giftId: pledge.giftId,
      set: { remindedAt: ctx.now() },
    }),
  );
}

/**
 * Clock: promises that are a week overdue and of which nothing is on its way are taken back, with the reason
 * shown to the donor.
 */
export async function revokeOverdue(ctx: UseCaseContext): Promise<number> {
  const before = plusDays(ctx.now(), -(await limit(ctx.db, ctx, "revokeDaysAfterDue")));
  const due = and(donorsTurn, lte(pledges.dueAt, before));
  return eachDueRow(ctx, "revokeOverdue", pledges, due, (tx, pledge) =>
    giveBack(tx, ctx, pledge, { event: "revoke", by: "system", reason: "overdue" }),
  );
}

/**
 * Clock: joint days that nobody answered in time, or to which nothing will come any more, lapse; their donors
 * are told.
 */
export const lapseJointDays = (ctx: UseCaseContext): Promise<number> =>
  eachDueRow(ctx, "lapseJointDays", jointDays, overtaken(ctx.now()), async (tx, row) => {
    await transition(tx, ctx, JOINT_DAY, row, "lapse", {
      by: "system",
      giftId: row.giftId,
      data: { day: row.day },
    });
  });
