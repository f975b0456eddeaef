import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { plusDays } from "~/domain/kernel/time";
import { tellLateBuying } from "~/domain/payments/buyingClock.server";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { financeHome } from "~/domain/payments/queries.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { checkouts } from "~db/schema/payments";
import { aBookkeeper, aPaidWish, test } from "../../support/payments";

test("what was paid for has its day to be bought: late it stands first and marked on finance's list, its donor is told once, and buying ends it", async ({
  world,
  desk,
  db,
}) => {
  const { donor, ...paid } = await aPaidWish(world, desk);
  const paidAt = world.clock.now();
  world.clock.advance({ days: 3 });
  const second = await aPaidWish(world, desk);
  const one = await aBookkeeper(world, paid.checkout.charityId);
  const mine = async () =>
    (await financeHome(world.as(one))).toBuy.filter((row) =>
      [paid.pledge.id, second.pledge.id].includes(row.pledge.id),
    );
  expect((await mine()).map(({ pledge, isLate }) => [pledge.id, isLate])).toEqual([
    [paid.pledge.id, false],
    [second.pledge.id, false],
  ]);
  expect((await mine())[0]?.buyBy).toEqual(plusDays(paidAt, 15));
  expect(await tellLateBuying(world.system)).toBe(0);

  world.clock.advance({ days: 12, minutes: 1 });
  expect((await mine()).map(({ isLate }) => isLate)).toEqual([true, false]);
  const told = await Promise.all([tellLateBuying(world.system), tellLateBuying(world.system)]);
  expect(told[0] + told[1]).toBe(1);
  while ((await drainOutbox(world.system, 500)) > 0);
  const letters = () => world.mails.filter((mail) => mail.template === "buyLate");
  expect(letters()).toHaveLength(1);
  expect((await giftPage(world.as(donor), paid.giftCode)).rows[0]).toMatchObject({
    buyBy: plusDays(paidAt, 15),
    lateToldAt: world.clock.now(),
  });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);

  const bought = {
    pledgeId: paid.pledge.id,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: `V-${paid.giftCode}`,
    boughtOn: world.clock.now(),
    amountFen: 11_000n,
    requestKey: world.system.newId(),
  };
  const { purchaseId } = await recordPurchase(world.as(one), bought);
  await decidePurchase(world.as(await aBookkeeper(world, paid.checkout.charityId)), purchaseId, "approve");
  expect((await mine()).map((row) => row.pledge.id)).toEqual([second.pledge.id]);
  expect((await giftPage(world.as(donor), paid.giftCode)).rows[0]).toMatchObject({
    buyBy: null,
    lateToldAt: null,
  });

  // What was bought in time is never called late.
  world.clock.advance({ days: 30 });
  await tellLateBuying(world.system);
  while ((await drainOutbox(world.system, 500)) > 0);
  expect(letters()).toHaveLength(2);
  expect(await tellLateBuying(world.system)).toBe(0);
  expect(
    (
      await db
        .select({ told: checkouts.lateToldAt })
        .from(checkouts)
        .where(eq(checkouts.id, second.checkout.id))
    )[0]?.told,
  ).not.toBeNull();
});

test("a purchase that is refused is to be bought again; one that waits for a second person stands before newer decided ones", async ({
  world,
  desk,
  db,
}) => {
  const [first, second] = [await aPaidWish(world, desk), await aPaidWish(world, desk)];
  const [one, other] = [
    await aBookkeeper(world, first.checkout.charityId),
    await aBookkeeper(world, first.checkout.charityId),
  ];
  const buy = ({ pledge, giftCode }: typeof first) =>
    recordPurchase(world.as(one), {
      pledgeId: pledge.id,
      quantity: 1n,
      supplier: "演示百货",
      voucherNumber: `V-${giftCode}-${world.system.newId()}`,
      boughtOn: world.clock.now(),
      amountFen: 4_000n,
      requestKey: world.system.newId(),
    });
  const both = [first.pledge.id, second.pledge.id];
  const lists = async () => {
    const { toBuy, recorded } = await financeHome(world.as(other));
    return [
      toBuy.map(({ pledge }) => pledge.id).filter((id) => both.includes(id)),
      recorded.map(({ purchase }) => purchase.id).slice(0, 2),
    ];
  };

  const waiting = await buy(first);
  const refused = await buy(second);
  expect(await lists()).toEqual([[], [refused.purchaseId, waiting.purchaseId]]);

  await decidePurchase(world.as(other), refused.purchaseId, "reject");
  expect(await lists()).toEqual([[second.pledge.id], [waiting.purchaseId, refused.purchaseId]]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});
