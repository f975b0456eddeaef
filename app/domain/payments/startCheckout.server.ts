import { eq } from "drizzle-orm";
import type { z } from "zod";
import { moveUnits } from "~/domain/books/moveUnits.server";
import { createGift } from "~/domain/giving/gift.server";
import { requireRoomForHolds } from "~/domain/giving/holds.server";
import { beginPayingPledge } from "~/domain/giving/payingPledge.server";
import { shownAs } from "~/domain/giving/shownName";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { PaymentRefused } from "~/domain/kernel/ports";
import { plusMinutes } from "~/domain/kernel/time";
import { recordBirth } from "~/domain/kernel/transition.server";
import { paths } from "~/paths";
import { gifts, pledges } from "~db/schema/giving";
import { needLines, needs } from "~db/schema/needs";
import { checkouts } from "~db/schema/payments";
import { collectingCharity } from "./charity.server";
import { CHECKOUT } from "./machines.server";
import type { PayAmountInput, StartCheckoutInput } from "./schemas";

type Input = z.infer<typeof StartCheckoutInput> | z.infer<typeof PayAmountInput>;

/**
 * Starts paying for units of one line. First, in one transaction: a gift, a money pledge that holds the
 * units, and our own row of the checkout. Then, outside it, Stripe is asked for the session under an
 * idempotency key that is our row's id: a crash in between leaves a row that `resumeCheckout` or the clock
 * can finish, never a second session. The money goes to the programme that the page named, or nowhere.
 *
 * @throws {DomainError} OTHER_LINE when what was counted is not what the line counts, PAYMENTS_CLOSED when
 *   certificate, filing or account is not in force today, FUND_CHANGED when that of the named programme is
 *   not but another is, NOT_ENOUGH_LEFT, TOO_MANY_HOLDS, TOO_MANY_PAGES, PAYMENT_DESK_DOWN when Stripe does
 *   not answer (the units stay held; trying again with the same key goes on), HOLD_ENDED when it was tried
 *   again too late
 */
export async function startCheckout(
  ctx: UseCaseContext,
  input: Input,
): Promise<{ giftCode: string; url: string }> {
  const donor = requireUser(ctx.actor);
  const { checkoutId, giftCode } = await inTransaction(ctx, (tx) =>
    once(tx, ctx, "startCheckout", input, async () => {
      const collecting = await collectingCharity(tx, ctx.now(), input.filingNumber);
      if (!collecting)
        throw new DomainError((await collectingCharity(tx, ctx.now())) ? "FUND_CHANGED" : "PAYMENTS_CLOSED");
      const [line] = await tx.select().from(needLines).where(eq(needLines.id, input.lineId));
      if (!line || line.kind === "service") throw new DomainError("NOT_FOUND");
      if ((line.kind === "money") !== (input.counts === "fen")) throw new DomainError("OTHER_LINE");
      await requireRoomForHolds(tx, ctx, donor.userId, {
        units: line.kind === "money" ? 0n : input.quantity,
        page: true,
      });

      // Of a crowd most are told so, before anything is written; who has the last units, `moveUnits` says.
      const left = line.accepts ? line.open : 0n;
      if (left < input.quantity) throw new DomainError("NOT_ENOUGH_LEFT", { left: Number(left) });

      const now = ctx.now();
      const expiresAt = plusMinutes(now, await limit(tx, ctx, "payingMinutes"));
      const { giftId, giftCode: code } = await createGift(tx, ctx, {
        donorId: donor.userId,
        kind: "money",
        confirmedAt: now,
        ...shownAs(input),
        ifGone: input.ifGone,
        notRelativeDeclaredAt: now,
      });

      const pledgeId = await beginPayingPledge(tx, ctx, {
        giftId,
        donorId: donor.userId,
        needId: line.needId,
        lineId: line.id,
        quantity: input.quantity,
        unitPriceFen: line.unitPriceFen,
        holdUntil: expiresAt,
        units: await moveUnits(tx, line.id, "open", "held", input.quantity),
      });

      const id = ctx.newId();

      await tx.insert(checkouts).values({
        id,
        pledgeId,
        charityId: collecting.charity.id,
        programmeId: collecting.programme.id,
        stripeAccountId: collecting.stripeAccountId,
        locale: ctx.locale,
        amountFen: line.unitPriceFen * input.quantity,
        state: "open",
        expiresAt,
        createdAt: now,
      });

      await recordBirth(tx, ctx, CHECKOUT, { id, state: "open" }, "open", {
        by: "donor",
        needId: line.needId,
        giftId,
      });

      return { checkoutId: id, giftCode: code };
    }),
  );
  return { giftCode, url: await resumeCheckout(ctx, checkoutId) };
}

/**
 * Where the donor pays: the session of our row, asked for once more if Stripe did not answer the first time.
 * Safe to repeat.
 * @throws {DomainError} HOLD_ENDED, PAYMENT_DESK_DOWN
 */
export async function resumeCheckout(ctx: UseCaseContext, checkoutId: string): Promise<string> {
  const [row] = await ctx.db
    .select({ state: checkouts.state })
    .from(checkouts)
    .where(eq(checkouts.id, checkoutId));
  if (row?.state !== "open") throw new DomainError("HOLD_ENDED");
  const { url } = await askForSession(ctx, checkoutId).catch((error: unknown) => {
    throw new DomainError(error instanceof PaymentRefused ? "HOLD_ENDED" : "PAYMENT_DESK_DOWN");
  });
  if (url === null) throw new DomainError("PAYMENT_DESK_DOWN");
  return url;
}

/**
 * Asks Stripe for the session of our row (or for the same one again) and keeps its id. Safe to repeat.
 * @throws {PaymentRefused} when there is none and will be none; anything else may be tried again
 */
export async function askForSession(
  ctx: UseCaseContext,
  checkoutId: string,
): Promise<{ id: string; url: string | null }> {
  const [row] = await ctx.db
    .select({ checkout: checkouts, giftCode: gifts.code, needCode: needs.code, item: needLines.itemHans })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .innerJoin(needs, eq(needs.id, pledges.needId))
    .innerJoin(needLines, eq(needLines.id, pledges.lineId))
    .where(eq(checkouts.id, checkoutId));
  if (!row) throw new DomainError("NOT_FOUND");
  const { sessionId, url } = row.checkout;
  if (sessionId !== null && url !== null) return { id: sessionId, url };
  const at = paths(row.checkout.locale);
  const session = await ctx.ports.payments.createCheckout({
    idempotencyKey: `checkout:${checkoutId}`,
    stripeAccountId: row.checkout.stripeAccountId,
    amountFen: row.checkout.amountFen,
    productName: `${row.needCode} ${row.item}`,
    successUrl: ctx.publicUrl + at.gift(row.giftCode),
    // Where they can go on with it or cancel it.
    cancelUrl: ctx.publicUrl + at.gift(row.giftCode),
    expiresAt: row.checkout.expiresAt,
    locale: row.checkout.locale,
    metadata: { checkout: checkoutId, need: row.needCode, gift: row.giftCode },
  });

  await ctx.db
    .update(checkouts)
    .set({ sessionId: session.id, url: session.url })
    .where(eq(checkouts.id, checkoutId));

  return session;
}
