import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { correctMoment } from "~/domain/correctMoment.server";
import { plusMinutes } from "~/domain/kernel/time";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { moneyEntries } from "~db/schema/books";
import { purchases } from "~db/schema/payments";
import { aPerson } from "../../factories/people";
import { aBookkeeper, aPaidWish, test } from "../../support/payments";

test("the day of a voucher is put right by another person of the charity's finance; the book is left as it was, and the donor reads both days", async ({
  world,
  desk,
  db,
}) => {
  const { donor, ...paid } = await aPaidWish(world, desk);
  const paidAt = world.clock.now();
  const at = (minutes: number) => plusMinutes(paidAt, minutes);
  world.clock.advance({ days: 3 });
  const { charityId } = paid.checkout;
  const [one, two] = [await aBookkeeper(world, charityId), await aBookkeeper(world, charityId)];
  const bought = {
    pledgeId: paid.pledge.id,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: `V-${paid.giftCode}`,
    amountFen: 11_000n,
  };
  const record = (boughtOn: Date) =>
    recordPurchase(world.as(one), { ...bought, boughtOn, requestKey: world.system.newId() });
  await expect(record(at(-2))).rejects.toMatchObject({ code: "BEFORE_THE_STEP_BEFORE", field: "boughtOn" });
  const { purchaseId } = await record(at(60));
  await decidePurchase(world.as(two), purchaseId, "approve");
  const book = () => db.select().from(moneyEntries).orderBy(moneyEntries.id);
  const before = await book();

  const correction = (shall: Date) =>
    ({
      step: "bought",
      id: purchaseId,
      was: at(60),
      shall,
      reason: "wrong_day",
      requestKey: world.system.newId(),
    }) as const;
  await expect(correctMoment(world.as(one), correction(at(90)))).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(correctMoment(world.as(two), correction(at(-2)))).rejects.toMatchObject({
    code: "BEFORE_THE_STEP_BEFORE",
    field: "shall",
  });
  await expect(
    correctMoment(world.as(two), correction(plusMinutes(world.clock.now(), 5))),
  ).rejects.toMatchObject({ code: "IN_THE_FUTURE" });
  const operator = await aPerson(world, { role: "operator", scope: { kind: "city" } });
  const other = await aBookkeeper(world, world.system.newId());
  for (const stranger of [operator, other, donor])
    await expect(correctMoment(world.as(stranger), correction(at(90)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await correctMoment(world.as(two), correction(at(90)));
  expect((await db.select().from(purchases).where(eq(purchases.id, purchaseId)))[0]?.boughtOn).toEqual(
    at(90),
  );
  const { timeline } = await giftPage(world.as(donor), paid.giftCode);
  expect(timeline.filter(({ event }) => event === "moment_correction.make")).toMatchObject([
    { role: "finance", data: { was: at(60).toISOString(), shall: at(90).toISOString() } },
  ]);
  expect(await book()).toEqual(before);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);

  await db
    .update(purchases)
    .set({ boughtOn: at(91) })
    .where(eq(purchases.id, purchaseId));
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([
    expect.stringContaining("bought of"),
  ]);
});
