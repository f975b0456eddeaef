import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { releaseGift } from "~/domain/giving/changeGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { financeHome } from "~/domain/payments/queries.server";
import { decideRefund, settleTask } from "~/domain/payments/settleTask.server";
import type { TestDesk } from "~/integrations/stripe/testDesk/startTestDesk";
import { type Database, violatedConstraint } from "~db/client";
import { moneyEntries } from "~db/schema/books";
import { pledges } from "~db/schema/giving";
import { type FinanceTaskKind, financeTasks, refunds } from "~db/schema/payments";
import { aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { aBookkeeper, aPaidWish, lastEvent, started, test } from "../../support/payments";
import type { World } from "../../support/world";

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

async function taskOf(db: Database, pledgeId: string, kind: FinanceTaskKind) {
  const [task] = await db
    .select()
    .from(financeTasks)
    .where(and(eq(financeTasks.pledgeId, pledgeId), eq(financeTasks.kind, kind)));
  if (!task) throw new Error(`no task ${kind}`);
  return task;
}

/** Somebody paid for the last unit after its hold had ended and another donor had taken it. */
async function aLatePayment(world: World, desk: TestDesk) {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 1n }] });
  const late = await started(world, await aDonor(world), line.id);
  await desk.pay(late.sessionId);
  const completed = await lastEvent(world, desk);
  const expired = completed.session && {
    ...completed.session,
    status: "expired" as const,
    paymentStatus: "unpaid" as const,
  };
  await handleStripeEvent(world.system, {
    ...completed,
    id: `${completed.id}_x`,
    type: "checkout.session.expired",
    session: expired,
  });
  const other = await aDonor(world);
  const { giftCode } = await pledgeItems(world.as(other), aPledgeOf(world, line.id));
  await handleStripeEvent(world.system, completed);
  return {
    ...late,
    task: await taskOf(world.db, late.pledge.id, "late_payment"),
    freeIt: () => releaseGift(world.as(other), giftCode),
  };
}

const settling = (
  world: World,
  taskId: string,
  resolution: "placed" | "refunded" | "kept_in_programme" | "explained",
  evidence?: string,
) => ({
  taskId,
  resolution,
  evidence,
  requestKey: world.system.newId(),
});

test("a late payment gets its units once they are free again; finance of another charity settles nothing", async ({
  world,
  desk,
  db,
}) => {
  const late = await aLatePayment(world, desk);
  const [one, stranger] = [
    await aBookkeeper(world, late.checkout.charityId),
    await aBookkeeper(world, world.system.newId()),
  ];
  await expect(settleTask(world.as(stranger), settling(world, late.task.id, "placed"))).rejects.toMatchObject(
    { code: "NOT_ALLOWED" },
  );
  expect((await financeHome(world.as(stranger))).tasks.map((task) => task.id)).not.toContain(late.task.id);
  await expect(settleTask(world.as(one), settling(world, late.task.id, "placed"))).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
  });
  await late.freeIt();
  await settleTask(world.as(one), settling(world, late.task.id, "placed"));
  const [pledge] = await db.select().from(pledges).where(eq(pledges.id, late.pledge.id));
  expect(pledge?.state).toBe("paid");
  await expect(settleTask(world.as(one), settling(world, late.task.id, "placed"))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect(await wrongs(db)).toEqual([]);
});

