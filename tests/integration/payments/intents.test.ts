import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { intendToPay, myIntents, tellIntents, withdrawIntent } from "~/domain/payments/intents.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { needLines } from "~db/schema/needs";
import { fundraisingCertificates } from "~db/schema/organisations";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/payments";

test("on a day without a certificate one leaves word, which holds nothing and takes nothing; when payments open again, each is told once", async ({
  world,
  db,
}) => {
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 1n }] });
  const [one, two] = [await aDonor(world), await aDonor(world)];
  const intent = () => ({ lineId: line.id, quantity: 1n, requestKey: world.system.newId() });
  await expect(intendToPay(world.as(one), intent())).rejects.toMatchObject({ code: "PAYMENTS_OPEN" });
  const validTo = new Date(world.clock.now());
  await db.update(fundraisingCertificates).set({ validTo });
  for (const donor of [one, two]) await intendToPay(world.as(donor), intent());
  await expect(intendToPay(world.as(one), intent())).rejects.toMatchObject({ code: "ALREADY_INTENDED" });
  await expect(intendToPay(world.as({ kind: "visitor" }), intent())).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
  const [untouched] = await db.select().from(needLines).where(eq(needLines.id, line.id));
  expect([untouched?.open, untouched?.held]).toEqual([1n, 0n]);

  const [mine] = await myIntents(world.as(two));
  await expect(withdrawIntent(world.as(one), mine?.intent.id ?? "")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await withdrawIntent(world.as(two), mine?.intent.id ?? "");
  expect(await tellIntents(world.system)).toBe(0);
  await db.update(fundraisingCertificates).set({ validTo: new Date("2099-01-01") });
  await Promise.all([tellIntents(world.system), tellIntents(world.system)]);
  await drainOutbox(world.system, 100);
  expect(world.mails.filter((mail) => mail.template === "paymentsOpen")).toHaveLength(1);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});
