import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { deliveries, feedbacks, serviceVisits } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { followUps, referrals } from "~db/schema/referrals";

export type OpenMatter = Readonly<{
  kind: "need" | "delivery" | "promise" | "visit" | "feedback" | "referral" | "follow_up";
  code: string;
}>;

/**
 * What of a household has not ended, by code: wishes, promises whose things are still to come, parcels until
 * somebody said that they came, services to be accepted, words of theirs that nobody has read, referrals and
 * what is to be done after them. While there is any, nobody is erased.
 */
export async function openMatters(tx: Transaction | Database, householdId: string): Promise<OpenMatter[]> {
  const own = eq(needs.householdId, householdId);
  const live = await tx
    .select({ code: needs.code })
    .from(needs)
    .where(
      and(
        own,
        inArray(needs.state, ["draft", "returned", "submitted", "verified", "published", "suspended"]),
      ),
    )
    .orderBy(asc(needs.id));
  const out = await tx
    .select({ code: deliveries.code })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.householdId, householdId),
        inArray(deliveries.state, ["packed", "dispatched", "failed_attempt", "returning", "handed_over"]),
      ),
    )
    .orderBy(asc(deliveries.id));
  const standing = sql`${pledges.quantity} > ${pledges.settled} + ${pledges.givenBack}`;
  const pledged = await tx
    .selectDistinct({ code: gifts.code })
    .from(pledges)
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(and(own, inArray(pledges.state, ["promised", "confirmed", "paying", "paid"]), standing))
    .orderBy(asc(gifts.code));
  const visits = await tx
    .select({ code: needs.code })
    .from(serviceVisits)
    .innerJoin(needLines, eq(needLines.id, serviceVisits.lineId))
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(and(own, eq(serviceVisits.state, "done")))
    .orderBy(asc(serviceVisits.id));
  const unread = await tx
    .select({ code: needs.code })
    .from(feedbacks)
    .innerJoin(needs, eq(needs.id, feedbacks.needId))
    .where(and(own, eq(feedbacks.state, "heard")))
    .orderBy(asc(feedbacks.id));
  const referred = await tx
    .select({ code: referrals.code })
    .from(referrals)
    .where(and(eq(referrals.householdId, householdId), isNull(referrals.closedAt)))
    .orderBy(asc(referrals.id));
  const followed = await tx
    .select({ code: referrals.code })
    .from(followUps)
    .innerJoin(referrals, eq(referrals.id, followUps.referralId))
    .where(and(eq(followUps.householdId, householdId), eq(followUps.state, "open")))
    .orderBy(asc(followUps.id));
  const as = (kind: OpenMatter["kind"], rows: readonly { code: string }[]) =>
    rows.map(({ code }) => ({ kind, code }));
  return [
    ...as("need", live),
    ...as("delivery", out),
    ...as("promise", pledged),
    ...as("visit", visits),
    ...as("feedback", unread),
    ...as("referral", referred),
    ...as("follow_up", followed),
  ];
}