test("money goes back only after a second person of finance; then it is in the book, made at Stripe, and the task has ended", async ({
  world,
  desk,
  db,
}) => {
  const late = await aLatePayment(world, desk);
  const [one, two, stranger] = [
    await aBookkeeper(world, late.checkout.charityId),
    await aBookkeeper(world, late.checkout.charityId),
    await aBookkeeper(world, world.system.newId()),
  ];
  await settleTask(world.as(one), settling(world, late.task.id, "refunded"));
  await expect(settleTask(world.as(two), settling(world, late.task.id, "refunded"))).rejects.toMatchObject({
    code: "ALREADY_GOING_BACK",
  });
  const [refund] = await db.select().from(refunds).where(eq(refunds.checkoutId, late.checkout.id));
  const refundId = refund?.id ?? "";
  expect([refund?.state, desk.state.sessions[late.sessionId]?.refunded]).toEqual(["proposed", 0]);
  await expect(decideRefund(world.as(one), refundId, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(decideRefund(world.as(stranger), refundId, "approve")).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  const bySql: unknown = await db
    .update(refunds)
    .set({ approvedBy: one.userId })
    .where(eq(refunds.id, refundId))
    .catch((error: unknown) => error);
  expect(violatedConstraint(bySql)).toBe("refund_four_eyes");
  const outcomes = await Promise.allSettled([
    decideRefund(world.as(two), refundId, "approve"),
    decideRefund(world.as(two), refundId, "approve"),
    decideRefund(world.as(two), refundId, "reject"),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  if (outcomes[2].status === "fulfilled") return;
  expect(desk.state.sessions[late.sessionId]?.refunded).toBe(12_000);
  expect(await taskOf(db, late.pledge.id, "late_payment")).toMatchObject({
    state: "done",
    resolution: "refunded",
    closedBy: two.userId,
  });
  expect(await wrongs(db)).toEqual([]);
});

test("the wish that somebody paid for is gone: what is not spent goes back, and nothing of what is", async ({
  world,
  desk,
  db,
}) => {
  const { team, wish, ...paid } = await aPaidWish(world, desk, 2n);
  const [one, two] = [
    await aBookkeeper(world, paid.checkout.charityId),
    await aBookkeeper(world, paid.checkout.charityId),
  ];
  const bought = {
    pledgeId: paid.pledge.id,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: `V-${paid.giftCode}`,
    amountFen: 11_500n,
  };
  const { purchaseId } = await recordPurchase(world.as(one), {
    ...bought,
    boughtOn: world.clock.now(),
    requestKey: world.system.newId(),
  });
  await decidePurchase(world.as(two), purchaseId, "approve");
  await withdrawNeed(world.as(team.colleague), wish.needId, "moved");
  const task = await taskOf(db, paid.pledge.id, "target_gone");
  await expect(settleTask(world.as(one), settling(world, task.id, "placed"))).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await settleTask(world.as(one), settling(world, task.id, "refunded"));
  const [refund] = await db.select().from(refunds).where(eq(refunds.checkoutId, paid.checkout.id));
  expect(refund?.amountFen).toBe(12_500n);
  await decideRefund(world.as(two), refund?.id ?? "", "approve");
  expect(desk.state.sessions[paid.sessionId]?.refunded).toBe(12_500);
  expect(await wrongs(db)).toEqual([]);
});

test("a thing that costs more than was paid is never paid out of other donors' gifts: the charity adds the difference, and the book shows it", async ({
  world,
  desk,
  db,
}) => {
  await aPaidWish(world, desk);
  const paid = await aPaidWish(world, desk);
  const [one, two] = [
    await aBookkeeper(world, paid.checkout.charityId),
    await aBookkeeper(world, paid.checkout.charityId),
  ];
  const bought = {
    pledgeId: paid.pledge.id,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: `V-${paid.giftCode}`,
    amountFen: 13_000n,
  };
  const { purchaseId } = await recordPurchase(world.as(one), {
    ...bought,
    boughtOn: world.clock.now(),
    requestKey: world.system.newId(),
  });
  await decidePurchase(world.as(two), purchaseId, "approve");
  const entries = await db
    .select()
    .from(moneyEntries)
    .where(eq(moneyEntries.giftId, paid.pledge.giftId))
    .orderBy(moneyEntries.number);
  expect(entries.map((entry) => entry.kind)).toEqual(["receive", "commit", "spend", "top_up"]);
  expect(await wrongs(db)).toEqual([]);
});

test("money stays in the programme only with the number of what says so; whoever may look sees the task until then", async ({
  world,
  desk,
  db,
}) => {
  const late = await aLatePayment(world, desk);
  const one = await aBookkeeper(world, late.checkout.charityId);
  expect((await financeHome(world.as(one))).tasks.map((task) => task.id)).toContain(late.task.id);
  await settleTask(world.as(one), settling(world, late.task.id, "kept_in_programme", "函 2026-07"));
  expect(await taskOf(db, late.pledge.id, "late_payment")).toMatchObject({
    state: "done",
    resolution: "kept_in_programme",
    evidence: "函 2026-07",
  });
  expect((await financeHome(world.as(one))).tasks.map((task) => task.id)).not.toContain(late.task.id);
  expect(await wrongs(db)).toEqual([]);
});
