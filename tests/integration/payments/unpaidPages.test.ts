import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { suspendNeed } from "~/domain/needs/endNeed.server";
import { cancelPayment, goOnPaying } from "~/domain/payments/cancelPayment.server";
import { paymentOfGift } from "~/domain/payments/giftPayment.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { settleTask } from "~/domain/payments/settleTask.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import { undoPayment } from "~/domain/payments/undoPayment.server";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { action as gift, loader as giftLoader } from "~/routes/giving/gift";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { moneyEntries } from "~db/schema/books";
import { gifts, pledges } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { needLines } from "~db/schema/needs";
import { programmes } from "~db/schema/organisations";
import { checkouts, financeTasks } from "~db/schema/payments";
import { DEMO_FILING_NUMBER } from "~db/seed/charity";
import { aConfirmedGift, aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aCompany, aDonor, aTeam } from "../../factories/people";
import { aBookkeeper, aPaidWish, lastEvent, paying, started, test } from "../../support/payments";
import { argsFor, posting } from "../../support/routeArgs";
import type { World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const lineNow = async (world: World, id: string) =>
  (await world.db.select().from(needLines).where(eq(needLines.id, id)))[0];

async function lettersTo(world: World, userId: string) {
  for (let done = 1; done > 0;) done = await drainOutbox(world.system, 500);
  const [user] = await world.db
    .select({ email: appUsers.email })
    .from(appUsers)
    .where(eq(appUsers.id, userId));
  return world.mails.filter((mail) => mail.to === user?.email);
}

test("no payment page is opened for a wish that takes no promises any more, and its units stay where they are", async ({
  world,
}) => {
  const team = await aTeam(world);
  const { needId, line } = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
  await suspendNeed(world.as(team.operator), needId, "complaint");
  await expect(
    startCheckout(world.as(await aDonor(world)), paying(world, line.id, 1n)),
  ).rejects.toMatchObject({ code: "NOT_ENOUGH_LEFT" });
  expect(await lineNow(world, line.id)).toMatchObject({ open: 3n, held: 0n });
  expect(await wrongs(world)).toEqual([]);
});

test("unpaid payment pages count against what a person may hold: neither many units, nor many pages, nor both at once from two tabs", async ({
  world,
}) => {
  const team = await aTeam(world);
  const wishes = await Promise.all(
    [1, 2, 3, 4].map(() => aPublishedWish(world, team, { lines: [{ quantity: 64n }] })),
  );
  const donor = world.as(await aDonor(world));
  const line = (index: number) => wishes[index]?.line.id ?? "";
  await expect(startCheckout(donor, paying(world, line(0), 64n))).rejects.toMatchObject({
    code: "TOO_MANY_HOLDS",
  });
  expect((await lineNow(world, line(0)))?.held).toBe(0n);
  await startCheckout(donor, paying(world, line(0), 4n));
  await expect(pledgeItems(donor, aPledgeOf(world, line(1), 7n))).rejects.toMatchObject({
    code: "TOO_MANY_HOLDS",
  });
  await pledgeItems(donor, aPledgeOf(world, line(1), 4n));
  await expect(startCheckout(donor, paying(world, line(2), 3n))).rejects.toMatchObject({
    code: "TOO_MANY_HOLDS",
  });

  const another = world.as(await aDonor(world));
  const tabs = await Promise.allSettled(
    [0, 1, 2, 3, 0, 1].map((index) => startCheckout(another, paying(world, line(index), 1n))),
  );
  expect(tabs.filter((tab) => tab.status === "fulfilled")).toHaveLength(3);
  for (const tab of tabs)
    if (tab.status === "rejected") expect(tab.reason).toMatchObject({ code: "TOO_MANY_PAGES" });

  const company = world.as(await aCompany(world, team.operator));
  await startCheckout(company, paying(world, line(3), 40n));
  expect(await wrongs(world)).toEqual([]);
});

test("a payment page that was left is gone on with or cancelled from the gift's page: expired at Stripe first, then free for others", async ({
  world,
  desk,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 2n }] });
  const donor = await aDonor(world);
  const left = await started(world, donor, line.id, 2n);
  const at = { code: left.giftCode };
  const url = `http://portal.test/gifts/${left.giftCode}`;
  const page = await giftLoader(await argsFor(world, donor, url, at));
  expect(page.payment).toMatchObject({ canGoOn: true, state: "open" });
  const again = (await gift(await posting(world, donor, url, at, { intent: "goOnPaying" }))) as Response;
  expect(again.headers.get("location")).toBe(left.checkout.url ?? "none");
  await expect(cancelPayment(world.as(await aDonor(world)), left.giftCode)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(goOnPaying(world.as(await aDonor(world)), left.giftCode)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });

  expect(await gift(await posting(world, donor, url, at, { intent: "cancelPayment" }))).toMatchObject({
    status: 302,
  });
  expect(desk.state.sessions[left.sessionId]?.status).toBe("expired");
  expect((await giftLoader(await argsFor(world, donor, url, at))).rows[0]?.pledge.state).toBe("cancelled");
  expect(await lineNow(world, line.id)).toMatchObject({ held: 0n, open: 2n });
  await expect(goOnPaying(world.as(donor), left.giftCode)).rejects.toMatchObject({ code: "HOLD_ENDED" });
  await expect(cancelPayment(world.as(donor), left.giftCode)).rejects.toMatchObject({ code: "HOLD_ENDED" });
  await aConfirmedGift(world, await aDonor(world), line.id, 2n);
  // Stripe's own word that it expired comes after all: nothing more happens.
  await handleStripeEvent(world.system, await lastEvent(world, desk));
  await sweepPayments(world.system);
  expect(await wrongs(world)).toEqual([]);
});

