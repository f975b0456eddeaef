import { and, asc, inArray } from "drizzle-orm";
import { releaseStock } from "~/domain/delivery/releaseStock.server";
import { giveBack } from "~/domain/giving/giveBack.server";
import { unitsDone } from "~/domain/giving/serviceVisits.server";
import { standing } from "~/domain/giving/states";
import type { ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { transition } from "~/domain/kernel/transition.server";
import { releaseProposals } from "~/domain/matching/allocate.server";
import { ownOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { townRole } from "~/domain/needs/endNeed.server";
import { NEED } from "~/domain/needs/machine.server";
import { findNeed, linesOf, type Need } from "~/domain/needs/need.server";
import type { OrganisationNeedWithdrawReason } from "~/domain/needs/organisationNeedVocabulary";
import { unpublish } from "~/domain/needs/publishNeed.server";
import { WAITS_NO_MORE } from "~/domain/needs/reviewClock.server";
import type { WithdrawReason } from "~/domain/needs/schemas";
import { dropUnfinished } from "~/domain/needs/unfinished.server";
import { boundFen } from "~/domain/payments/spendings.server";
import { openTargetGone } from "~/domain/payments/tasks.server";
import { pledges } from "~db/schema/giving";

/**
 * Ends a need because the person died, moved, was helped elsewhere, refused, or withdrew consent. It leaves
 * the public pages in the same transaction; what was promised and was neither brought nor done goes back, and
 * its donors are told. What stands in the store already becomes free stock; what is on its way does so when
 * it comes back.
 */
export async function withdrawNeed(
  ctx: UseCaseContext,
  needId: string,
  reason: WithdrawReason,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    await withdraw(tx, ctx, need, reason, townRole(ctx, need));
  });
}

/** The same within a transaction that already checked who may. */
export async function withdraw(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Need,
  reason: WithdrawReason | OrganisationNeedWithdrawReason,
  by: ActingRole,
): Promise<void> {
  // Closing the lines first queues this behind every pledge that is being made, and turns away those that
  // come after.
  await unpublish(tx, need.id);
  await dropUnfinished(tx, need.id);
  await transition(tx, ctx, NEED, need, "withdraw", { by, needId: need.id, reason, set: WAITS_NO_MORE });
  const live = await tx
    .select()
    .from(pledges)
    .where(
      and(
        inArray(pledges.lineId, linesOf(tx, need.id)),
        inArray(pledges.state, ["promised", "confirmed", "paid"]),
      ),
    )
    .orderBy(asc(pledges.lineId), asc(pledges.id))
    .for("update");

  for (const pledge of live) {
    const done = pledge.kind === "service" ? await unitsDone(tx, pledge.id) : 0n;
    // What finance wrote down as spent and a second person has not seen yet waits for that word.
    const bound = pledge.kind === "money" ? await boundFen(tx, pledge.id) : 0n;
    const back = standing(pledge) - done - bound;
    if (back === 0n) continue;
    // What was paid stays with the charity's programme until finance and donor say what becomes of it; only
    // the units go back.
    const isPart = pledge.state === "paid" || done > 0n;
    const how = isPart
      ? ({ event: "return_part", quantity: back } as const)
      : ({ event: "target_gone" } as const);
    await giveBack(tx, ctx, pledge, { ...how, by, reason });
    if (pledge.state === "paid") await openTargetGone(tx, ctx, pledge.id);
  }

  await releaseProposals(tx, ctx, need.id, { by, reason });
  await releaseStock(tx, ctx, need.id, { by, reason });
}

/**
 * An organisation takes its need back, at any time; promises that have not arrived go back, what was paid
 * becomes a task of finance.
 */
export async function withdrawOrganisationNeed(
  ctx: UseCaseContext,
  needId: string,
  reason: OrganisationNeedWithdrawReason,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { need, by } = await ownOrganisationNeed(tx, ctx, needId);
    await withdraw(tx, ctx, need, reason, by);
  });
}
