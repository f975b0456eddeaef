import { eq } from "drizzle-orm";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { hearFeedback, moderateFeedback } from "~/domain/delivery/feedback.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { holdJointDay } from "~/domain/giving/answerJointDay.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import type { UserActor } from "~/domain/kernel/actor";
import { plusDays, shanghaiDay } from "~/domain/kernel/time";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { openCheckoutOf, sweepOne } from "~/domain/payments/sweepPayments.server";
import { gifts, pledges } from "~db/schema/giving";
import type { needLines } from "~db/schema/needs";
import { DEMO_FILING_NUMBER } from "~db/seed/charity";
import type { Story } from "./history";
import { nameJointDay } from "./jointDays";
import { offerLamps, offerWheelchair } from "./offers";
import type { Cast } from "./people";
import { pointOf } from "./places";

type Line = Readonly<{ line: typeof needLines.$inferSelect; townCode: string }>;

const WORDS = [
  "东西收到了，很合用，谢谢。",
  "孩子很高兴，每天都用。",
  "送来的人很耐心，教我怎么用。",
  "当天就用上了，晚上还舍不得收起来。",
  "谢谢好心人。天凉了，您也要多穿件衣服。",
  "街坊都来看，说真不错。",
];

/**
 * Gifts at every station of their way, each a tale of its own: held, promised, in the store, on the way,
 * delivered, paid and bought.
 */
export function playGifts(story: Story, cast: Cast, lines: readonly Line[]): (() => Promise<void>)[] {
  const { clock } = story;
  const goods = lines.filter(({ line }) => line.kind === "goods");
  const single = goods.filter(({ line }) => line.requested === 1n);
  const batches = goods.filter(({ line }) => line.requested > 20n);
  const services = lines.filter(({ line }) => line.kind === "service");
  const donors = [cast.donor, cast.secondDonor];

  return [
    ...single.slice(0, 16).map((wish, index) => async () => {
      await clock.toDay(17 + index * 1.7);
      const { pledgeId } = await promise(story, donors[index % 2] ?? cast.donor, [[wish, 1n]]);
      await clock.days(0.6 + (index % 4));
      await store(story, cast, wish, pledgeId, 1n);
      if (index >= 12) return;
      await clock.days(0.4 + (index % 2));
      await deliver(story, cast, wish, {
        words: WORDS[index % WORDS.length],
        wait: index === 9 ? () => clock.toItsEnd() : () => clock.days(0.5 + ((index * 3) % 5)),
        finish: index < 10,
      });
    }),
    ...batches.slice(0, 3).map((batch, index) => async () => {
      await clock.toDay(20 + index * 4);
      const half = batch.line.requested / 2n;
      const { giftCode, pledgeId } = await promise(story, cast.company, [[batch, half]]);
      await clock.days(0.7);
      // The first of them was handed over on a joint day.
      const joint =
        index === 0 ? await nameJointDay(story, cast, giftCode, { inDays: 3, agreed: true }) : undefined;
      if (joint) await clock.days(3);
      await store(story, cast, batch, pledgeId, batch.line.requested / 4n);
      if (joint) await holdJointDay(story.as(cast.storekeeper), joint);
    }),
    ...services.slice(0, 2).map((service, index) => async () => {
      await clock.toDay(24 + index * 5);
      await serve(story, cast, service);
    }),
    async () => {
      await clock.toDay(26);
      await pay(story, cast, single[17], true);
      await pay(story, cast, single[18], false);
      await offerWheelchair(story, cast);
    },
    async () => {
      await clock.toDay(41);
      await offerLamps(story, cast);
    },
    async () => {
      await clock.toDay(44);
      for (const wish of single.slice(20, 24)) await promise(story, cast.donor, [[wish, 1n]]);
      if (single[28]) await toBeCollected(story, cast, single[28]);
      await claimTogether(story, cast, goods, { townCode: "442000106", units: 8n, inDays: 8, agreed: true });
      await claimTogether(story, cast, goods, {
        townCode: "442000109",
        units: 5n,
        inDays: 10,
        agreed: false,
      });
    },
  ];
}

