import { and, asc, eq, inArray } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { plusMinutes } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { gifts, pledges, type PledgeState } from "~db/schema/giving";
import { ownGift, trackHash } from "./confirmGift.server";
import { giveBack } from "./giveBack.server";
import { PLEDGE, type Pledge } from "./machine.server";
import { anyServiceDone } from "./serviceVisits.server";

const pledgesOf = (tx: Transaction, giftId: string, states: readonly PledgeState[]): Promise<Pledge[]> =>
  tx
    .select()
    .from(pledges)
    .where(and(eq(pledges.giftId, giftId), inArray(pledges.state, [...states])))
    .orderBy(asc(pledges.lineId))
    .for("update");

/** The donor lets go of what they held and had not confirmed. */
export async function releaseGift(ctx: UseCaseContext, giftCode: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    const held = await pledgesOf(tx, gift.id, ["promised"]);
    if (held.length === 0) throw new DomainError("WRONG_STATE");
    for (const pledge of held) await giveBack(tx, ctx, pledge, { event: "release", by: "donor" });
  });
}

/** Until when a confirmed gift can be undone without a reason. */
export async function undoUntil(tx: Transaction, ctx: UseCaseContext, confirmedAt: Date): Promise<Date> {
  return plusMinutes(confirmedAt, await limit(tx, ctx, "undoMinutes"));
}

/**
 * Takes a confirmed gift back, within `undoMinutes` and without giving a reason.
 * @throws {DomainError} TOO_LATE_TO_UNDO afterwards, or once anything of it was sent or has arrived;
 *   SERVICE_DONE once a service of it was done, unless its recipient says that it was not
 */
export async function undoGift(ctx: UseCaseContext, giftCode: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    if (gift.confirmedAt === null || ctx.now() > (await undoUntil(tx, ctx, gift.confirmedAt)))
      throw new DomainError("TOO_LATE_TO_UNDO");
    const confirmed = await pledgesOf(tx, gift.id, ["confirmed"]);
    // Asked with the promises locked: whoever records a visit locks its promise too.
    if (await anyServiceDone(tx, gift.id)) throw new DomainError("SERVICE_DONE");
    if (confirmed.length === 0 || confirmed.some((pledge) => pledge.sentAt !== null || pledge.settled > 0n))
      throw new DomainError("TOO_LATE_TO_UNDO");
    for (const pledge of confirmed) await giveBack(tx, ctx, pledge, { event: "undo", by: "donor" });
  });
}

/** The parcel is on its way to the service point: from now on it can only be returned, not cancelled. */
export async function markSent(
  ctx: UseCaseContext,
  giftCode: string,
  { courierName, waybill }: { courierName: string; waybill: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    const waiting = (await pledgesOf(tx, gift.id, ["confirmed"])).filter(
      (pledge) => pledge.sentAt === null && pledge.kind === "goods",
    );
    if (waiting.length === 0) throw new DomainError("WRONG_STATE");
    for (const pledge of waiting) {
      await transition(tx, ctx, PLEDGE, pledge, "send", {
        by: "donor",
        needId: pledge.needId,
        giftId: gift.id,
        set: { sentAt: ctx.now(), courierName, waybill },
      });
    }
  });
}

/**
 * Makes the track page's old link useless and answers with a new one; the old token opens nothing from now
 * on.
 */
export async function renewTrackToken(
  ctx: UseCaseContext,
  giftCode: string,
): Promise<{ trackToken: string }> {
  return inTransaction(ctx, async (tx) => {
    const gift = await ownGift(tx, ctx, giftCode);
    if (gift.confirmedAt === null) throw new DomainError("WRONG_STATE");
    const trackToken = ctx.randomBytes(20).toString("base64url");

    await tx
      .update(gifts)
      .set({ trackTokenHash: trackHash(trackToken) })
      .where(eq(gifts.id, gift.id));

    return { trackToken };
  });
}