test("cancelled in one tab while it was paid in another: it is paid; and while Stripe does not answer, nothing is given back", async ({
  world,
  desk,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 3n }] });
  const donor = await aDonor(world);
  const paid = await started(world, donor, line.id);
  await desk.pay(paid.sessionId);
  await expect(cancelPayment(world.as(donor), paid.giftCode)).rejects.toMatchObject({
    code: "PAID_MEANWHILE",
  });
  expect(await lineNow(world, line.id)).toMatchObject({ pledged: 1n, held: 0n });

  const mute = await started(world, donor, line.id);
  const away = {
    ...world.as(donor),
    ports: {
      ...world.system.ports,
      payments: { ...world.payments, expireCheckout: () => Promise.reject(new Error("away")) },
    },
  };
  await expect(cancelPayment(away, mute.giftCode)).rejects.toMatchObject({ code: "PAYMENT_DESK_DOWN" });
  expect(await lineNow(world, line.id)).toMatchObject({ pledged: 1n, held: 1n });
  const stubborn = {
    ...away,
    ports: { ...away.ports, payments: { ...world.payments, expireCheckout: () => Promise.resolve(false) } },
  };
  await expect(cancelPayment(stubborn, mute.giftCode)).rejects.toMatchObject({ code: "PAYMENT_DESK_DOWN" });
  expect(await lineNow(world, line.id)).toMatchObject({ held: 1n });

  const both = await Promise.allSettled([
    cancelPayment(world.as(donor), mute.giftCode),
    cancelPayment(world.as(donor), mute.giftCode),
    sweepPayments(world.system),
  ]);
  expect(
    both.filter(
      (one) =>
        one.status === "rejected" &&
        !["HOLD_ENDED", "PAYMENT_DESK_DOWN"].includes((one.reason as { code?: string }).code ?? ""),
    ),
  ).toEqual([]);
  expect(await lineNow(world, line.id)).toMatchObject({ held: 0n, open: 2n });
  expect(await wrongs(world)).toEqual([]);
});

test("a page that Stripe never heard of is cancelled too", async ({ world, desk }) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const person = await aDonor(world);
  const donor = world.as(person);
  desk.mischief.failNextCreate = 9;
  await expect(startCheckout(donor, paying(world, line.id))).rejects.toMatchObject({
    code: "PAYMENT_DESK_DOWN",
  });
  desk.mischief.failNextCreate = 0;
  desk.mischief.refuseCreate = true;
  const [row] = await world.db
    .select({ sessionId: checkouts.sessionId, code: gifts.code })
    .from(checkouts)
    .innerJoin(pledges, eq(pledges.id, checkouts.pledgeId))
    .innerJoin(gifts, eq(gifts.id, pledges.giftId))
    .where(eq(gifts.donorId, person.userId));
  expect(row?.sessionId).toBeNull();
  expect((await lineNow(world, line.id))?.held).toBe(1n);
  await cancelPayment(donor, row?.code ?? "");
  desk.mischief.refuseCreate = false;
  expect((await lineNow(world, line.id))?.held).toBe(0n);
  expect(await wrongs(world)).toEqual([]);
});