/** The newest ones are held and wait for their donor's word. */
export async function playHolds(story: Story, cast: Cast, lines: readonly Line[]): Promise<void> {
  const single = lines.filter(({ line }) => line.kind === "goods" && line.requested === 1n);
  await story.clock.toItsEnd();
  await pledgeItems(story.as(cast.secondDonor), {
    lines: single.slice(25, 27).map(({ line }) => ({ lineId: line.id, quantity: 1n })),
    requestKey: story.system.newId(),
  });
}

async function promise(
  story: Story,
  donor: UserActor,
  wanted: readonly (readonly [Line, bigint])[],
  { byName = false } = {},
): Promise<{ giftCode: string; pledgeId: string }> {
  const ctx = story.as(donor);
  const { giftCode } = await pledgeItems(ctx, {
    lines: wanted.map(([{ line }, quantity]) => ({ lineId: line.id, quantity })),
    requestKey: ctx.newId(),
  });
  story.clock.minutes(7);
  const [first] = wanted;
  const point = await pointOf(story, first?.[0].townCode ?? "");
  await confirmGift(ctx, giftCode, {
    arrivalWay: first?.[0].line.kind === "service" ? "in_person" : "drop_off",
    pointId: point.id,
    ...(byName
      ? { displayChoice: "name", displayName: donor.displayName }
      : { displayChoice: "kind_person" }),
    ifGone: "next_oldest",
    notRelative: "yes",
    requestKey: ctx.newId(),
  });
  const [row] = await ctx.db
    .select({ id: pledges.id })
    .from(pledges)
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .where(eq(gifts.code, giftCode));
  return { giftCode, pledgeId: row?.id ?? "" };
}

/** One whose donor has it collected, two days later. */
async function toBeCollected(story: Story, cast: Cast, wish: Line): Promise<void> {
  const ctx = story.as(cast.secondDonor);
  const { giftCode } = await pledgeItems(ctx, {
    lines: [{ lineId: wish.line.id, quantity: 1n }],
    requestKey: ctx.newId(),
  });
  story.clock.minutes(7);
  await confirmGift(ctx, giftCode, {
    ...{
      arrivalWay: "pick_up",
      pointId: (await pointOf(story, wish.townCode)).id,
      displayChoice: "kind_person",
      ifGone: "ask_me",
      notRelative: "yes",
    },
    ...{
      day: shanghaiDay(plusDays(ctx.now(), 5)),
      part: "morning",
      address: "演示路 77 号（虚构）",
      phone: "0760-0000-7777",
    },
    requestKey: ctx.newId(),
  });
}

async function store(
  story: Story,
  cast: Cast,
  wish: Line,
  pledgeId: string,
  counted: bigint,
  purchaseId?: string,
): Promise<void> {
  const ctx = story.as(cast.storekeeper);
  const point = await pointOf(story, wish.townCode);
  const { parcelId } = await receiveParcel(ctx, {
    pledgeId,
    ...(purchaseId ? { purchaseId } : {}),
    pointId: point.id,
    counted,
    occurredAt: ctx.now(),
    requestKey: ctx.newId(),
  });
  story.clock.minutes(25);
  await inspectParcel(ctx, parcelId, {
    accepted: counted,
    refused: 0n,
    valueBasis: purchaseId ? "invoice" : "fair_value",
    unitValueFen: wish.line.unitPriceFen,
    occurredAt: ctx.now(),
    requestKey: ctx.newId(),
  });
}

async function deliver(
  story: Story,
  cast: Cast,
  wish: Line,
  { words, wait, finish }: { words: string | undefined; wait: () => Promise<void>; finish: boolean },
): Promise<void> {
  const ctx = story.as(cast.storekeeper);
  const point = await pointOf(story, wish.townCode);
  const { deliveryId } = await packDelivery(ctx, {
    needId: wish.line.needId,
    pointId: point.id,
    requestKey: ctx.newId(),
  });
  story.clock.minutes(20);
  await dispatchDelivery(ctx, deliveryId, { courierId: cast.courier.userId });
  if (!finish) return;
  const { digits } = await showSecret(story.as(cast.colleague), deliveryId);
  await wait();
  await confirmHandover(story.as(cast.courier), deliveryId, {
    items: [],
    proof: "secret",
    secret: digits,
    receiver: "self",
    occurredAt: ctx.now(),
    requestKey: ctx.newId(),
  });
  story.clock.minutes(10);
  await acknowledgeDelivery(story.as(cast.colleague), deliveryId, { said: "came" });
  const { feedbackId } = await hearFeedback(story.as(cast.colleague), {
    deliveryId,
    rating: 5,
    words,
    occurredAt: ctx.now(),
    requestKey: ctx.newId(),
  });
  story.clock.minutes(15);
  await moderateFeedback(story.as(cast.secondOperator), feedbackId, words);
}

