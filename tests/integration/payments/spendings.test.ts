import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { closeOrganisationNeed } from "~/domain/ending/closeOrganisationNeed.server";
import { plusMinutes } from "~/domain/kernel/time";
import { wishPage } from "~/domain/needs/wishPage.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { financeHome } from "~/domain/payments/queries.server";
import { decideSpending, recordSpending } from "~/domain/payments/spendings.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { undoPayment } from "~/domain/payments/undoPayment.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { needLines } from "~db/schema/needs";
import { financeTasks } from "~db/schema/payments";
import { anOrganisation, aPublishedOrganisationNeed } from "../../factories/organisationNeeds";
import { aDonor } from "../../factories/people";
import { aBookkeeper, aPaidWish, lastEvent, paying, started, test } from "../../support/payments";

test("paid money of an organisation's need is spent by two people of finance with a voucher, gift by gift, never more than was paid; then an operator closes it with a report", async ({
  world,
  desk,
  db,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const { team, needId, code, money } = await aPublishedOrganisationNeed(
    world,
    await member("org_editor"),
    organisation.id,
    { moneyFen: "100", lines: [] },
  );
  const pay = async (amountFen: bigint) => {
    const donor = await aDonor(world);
    const paid = await started(world, donor, money.id, amountFen, "fen");
    await desk.pay(paid.sessionId);
    await handleStripeEvent(world.system, await lastEvent(world, desk));
    return { donor, ...paid };
  };

  const [first, second] = [await pay(3_000n), await pay(2_000n)];
  const [one, two] = [
    await aBookkeeper(world, first.checkout.charityId),
    await aBookkeeper(world, first.checkout.charityId),
  ];
  const spending = (amountFen: bigint, voucherNumber: string) => ({
    ...{
      lineId: money.id,
      programmeId: first.checkout.programmeId,
      payee: "演示装修队",
      voucherNumber,
      spentOn: world.clock.now(),
      amountFen,
    },
    requestKey: world.system.newId(),
  });
  const report = "二十户都装好了扶手，人工费付给了装修队。";
  expect((await financeHome(world.as(one))).toSpend.find((row) => row.lineId === money.id)?.left).toBe(
    5_000n,
  );
  await expect(recordSpending(world.as(one), spending(5_001n, "ZC-9"))).rejects.toMatchObject({
    code: "FUND_EXHAUSTED",
  });
  await expect(recordSpending(world.as(first.donor), spending(1n, "ZC-9"))).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  const early = { ...spending(4_000n, "ZC-1"), spentOn: plusMinutes(world.clock.now(), -60 * 24) };
  await expect(recordSpending(world.as(one), early)).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
    field: "spentOn",
  });
  const { spendingId } = await recordSpending(world.as(one), spending(4_000n, "ZC-1"));
  // Bound: not undone, not closed over, not spent twice, and one voucher counts once however it is written.
  await expect(undoPayment(world.as(first.donor), first.giftCode)).rejects.toMatchObject({
    code: "TOO_LATE_TO_UNDO",
  });
  await expect(closeOrganisationNeed(world.as(team.operator), needId, { report })).rejects.toMatchObject({
    code: "STILL_ON_ITS_WAY",
  });
  // Also while the fund holds what others gave for something else.
  await aPaidWish(world, desk);
  await expect(recordSpending(world.as(two), spending(1_001n, "ZC-2"))).rejects.toMatchObject({
    code: "FUND_EXHAUSTED",
  });
  await expect(recordSpending(world.as(two), spending(500n, "zc 1"))).rejects.toMatchObject({
    code: "VOUCHER_USED",
  });
  await expect(decideSpending(world.as(one), spendingId, "approve")).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  const races = await Promise.allSettled([
    decideSpending(world.as(two), spendingId, "approve"),
    decideSpending(world.as(two), spendingId, "reject"),
  ]);
  expect(races.filter((race) => race.status === "fulfilled")).toHaveLength(1);
  if (races[0].status === "rejected")
    await decideSpending(
      world.as(two),
      (await recordSpending(world.as(one), spending(4_000n, "ZC-3"))).spendingId,
      "approve",
    );

  const now = async () => (await db.select().from(needLines).where(eq(needLines.id, money.id)))[0];
  expect(await now()).toMatchObject({ pledged: 1_000n, delivered: 4_000n });
  expect((await giftPage(world.as(first.donor), first.giftCode)).rows[0]?.pledge).toMatchObject({
    settled: 3_000n,
  });
  expect((await giftPage(world.as(second.donor), second.giftCode)).rows[0]?.pledge).toMatchObject({
    settled: 1_000n,
  });
  await expect(closeOrganisationNeed(world.as(one), needId, { report })).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await closeOrganisationNeed(world.as(team.operator), needId, { report });
  expect(await now()).toMatchObject({ pledged: 0n, delivered: 4_000n, waived: 6_000n, open: 0n });
  expect((await wishPage(world.system, code)).wish?.reportHans).toBe(report);
  const left = await db.select().from(financeTasks).where(eq(financeTasks.pledgeId, second.pledge.id));
  expect(left.map((task) => task.kind)).toEqual(["target_gone"]);
  await expect(
    startCheckout(world.as(first.donor), paying(world, money.id, 100n, "fen")),
  ).rejects.toMatchObject({ code: "NOT_ENOUGH_LEFT" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});
