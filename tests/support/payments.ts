import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { UserActor } from "~/domain/kernel/actor";
import type { VerifiedPaymentEvent } from "~/domain/kernel/ports";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { makePaymentPort } from "~/integrations/stripe/payments.server";
import { startTestDesk, type TestDesk } from "~/integrations/stripe/testDesk/startTestDesk";
import { gifts, pledges } from "~db/schema/giving";
import { checkouts } from "~db/schema/payments";
import { DEMO_FILING_NUMBER, seedDemoCharity } from "~db/seed/charity";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aPerson, aTeam } from "../factories/people";
import { test as base } from "./database";
import { aWorld, Clock, type World } from "./world";

export const WEBHOOK_SECRET = "whsec_test";

/**
 * The real SDK against the stateful test desk; the desk's webhooks go nowhere, and the test delivers them as
 * it likes.
 */
export const test = base.extend<{ desk: TestDesk; world: World }>({
  // eslint-disable-next-line no-empty-pattern -- vitest reads the fixture's dependencies from this pattern
  desk: async ({}, use) => {
    const desk = await startTestDesk({
      publicUrl: "http://portal.test",
      webhookUrl: "http://127.0.0.1:9/",
      webhookSecret: WEBHOOK_SECRET,
    });
    desk.mischief.dropWebhooks = true;
    await use(desk);
    await desk.close();
  },
  world: async ({ db, desk }, use) => {
    const clock = new Clock(new Date());
    const world = aWorld(db, {
      clock,
      payments: makePaymentPort({
        STRIPE_SECRET_KEY: "sk_test_x",
        STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
        STRIPE_EMULATOR_URL: desk.url,
      }),
    });
    await seedDemoCharity(db, { now: new Date(), newId: world.system.newId });
    await use(world);
  },
});

/** What a donor sends who pays for units of a line. */
export const paying = (world: World, lineId: string, quantity = 1n, counts: "units" | "fen" = "units") =>
  ({
    lineId,
    quantity,
    counts,
    filingNumber: DEMO_FILING_NUMBER,
    displayChoice: "kind_person",
    ifGone: "ask_me",
    notRelative: "yes",
    requestKey: world.system.newId(),
  }) as const;

/** A donor stands at the payment page. */
export async function started(
  world: World,
  donor: UserActor,
  lineId: string,
  quantity = 1n,
  counts: "units" | "fen" = "units",
) {
  const { giftCode } = await startCheckout(world.as(donor), paying(world, lineId, quantity, counts));
  const [row] = await world.db
    .select({ checkout: checkouts, pledge: pledges })
    .from(gifts)
    .innerJoin(pledges, eq(pledges.giftId, gifts.id))
    .innerJoin(checkouts, eq(checkouts.pledgeId, pledges.id))
    .where(eq(gifts.code, giftCode));
  if (!row?.checkout.sessionId) throw new Error("not started");
  return { giftCode, ...row, sessionId: row.checkout.sessionId };
}

/** What Stripe told last. */
export const lastEvent = async (world: World, desk: TestDesk): Promise<VerifiedPaymentEvent> => {
  const event = (await world.payments.listEvents("acct_demo_charity", new Date(0))).at(-1);
  if (!event) throw new Error("no event");
  expect(desk.state.events.length).toBeGreaterThan(0);
  return event;
};

/** Somebody paid for units of a wish of their own; finance of that charity stands by. */
export async function aPaidWish(world: World, desk: TestDesk, quantity = 1n) {
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity }] });
  const donor = await aDonor(world);
  const paid = await started(world, donor, wish.line.id, quantity);
  await desk.pay(paid.sessionId);
  await handleStripeEvent(world.system, await lastEvent(world, desk));
  return { team, wish, donor, ...paid };
}

/** Somebody of the charity's finance. */
export const aBookkeeper = (world: World, charityId: string): Promise<UserActor> =>
  aPerson(world, { role: "finance", scope: { kind: "charity", id: charityId } });
