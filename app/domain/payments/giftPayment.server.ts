import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { charitiesAt } from "~/domain/register/register.server";
import { gifts, pledges } from "~db/schema/giving";
import { programmes } from "~db/schema/organisations";
import { checkouts, financeTasks, purchases } from "~db/schema/payments";

/**
 * Money that came and counts for no wish yet: what becomes of it is the donor's to say and finance's to do.
 */
const WAITING_MONEY = ["late_payment", "second_payment", "target_gone"] as const;

/**
 * How one's own gift is paid: where the payment page stands and until when, into which fund of which charity
 * it goes (as booked, in the names of today), what was bought of it for how much, and whether the money is
 * here but waits for a word of its donor.
 */
export async function paymentOfGift(ctx: UseCaseContext, giftId: string) {
  const { userId } = requireUser(ctx.actor);
  const charity = charitiesAt(ctx.db, ctx.now());
  const [row] = await ctx.db
    .select({
      state: checkouts.state,
      amountFen: checkouts.amountFen,
      expiresAt: checkouts.expiresAt,
      checkoutId: checkouts.id,
      pledgeId: checkouts.pledgeId,
      fund: {
        nameHans: programmes.nameHans,
        nameHant: programmes.nameHant,
        nameEn: programmes.nameEn,
        filingNumber: programmes.filingNumber,
      },
      charity: {
        nameHans: charity.nameHans,
        nameHant: charity.nameHant,
        nameEn: charity.nameEn,
        contactPhone: charity.contactPhone,
      },
    })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(gifts, and(eq(gifts.id, pledges.giftId), eq(gifts.donorId, userId)))
    .innerJoin(programmes, eq(programmes.id, checkouts.programmeId))
    .innerJoin(charity, eq(charity.id, checkouts.charityId))
    .where(eq(gifts.id, giftId))
    .orderBy(desc(checkouts.id))
    .limit(1);
  if (!row) return undefined;
  const { checkoutId, pledgeId, ...payment } = row;
  const bought = await ctx.db
    .select({ id: purchases.id, amountFen: purchases.amountFen, at: purchases.boughtOn })
    .from(purchases)
    .where(and(eq(purchases.pledgeId, pledgeId), eq(purchases.state, "approved")))
    .orderBy(asc(purchases.id));
  const [task] = await ctx.db
    .select({ kind: financeTasks.kind })
    .from(financeTasks)
    .where(
      and(
        eq(financeTasks.checkoutId, checkoutId),
        eq(financeTasks.state, "open"),
        inArray(financeTasks.kind, [...WAITING_MONEY]),
      ),
    )
    .limit(1);
  return {
    ...payment,
    bought,
    canGoOn: payment.state === "open" && payment.expiresAt > ctx.now(),
    waits: task?.kind,
  };
}
