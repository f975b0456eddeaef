import { expect } from "vitest";
import { recordPurchase } from "~/domain/payments/purchases.server";
import { aBookkeeper, aPaidWish, test } from "../../support/payments";

test("one voucher of a supplier buys once, however it is written; another supplier has numbers of its own", async ({
  world,
  desk,
}) => {
  const first = await aPaidWish(world, desk);
  const second = await aPaidWish(world, desk);
  const third = await aPaidWish(world, desk);
  const finance = world.as(await aBookkeeper(world, first.checkout.charityId));
  const bought = (pledgeId: string, what: object = {}) => ({
    pledgeId,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: "FP-0001",
    boughtOn: world.clock.now(),
    amountFen: 11_000n,
    requestKey: world.system.newId(),
    ...what,
  });
  await recordPurchase(finance, bought(first.pledge.id));
  for (const voucherNumber of ["FP-0001", "fp-0001", "ＦＰ－０００１"]) {
    await expect(
      recordPurchase(finance, bought(second.pledge.id, { voucherNumber })),
      voucherNumber,
    ).rejects.toMatchObject({ code: "VOUCHER_USED" });
  }

  await recordPurchase(finance, bought(second.pledge.id, { supplier: "演示超市" }));
  await recordPurchase(finance, bought(third.pledge.id, { voucherNumber: "FP-0002" }));
});

test("of two purchases on one voucher at the same moment, however it is written, one is taken and the other is told", async ({
  world,
  desk,
}) => {
  const first = await aPaidWish(world, desk);
  const second = await aPaidWish(world, desk);
  const finance = world.as(await aBookkeeper(world, first.checkout.charityId));
  const bought = (pledgeId: string, voucherNumber: string) =>
    recordPurchase(finance, {
      pledgeId,
      quantity: 1n,
      supplier: "演示百货",
      voucherNumber,
      boughtOn: world.clock.now(),
      amountFen: 11_000n,
      requestKey: world.system.newId(),
    });
  const ways = [
    ["FP-1001", "FP-1001"],
    ["FP-1002", "fp-1002"],
    ["fp-1003", " FP－1003"],
  ] as const;
  for (const [one, other] of ways) {
    const [a, b] = [await aPaidWish(world, desk), await aPaidWish(world, desk)];
    const both = await Promise.allSettled([bought(a.pledge.id, one), bought(b.pledge.id, other)]);
    expect(both.map(({ status }) => status).toSorted(), other).toEqual(["fulfilled", "rejected"]);
    expect(
      both.find(({ status }) => status === "rejected"),
      other,
    ).toMatchObject({ reason: { code: "VOUCHER_USED" } });
  }

  await bought(second.pledge.id, "FP-1004");
});
