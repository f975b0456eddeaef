import { eq } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { type Opened, openedOn, requireUnchanged } from "~/domain/kernel/opened";
import { recordBirth } from "~/domain/kernel/transition.server";
import { jointDays } from "~db/schema/giving";
import { donorProfiles } from "~db/schema/identity";
import { servicePoints } from "~db/schema/reference";
import { ownGift } from "./confirmGift.server";
import { asParty, liveJointDay, nameDay, requireDayFor } from "./jointDay.server";
import { JOINT_DAY } from "./machine.server";
import type { ProposeJointDayInput, SuggestDayInput } from "./schemas";

/** Whether this donor is a company that the city has checked. */
export async function isVerifiedCompany(
  tx: Transaction | UseCaseContext["db"],
  donorId: string,
): Promise<boolean> {
  const [profile] = await tx
    .select({ since: donorProfiles.companyVerifiedAt })
    .from(donorProfiles)
    .where(eq(donorProfiles.userId, donorId));
  return profile?.since != null;
}

type Named = Readonly<{ id: string; version: number }>;
const jointDayVersions = (live: Named | undefined): readonly (string | number)[] =>
  live ? [live.id, live.version] : ["none"];

/** The form by which a day is named: the day and the point that are named now, and what it was opened on. */
export const storedJointDay = (
  live: (Named & Readonly<{ day: string; pointId: string }>) | undefined,
  usualPointId: string | undefined,
) => ({
  values: { day: live?.day ?? "", pointId: live?.pointId ?? usualPointId ?? "" },
  opened: openedOn(...jointDayVersions(live)) satisfies Opened,
});

/**
 * A company names a day and a point at which it hands its gift over together with the town's social workers;
 * while none took place, it may name another, which then has to be agreed anew. One for a gift at a time.
 * Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND for somebody else's gift or no such point, NOT_ALLOWED unless a verified
 *   company, JOINT_DAY_TOO_SOON, JOINT_DAY_TOO_FAR, WRONG_STATE when nothing of the gift is to come,
 *   REQUEST_KEY_REUSED, CHANGED_MEANWHILE
 */
export async function proposeJointDay(
  ctx: UseCaseContext,
  giftCode: string,
  input: ProposeJointDayInput,
): Promise<null> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "proposeJointDay", { ...input, giftCode }, async () => {
      const gift = await ownGift(tx, ctx, giftCode);
      const { day, pointId } = input;
      if (!(await isVerifiedCompany(tx, gift.donorId))) throw new DomainError("NOT_ALLOWED");
      const [point] = await tx
        .select({ id: servicePoints.id })
        .from(servicePoints)
        .where(eq(servicePoints.id, pointId));
      if (!point) throw new DomainError("NOT_FOUND");
      await requireDayFor(tx, ctx, gift.id, day);
      const live = await liveJointDay(tx, gift.id);
      requireUnchanged(input.version, ...jointDayVersions(live));
      if (live) await nameDay(tx, ctx, live, { userId: gift.donorId, side: "donor" }, { day, pointId });
      else {
        const born = { id: ctx.newId(), state: "proposed" as const };

        await tx.insert(jointDays).values({
          ...born,
          giftId: gift.id,
          pointId,
          day,
          proposedSide: "donor",
          proposedBy: gift.donorId,
          createdAt: ctx.now(),
        });

        await recordBirth(tx, ctx, JOINT_DAY, born, "propose", {
          by: "donor",
          giftId: gift.id,
          data: { day },
        });
      }

      return null;
    }),
  );
}

/**
 * The point names another day, for its donor to agree to. Safe to repeat by request key.
 * @throws {DomainError} NOT_FOUND unless a storekeeper of its point, NOT_ALLOWED for the donor,
 *   JOINT_DAY_TOO_SOON, JOINT_DAY_TOO_FAR, WRONG_STATE when it is over, REQUEST_KEY_REUSED
 */
export async function suggestOtherDay(
  ctx: UseCaseContext,
  jointDayId: string,
  input: SuggestDayInput,
): Promise<null> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "suggestOtherDay", { ...input, jointDayId }, async () => {
      const { row, party } = await asParty(tx, ctx, jointDayId);
      if (party.side !== "point") throw new DomainError("NOT_ALLOWED");
      await requireDayFor(tx, ctx, row.giftId, input.day);
      await nameDay(tx, ctx, row, party, { day: input.day, pointId: row.pointId });
      return null;
    }),
  );
}
