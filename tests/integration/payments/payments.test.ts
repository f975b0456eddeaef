import { and, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { handleStripeEvent, retryWaitingEvents } from "~/domain/payments/handleStripeEvent.server";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import { undoPayment } from "~/domain/payments/undoPayment.server";
import { type Database, violatedConstraint } from "~db/client";
import { moneyEntries, moneyTransfers } from "~db/schema/books";
import { pledges } from "~db/schema/giving";
import { filings, fundraisingCertificates } from "~db/schema/organisations";
import { checkouts, financeTasks, purchases } from "~db/schema/payments";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import {
  aBookkeeper,
  aPaidWish,
  lastEvent,
  paying,
  started,
  test,
  WEBHOOK_SECRET,
} from "../../support/payments";

const stateOf = async (db: Database, pledgeId: string) =>
  (await db.select({ state: pledges.state }).from(pledges).where(eq(pledges.id, pledgeId)))[0]?.state;
const receipts = async (db: Database, giftId: string) =>
  db
    .select()
    .from(moneyEntries)
    .where(and(eq(moneyEntries.giftId, giftId), eq(moneyEntries.kind, "receive")));
const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

test("the same webhook 50 times at once books the payment once", async ({ world, desk, db }) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const paid = await started(world, await aDonor(world), line.id);
  await desk.pay(paid.sessionId);
  const event = await lastEvent(world, desk);
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => handleStripeEvent(world.system, event)),
  );
  expect(outcomes.filter((outcome) => outcome === "handled")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "seen before")).toHaveLength(49);
  expect(await receipts(db, paid.pledge.giftId)).toHaveLength(1);
  expect(await stateOf(db, paid.pledge.id)).toBe("paid");
  expect(await wrongs(db)).toEqual([]);
});

test("webhook, sweeper and return page at once book one payment", async ({ world, desk, db }) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const paid = await started(world, await aDonor(world), line.id);
  await desk.pay(paid.sessionId);
  const event = await lastEvent(world, desk);
  world.clock.advance({ minutes: 6 });
  await Promise.all([
    handleStripeEvent(world.system, event),
    sweepPayments(world.system),
    sweepPayments(world.system),
    handleStripeEvent(world.system, { ...event, id: "evt_another" }),
  ]);
  expect(await receipts(db, paid.pledge.giftId)).toHaveLength(1);
  expect(await wrongs(db)).toEqual([]);
});

test("all webhooks lost: the sweeper books what was paid and gives back what was not", async ({
  world,
  desk,
  db,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 2n }] });
  const paid = await started(world, await aDonor(world), line.id);
  const left = await started(world, await aDonor(world), line.id);
  await desk.pay(paid.sessionId);
  world.clock.advance({ minutes: 40 });
  await sweepPayments(world.system);
  expect([await stateOf(db, paid.pledge.id), await stateOf(db, left.pledge.id)]).toEqual(["paid", "expired"]);
  expect(desk.state.sessions[left.sessionId]?.status).toBe("expired");
  expect(await wrongs(db)).toEqual([]);
});

