import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { collectingCharity } from "~/domain/payments/charity.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import { decideEntry, endEntry } from "~/domain/register/decideEntry.server";
import { enterBody } from "~/domain/register/enterBody.server";
import { enterEntry } from "~/domain/register/enterEntry.server";
import { bodyPage } from "~/domain/register/queries.server";
import { charityOfAccount } from "~/domain/register/register.server";
import { type Database } from "~db/client";
import { programmes } from "~db/schema/organisations";
import { financeTasks } from "~db/schema/payments";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import {
  aBody,
  anEntry,
  aPeriod,
  approved,
  demoCharity,
  inDays,
  type Keepers,
  keepers,
  NAMES,
  waitingOf,
} from "../../factories/register";
import { paying, started, test } from "../../support/payments";
import type { World } from "../../support/world";

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

/** Everything that set-up brought along stops counting. */
async function closeDemoCharity(world: World, { one }: Keepers) {
  const bodyId = await demoCharity(world);
  for (const row of (await bodyPage(one, bodyId)).entries.filter(
    (found) => found.kind !== "registration" && found.standing === "in_force",
  ))
    await endEntry(one, { kind: row.kind, entryId: row.id, version: row.version });
  return bodyId;
}

test("payments open with the last of certificate, filing and account that a second person approved, and not a day before they begin", async ({
  world,
  db,
}) => {
  const both = await keepers(world);
  await closeDemoCharity(world, both);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 9n }] });
  const donor = world.as(await aDonor(world));
  const closed = async () => {
    await expect(startCheckout(donor, paying(world, line.id))).rejects.toMatchObject({
      code: "PAYMENTS_CLOSED",
    });
  };

  const { bodyId } = await enterBody(both.one, aBody(world, "charity"));
  const named = () => ({ ...paying(world, line.id), filingNumber: `TS${bodyId}` });
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "registration"), "approve");
  await approved(
    both,
    bodyId,
    "fundraising_certificate",
    anEntry(world, "fundraising_certificate", { number: "演示公募第 0300 号" }),
  );
  await approved(
    both,
    bodyId,
    "filing",
    anEntry(world, "programme", { filingNumber: `TS${bodyId}`, ...NAMES, ...aPeriod(world, 0, 90) }),
  );
  await closed();
  await enterEntry(
    both.one,
    bodyId,
    anEntry(world, "charity_account", { stripeAccountId: "acct_new_one", validFrom: inDays(world, 2) }),
  );
  await closed();
  // An account that nobody approved is nobody's: what comes from it is not booked.
  expect(await charityOfAccount(db, "acct_new_one")).toBeUndefined();
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "charity_account"), "approve");
  await closed();
  world.clock.advance({ days: 3 });
  await startCheckout(donor, named());
  expect(await collectingCharity(db, world.clock.now())).toMatchObject({
    stripeAccountId: "acct_new_one",
    charity: { id: bodyId, ...NAMES },
    certificate: { number: "演示公募第 0300 号" },
  });

  // The filing lapses at the end of its last day; a longer period is a new entry of the same programme, with
  // the same fund.
  world.clock.advance({ days: 87 });
  await startCheckout(donor, named());
  world.clock.advance({ days: 1 });
  await closed();
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, bodyId));
  await approved(
    both,
    bodyId,
    "filing",
    anEntry(world, "filing", { programmeId: programme?.id, ...aPeriod(world, 0, 30) }),
  );
  await startCheckout(donor, named());
  expect(
    (await bodyPage(both.one, bodyId)).entries
      .filter((row) => row.kind === "filing")
      .map((row) => row.standing),
  ).toEqual(["in_force", "lapsed"]);
  await sweepPayments(world.system);
  expect(await wrongs(db)).toEqual([]);
});

test("a new account takes the old one's place on its day; ended, it is followed by none that came before it; what is under way goes on", async ({
  world,
  desk,
  db,
}) => {
  const both = await keepers(world);
  const demo = await closeDemoCharity(world, both);
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, demo));
  await approved(
    both,
    demo,
    "fundraising_certificate",
    anEntry(world, "fundraising_certificate", { number: "演示公募第 0400 号" }),
  );
  await approved(both, demo, "filing", anEntry(world, "filing", { programmeId: programme?.id }));
  await approved(
    both,
    demo,
    "charity_account",
    anEntry(world, "charity_account", { stripeAccountId: "acct_first", validFrom: inDays(world, 0) }),
  );
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 5n }] });
  const paid = await started(world, await aDonor(world), line.id);
  expect(paid.checkout.stripeAccountId).toBe("acct_first");
  const second = await approved(
    both,
    demo,
    "charity_account",
    anEntry(world, "charity_account", { stripeAccountId: "acct_second", validFrom: inDays(world, 1) }),
  );
  expect((await collectingCharity(db, world.clock.now()))?.stripeAccountId).toBe("acct_first");
  await desk.pay(paid.sessionId);
  const completed = (await world.payments.listEvents("acct_first", new Date(0))).at(-1);
  if (!completed) throw new Error("no event");
  expect(await handleStripeEvent(world.system, completed)).toBe("handled");
  world.clock.advance({ days: 1 });
  expect((await collectingCharity(db, world.clock.now()))?.stripeAccountId).toBe("acct_second");
  const standings = async () =>
    (await bodyPage(both.one, demo)).entries
      .filter((row) => ["acct_first", "acct_second"].includes(row.number))
      .map((row) => row.standing);
  expect(await standings()).toEqual(["in_force", "replaced"]);
  await endEntry(both.one, second);
  expect(await collectingCharity(db, world.clock.now())).toBeUndefined();
  expect(await standings()).toEqual(["ended", "replaced"]);
  // What still comes from an account that ended or was replaced is its charity's, as before.
  expect([await charityOfAccount(db, "acct_first"), await charityOfAccount(db, "acct_second")]).toEqual([
    demo,
    demo,
  ]);
  await expect(endEntry(both.two, second)).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(
    await db
      .select()
      .from(financeTasks)
      .where(and(eq(financeTasks.charityId, demo), eq(financeTasks.kind, "wrong_account"))),
  ).toEqual([]);
  expect(await wrongs(db)).toEqual([]);
});
