import { createHash } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { gifts, pledges } from "~db/schema/giving";
import { needs } from "~db/schema/needs";
import { servicePoints } from "~db/schema/reference";
import { ask } from "./collecting/collection.server";
import { PLEDGE, type Pledge } from "./machine.server";
import type { ConfirmGiftInput } from "./schemas";
import { shownAs } from "./shownName";

/**
 * What the table keeps of a track token; the token itself is shown once and travels only in the donor's own
 * link.
 */
export const trackHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** The donor's own gift by its code; to everybody else it does not exist. */
export async function ownGift(
  tx: Transaction,
  ctx: UseCaseContext,
  giftCode: string,
): Promise<typeof gifts.$inferSelect> {
  const { userId } = requireUser(ctx.actor);
  const [gift] = await tx
    .select()
    .from(gifts)
    .where(and(eq(gifts.code, giftCode), eq(gifts.donorId, userId)))
    .for("update");
  if (!gift) throw new DomainError("NOT_FOUND");
  return gift;
}

/**
 * Turns a held gift into a promise: how the goods come, how the donor appears, what happens if the target is
 * gone, that they are no relative: asked once. Units go from held to pledged; the clock to bring them starts
 * (`bringDays`). Where the point collects it, that stands on the point's list.
 *
 * @returns the token of the track page, once; it is stored only as a hash
 * @throws {DomainError} HOLD_ENDED when nothing is held any more, NOT_FOUND for somebody else's gift,
 *   DAY_NOT_OFFERED, WRONG_STATE for services that were to be collected
 */
export async function confirmGift(
  ctx: UseCaseContext,
  giftCode: string,
  input: ConfirmGiftInput,
): Promise<{ trackToken: string }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "confirmGift", { ...input, giftCode }, async () => {
      const gift = await ownGift(tx, ctx, giftCode);
      const now = ctx.now();
      const held = await tx
        .select()
        .from(pledges)
        .where(and(eq(pledges.giftId, gift.id), eq(pledges.state, "promised")))
        .orderBy(asc(pledges.lineId))
        .for("update");
      const live = held.filter((pledge) => pledge.holdUntil !== null && pledge.holdUntil > now);
      if (live.length === 0) throw new DomainError("HOLD_ENDED");
      const dueAt = plusDays(now, await limit(tx, ctx, "bringDays"));
      const pointId = input.pointId ?? (await homePoint(tx, live));
      const trackToken = ctx.randomBytes(20).toString("base64url");

      await tx
        .update(gifts)
        .set({
          confirmedAt: now,
          arrivalWay: input.arrivalWay,
          pointId: pointId ?? null,
          ...shownAs(input),
          ifGone: input.ifGone,
          notRelativeDeclaredAt: now,
          trackTokenHash: trackHash(trackToken),
        })
        .where(eq(gifts.id, gift.id));

      // Last, so that a line that many want is locked as short as can be.
      for (const pledge of live) {
        const units = await moveUnits(tx, pledge.lineId, "held", "pledged", pledge.quantity);

        await transition(tx, ctx, PLEDGE, pledge, "confirm", {
          by: "donor",
          needId: pledge.needId,
          giftId: gift.id,
          units,
          data: { way: input.arrivalWay },
          set: { confirmedAt: now, dueAt, holdUntil: null },
        });
      }

      if (input.arrivalWay === "pick_up" && pointId !== undefined)
        await ask(tx, ctx, { id: gift.id, pointId }, input);
      return { trackToken };
    }),
  );
}

/**
 * Where goods are brought whose donor named no point: to that of the first wish's town. Services go to no
 * point.
 */
async function homePoint(tx: Transaction, live: readonly Pledge[]): Promise<string | undefined> {
  const [goods] = live.filter((pledge) => pledge.kind === "goods");
  if (!goods) return undefined;
  const [point] = await tx
    .select({ id: servicePoints.id })
    .from(servicePoints)
    .innerJoin(needs, and(eq(needs.townCode, servicePoints.townCode), eq(needs.id, goods.needId)))
    .limit(1);
  return point?.id;
}