test("Stripe fails after our row is written: trying again with the same key goes on with the same session, and never holds twice", async ({
  world,
  desk,
  db,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = world.as(await aDonor(world));
  const request = paying(world, line.id);
  desk.mischief.failNextCreate = 9;
  await expect(startCheckout(donor, request)).rejects.toMatchObject({ code: "PAYMENT_DESK_DOWN" });
  desk.mischief.failNextCreate = 0;
  const again = await startCheckout(donor, request);
  expect((await startCheckout(donor, request)).url).toBe(again.url);
  expect(Object.keys(desk.state.sessions)).toHaveLength(1);
  expect(await db.select().from(pledges).where(eq(pledges.lineId, line.id))).toHaveLength(1);
});

test("a payment that comes after its hold ended retakes free units; without any it is booked and becomes finance's task, never lost", async ({
  world,
  desk,
  db,
}) => {
  const team = await aTeam(world);
  for (const [stillFree, expected, tasks] of [
    [true, "paid", 0],
    [false, "expired", 1],
  ] as const) {
    const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
    const late = await started(world, await aDonor(world), line.id);
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
    expect(await stateOf(db, late.pledge.id)).toBe("expired");
    if (!stillFree) await aConfirmedGift(world, await aDonor(world), line.id);
    await handleStripeEvent(world.system, completed);
    expect(await stateOf(db, late.pledge.id)).toBe(expected);
    expect(await receipts(db, late.pledge.giftId)).toHaveLength(1);
    expect(
      await db
        .select()
        .from(financeTasks)
        .where(and(eq(financeTasks.pledgeId, late.pledge.id), eq(financeTasks.kind, "late_payment"))),
    ).toHaveLength(tasks);
    expect(await wrongs(db)).toEqual([]);
  }
});

test("an event of another account, in live mode, or of another amount credits nothing", async ({
  world,
  desk,
  db,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const paid = await started(world, await aDonor(world), line.id);
  await desk.pay(paid.sessionId);
  const event = await lastEvent(world, desk);
  expect(
    await handleStripeEvent(world.system, { ...event, id: "evt_a", account: "acct_somebody_else" }),
  ).toBe("refused");
  expect(await handleStripeEvent(world.system, { ...event, id: "evt_b", livemode: true })).toBe("refused");
  await handleStripeEvent(world.system, {
    ...event,
    id: "evt_c",
    session: event.session && { ...event.session, amountFen: 1n },
  });
  expect(await receipts(db, paid.pledge.giftId)).toEqual([]);
  const tasks = await db
    .select({ kind: financeTasks.kind })
    .from(financeTasks)
    .where(eq(financeTasks.pledgeId, paid.pledge.id));
  expect(tasks.map((task) => task.kind).sort()).toEqual(["wrong_account", "wrong_account", "wrong_amount"]);
});

test("an event that comes before its session is known waits and is booked later", async ({
  world,
  desk,
  db,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const paid = await started(world, await aDonor(world), line.id);
  await db
    .update(checkouts)
    .set({ sessionId: "cs_hidden", url: null })
    .where(eq(checkouts.id, paid.checkout.id));
  await desk.pay(paid.sessionId);
  expect(await handleStripeEvent(world.system, await lastEvent(world, desk))).toBe("waiting");
  await db.update(checkouts).set({ sessionId: paid.sessionId }).where(eq(checkouts.id, paid.checkout.id));
  await retryWaitingEvents(world.system);
  expect(await stateOf(db, paid.pledge.id)).toBe("paid");
});

test("a signature that is wrong, old or from the future opens nothing", async ({ world }) => {
  const { default: Stripe } = await import("stripe");
  const signer = new Stripe("sk_test_x");
  const payload = JSON.stringify({
    id: "evt_x",
    object: "event",
    type: "checkout.session.completed",
    created: 1,
    livemode: false,
    data: { object: { id: "cs_x" } },
  });
  const header = (secondsFromNow: number, secret = WEBHOOK_SECRET) =>
    signer.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: Math.floor(Date.now() / 1000) + secondsFromNow,
    });
  expect(world.payments.verifyEvent(payload, header(0)).id).toBe("evt_x");
  for (const signature of [header(-900), header(900), header(0, "whsec_other"), "", "t=1,v1=00"])
    expect(() => world.payments.verifyEvent(payload, signature)).toThrow();
  expect(() => world.payments.verifyEvent(payload.replace("cs_x", "cs_y"), header(0))).toThrow();
});

test("story: a bag is paid, bought for less, approved by a second person; the book reads like this, and the payment can no longer be undone", async ({
  world,
  desk,
  db,
}) => {
  const { donor, ...paid } = await aPaidWish(world, desk);
  const { charityId } = paid.checkout;
  const [one, two, stranger] = [
    await aBookkeeper(world, charityId),
    await aBookkeeper(world, charityId),
    await aBookkeeper(world, world.system.newId()),
  ];
  const bought = {
    pledgeId: paid.pledge.id,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: `V-${paid.giftCode}`,
    boughtOn: world.clock.now(),
    amountFen: 11_000n,
    requestKey: world.system.newId(),
  };
  await expect(recordPurchase(world.as(stranger), bought)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  const { purchaseId } = await recordPurchase(world.as(one), bought);
  await expect(
    recordPurchase(world.as(one), { ...bought, requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "MORE_THAN_PROMISED" });
  await expect(decidePurchase(world.as(one), purchaseId, "approve")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  const bySql: unknown = await db
    .update(purchases)
    .set({ decidedBy: one.userId })
    .where(eq(purchases.id, purchaseId))
    .catch((error: unknown) => error);
  expect(violatedConstraint(bySql)).toBe("purchase_four_eyes");
  const outcomes = await Promise.allSettled([
    decidePurchase(world.as(two), purchaseId, "approve"),
    decidePurchase(world.as(two), purchaseId, "approve"),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);

  const rows = await db
    .select({
      kind: moneyEntries.kind,
      from: moneyTransfers.fromAccount,
      to: moneyTransfers.toAccount,
      fen: moneyTransfers.amountFen,
    })
    .from(moneyEntries)
    .innerJoin(moneyTransfers, eq(moneyTransfers.entryId, moneyEntries.id))
    .where(eq(moneyEntries.giftId, paid.pledge.giftId))
    .orderBy(moneyEntries.id, moneyTransfers.half);
  const short = (account: string) => account.replace(/^(cash|fund):[0-9a-f-]+:?/, "$1 ").trim();
  expect(rows.map((row) => `${row.kind}: ${short(row.from)} -> ${short(row.to)} ${row.fen}`)).toEqual([
    "receive: fund received -> fund available 12000",
    "receive: ext:donor -> cash 12000",
    "commit: fund available -> fund committed 11000",
    "spend: fund committed -> fund spent 11000",
    "spend: cash -> ext:payee 11000",
  ]);
  await expect(undoPayment(world.as(donor), paid.giftCode)).rejects.toMatchObject({
    code: "TOO_LATE_TO_UNDO",
  });
  expect(await wrongs(db)).toEqual([]);
});

test("a payment is undone once within ten minutes: the whole amount back through Stripe, with its entry; not by anybody else", async ({
  world,
  desk,
  db,
}) => {
  const { donor, ...paid } = await aPaidWish(world, desk);
  await expect(undoPayment(world.as(await aDonor(world)), paid.giftCode)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const outcomes = await Promise.allSettled([
    undoPayment(world.as(donor), paid.giftCode),
    undoPayment(world.as(donor), paid.giftCode),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(desk.state.sessions[paid.sessionId]?.refunded).toBe(12_000);
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(moneyEntries)
    .where(and(eq(moneyEntries.giftId, paid.pledge.giftId), eq(moneyEntries.kind, "refund")));
  expect(row?.n).toBe(1);
  expect(await wrongs(db)).toEqual([]);
});

test("nothing of a person ever reaches Stripe", async ({ world, desk }) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = await aDonor(world);
  const paid = await started(world, donor, line.id);
  const sent = desk.requests.map((request) => decodeURIComponent(JSON.stringify(request))).join("\n");
  expect(sent).toContain(paid.checkout.id);
  expect(sent).not.toContain("sk_test_x");
  for (const secret of [donor.userId, donor.displayName, "@example.org", "19900001234", "演示路"])
    expect(sent).not.toContain(secret);
});

test("on a day on which certificate or filing is not in force, no money is taken", async ({ world, db }) => {
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = world.as(await aDonor(world));
  world.clock.advance({ days: 366 });
  await expect(startCheckout(donor, paying(world, line.id))).rejects.toMatchObject({
    code: "PAYMENTS_CLOSED",
  });
  await db.update(filings).set({ validTo: new Date("2099-01-01") });
  await startCheckout(donor, paying(world, line.id));
  await db.update(fundraisingCertificates).set({ validTo: world.clock.now() });
  await expect(startCheckout(donor, paying(world, line.id))).rejects.toMatchObject({
    code: "PAYMENTS_CLOSED",
  });
});