test("money that came after its page was cancelled is booked, told to its donor, and waits for their word; finance may still take the units for it", async ({
  world,
  desk,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = await aDonor(world);
  const paid = await started(world, donor, line.id);
  await desk.pay(paid.sessionId);
  const completed = await lastEvent(world, desk);
  const never = completed.session && {
    ...completed.session,
    status: "expired" as const,
    paymentStatus: "unpaid" as const,
  };
  // A provider that says "expired" and then "paid": it must not happen, and if it does, no money is lost.
  const lying = {
    ...world.as(donor),
    ports: {
      ...world.system.ports,
      payments: {
        ...world.payments,
        expireCheckout: () => Promise.resolve(true),
        readCheckout: () => Promise.resolve(never ?? Promise.reject(new Error())),
      },
    },
  };
  await cancelPayment(lying, paid.giftCode);
  await handleStripeEvent(world.system, completed);
  expect(await lineNow(world, line.id)).toMatchObject({ pledged: 0n, open: line.requested });
  expect((await lettersTo(world, donor.userId)).map((mail) => mail.template)).toEqual(["paidLate"]);
  expect(await paymentOfGift(world.as(donor), paid.pledge.giftId)).toMatchObject({ waits: "late_payment" });
  const [task] = await world.db.select().from(financeTasks).where(eq(financeTasks.pledgeId, paid.pledge.id));
  const finance = await aBookkeeper(world, paid.checkout.charityId);
  await settleTask(world.as(finance), {
    taskId: task?.id ?? "",
    resolution: "placed",
    requestKey: world.system.newId(),
  });
  expect(await lineNow(world, line.id)).toMatchObject({ pledged: 1n });
  expect((await lettersTo(world, donor.userId)).map((mail) => mail.template)).toEqual(["paidLate", "paid"]);
  expect(await wrongs(world)).toEqual([]);
});

test("money that came late and stays in the programme is told to its donor, with the fund, at each step", async ({
  world,
  desk,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 1n }] });
  const donor = await aDonor(world);
  const late = await started(world, donor, line.id);
  await desk.pay(late.sessionId);
  const completed = await lastEvent(world, desk);
  const session = completed.session && {
    ...completed.session,
    status: "expired" as const,
    paymentStatus: "unpaid" as const,
  };
  await handleStripeEvent(world.system, {
    ...completed,
    id: `evt_exp_${late.sessionId}`,
    type: "checkout.session.expired",
    session,
  });
  await aConfirmedGift(world, await aDonor(world), line.id);
  await handleStripeEvent(world.system, completed);
  const told = (await lettersTo(world, donor.userId)).find((mail) => mail.template === "paidLate");
  const [fund] = await world.db
    .select()
    .from(programmes)
    .where(eq(programmes.filingNumber, DEMO_FILING_NUMBER));
  expect(told && wordsOfMail(told).text).toContain(fund?.nameHans);
  const [task] = await world.db.select().from(financeTasks).where(eq(financeTasks.pledgeId, late.pledge.id));
  const finance = await aBookkeeper(world, late.checkout.charityId);
  await settleTask(world.as(finance), {
    taskId: task?.id ?? "",
    resolution: "kept_in_programme",
    evidence: "HX-1",
    requestKey: world.system.newId(),
  });
  expect((await lettersTo(world, donor.userId)).map((mail) => mail.template).sort()).toEqual([
    "moneyKept",
    "paidLate",
    "released",
  ]);
  expect((await paymentOfGift(world.as(donor), late.pledge.giftId))?.waits).toBeUndefined();
});

test("the fund that a page names is the fund that is booked, shown and written of; another one is never booked in its place", async ({
  world,
  desk,
}) => {
  const { donor, pledge, checkout } = await aPaidWish(world, desk);
  const [fund] = await world.db
    .select()
    .from(programmes)
    .where(eq(programmes.filingNumber, DEMO_FILING_NUMBER));
  const [entry] = await world.db
    .select()
    .from(moneyEntries)
    .where(and(eq(moneyEntries.giftId, pledge.giftId), eq(moneyEntries.kind, "receive")));
  expect([entry?.programmeId, checkout.programmeId]).toEqual([fund?.id, fund?.id]);
  expect((await paymentOfGift(world.as(donor), pledge.giftId))?.fund.filingNumber).toBe(DEMO_FILING_NUMBER);
  const [letter] = await lettersTo(world, donor.userId);
  expect(letter && wordsOfMail(letter).text).toContain(
    `“${fund?.nameHans ?? ""}”（备案编号 ${DEMO_FILING_NUMBER}）`,
  );
  const { line } = await aPublishedWish(world, await aTeam(world));
  await expect(
    startCheckout(world.as(donor), { ...paying(world, line.id), filingNumber: "53440000MJ0000000GA99999" }),
  ).rejects.toMatchObject({ code: "FUND_CHANGED" });
  expect((await lineNow(world, line.id))?.held).toBe(0n);
});

test("a payment that was undone is not taken for a late one", async ({ world, desk }) => {
  const { donor, giftCode, pledge } = await aPaidWish(world, desk);
  await undoPayment(world.as(donor), giftCode);
  await handleStripeEvent(world.system, { ...(await lastEvent(world, desk)), id: "evt_again" });
  expect(await world.db.select().from(financeTasks).where(eq(financeTasks.pledgeId, pledge.id))).toEqual([]);
  expect(await wrongs(world)).toEqual([]);
});