async function serve(story: Story, cast: Cast, service: Line): Promise<void> {
  const { pledgeId } = await promise(story, cast.donor, [[service, 1n]]);
  await story.clock.days(2.2);
  const { visitId } = await recordVisit(story.as(cast.caseworker), {
    pledgeId,
    quantity: 1n,
    providerName: "爱心人士甲（演示）",
    occurredAt: story.clock.now(),
    requestKey: story.system.newId(),
  });
  story.clock.minutes(60);
  await acceptVisit(story.as(cast.colleague), visitId, "accept");
}

/** Paid at the test desk and booked. */
export async function payFor(
  story: Story,
  donor: UserActor,
  lineId: string,
  quantity: bigint,
  counts: "units" | "fen" = "units",
): Promise<string> {
  const ctx = story.as(donor);
  const { giftCode, url } = await startCheckout(ctx, {
    lineId,
    quantity,
    counts,
    filingNumber: DEMO_FILING_NUMBER,
    displayChoice: "kind_person",
    ifGone: "next_oldest",
    notRelative: "yes",
    requestKey: ctx.newId(),
  });
  await payAtDesk(url);
  const [row] = await ctx.db
    .select({ giftId: gifts.id, pledgeId: pledges.id })
    .from(gifts)
    .innerJoin(pledges, eq(pledges.giftId, gifts.id))
    .where(eq(gifts.code, giftCode));
  const checkoutId = row && (await openCheckoutOf(ctx, row.giftId));
  if (!row || !checkoutId) throw new Error("the demo's payment was not started");
  story.clock.minutes(3);
  await sweepOne(story.system, checkoutId);
  return row.pledgeId;
}

/** Paid, and where it is bought, approved; the thing then travels like any other. */
async function pay(story: Story, cast: Cast, wish: Line | undefined, buy: boolean): Promise<void> {
  if (!wish) return;
  const pledgeId = await payFor(story, cast.secondDonor, wish.line.id, 1n);
  if (!buy) return;
  await story.clock.days(1.3);
  const price = wish.line.unitPriceFen - 500n;
  const { purchaseId } = await recordPurchase(story.as(cast.finance), {
    pledgeId,
    quantity: 1n,
    supplier: "演示百货（虚构）",
    voucherNumber: "YS-0001",
    boughtOn: story.clock.now(),
    amountFen: price,
    requestKey: story.system.newId(),
  });
  story.clock.minutes(120);
  await decidePurchase(story.as(cast.secondFinance), purchaseId, "approve");
  await story.clock.days(1.1);
  await store(story, cast, wish, pledgeId, 1n, purchaseId);
}

/** Presses the button of the test desk's page, wherever the desk listens. */
async function payAtDesk(url: string): Promise<void> {
  const desk = process.env.STRIPE_EMULATOR_URL ?? "";
  const answer = await fetch(new URL(new URL(url).pathname, desk), {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "choice=pay",
  });
  if (answer.status !== 303) throw new Error("the test desk did not take the demo's payment");
}

/** The company claims a part of everything that a town asks for in numbers, and names a day to bring it. */
async function claimTogether(
  story: Story,
  cast: Cast,
  goods: readonly Line[],
  { townCode, units, ...day }: { townCode: string; units: bigint; inDays: number; agreed: boolean },
) {
  const wanted = goods
    .filter((wish) => wish.townCode === townCode && wish.line.requested > 1n)
    .map((wish) => [wish, wish.line.requested < units ? wish.line.requested : units] as const);
  const { giftCode } = await promise(story, cast.company, wanted, { byName: true });
  story.clock.minutes(40);
  await nameJointDay(story, cast, giftCode, day);
}
