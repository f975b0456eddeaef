import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import type { Database } from "~db/client";
import { needLines } from "~db/schema/needs";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

/** Two haircuts, promised just now, and how one of them is recorded as done. */
async function aPromisedService(db: Database) {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 2n, unitPriceFen: 3_000n }],
  });
  const giver = await aDonor(world);
  const gift = await aConfirmedGift(world, giver, wish.line.id, 2n);
  const donor = world.as(giver);
  const visit = {
    pledgeId: gift.pledge.id,
    quantity: 1n,
    providerName: "理发队",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  const units = async () => {
    const [line] = await db.select().from(needLines).where(eq(needLines.id, wish.line.id));
    return { open: line?.open, pledged: line?.pledged, delivered: line?.delivered };
  };

  const wrong = async () => (await runChecks(db)).flatMap((check) => check.wrong);
  const record = () => recordVisit(world.as(team.caseworker), visit);
  return {
    world,
    team,
    gift,
    record,
    units,
    wrong,
    undo: () => undoGift(donor, gift.giftCode),
    page: () => giftPage(donor, gift.giftCode),
  };
}

test("a gift of which a service was done is not taken back, neither while the recipient's word is awaited nor once it was accepted", async ({
  db,
}) => {
  const { world, team, gift, record, undo, units, page, wrong } = await aPromisedService(db);
  expect((await page()).canUndoUntil).not.toBeNull();
  const { visitId } = await record();
  await expect(undo(), gift.giftCode).rejects.toMatchObject({ code: "SERVICE_DONE" });
  expect((await page()).canUndoUntil).toBeNull();
  await acceptVisit(world.as(team.colleague), visitId, "accept");
  await expect(undo()).rejects.toMatchObject({ code: "SERVICE_DONE" });
  expect((await page()).canUndoUntil).toBeNull();
  expect(await units()).toEqual({ open: 0n, pledged: 1n, delivered: 1n });
  expect(await wrong()).toEqual([]);
});

test("a gift whose service the recipient says was not done can still be taken back", async ({ db }) => {
  const { world, team, record, undo, units, wrong } = await aPromisedService(db);
  const { visitId } = await record();
  await acceptVisit(world.as(team.colleague), visitId, "dispute");
  await undo();
  expect(await units()).toEqual({ open: 2n, pledged: 0n, delivered: 0n });
  expect(await wrong()).toEqual([]);
});

test("taken back and recorded as done at the same moment, one of the two happens", async ({ db }) => {
  for (let round = 0; round < 10; round += 1) {
    const { record, undo, units, wrong } = await aPromisedService(db);
    const [done, undone] = await Promise.allSettled([record(), undo()]);
    if (done.status === "rejected") expect(done.reason).toMatchObject({ code: "NOT_FOUND" });
    if (undone.status === "rejected") expect(undone.reason).toMatchObject({ code: "SERVICE_DONE" });
    expect([done.status, undone.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect((await units()).open).toBe(undone.status === "fulfilled" ? 2n : 0n);
    expect(await wrong()).toEqual([]);
  }
});

test("a service that waits for its recipient's word on a promise that was taken back is found by the checks", async ({
  db,
  owner,
}) => {
  const { gift, record, wrong } = await aPromisedService(db);
  await record();
  await owner`update pledge set state = 'cancelled' where id = ${gift.pledge.id}`;
  expect(await wrong()).toContain(`delivery.awaited: ${gift.pledge.id}`);
});
