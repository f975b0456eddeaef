import { and, eq, isNotNull } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { goOnAfterAll } from "~/domain/giving/goOn.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { Database } from "~db/client";
import { type IfGone, pledges } from "~db/schema/giving";
import { outbox } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { aConfirmedGift, aPledgeOf, choices } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, GUZHEN, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);
const lineOf = async (db: Database, lineId: string) =>
  (await db.select().from(needLines).where(eq(needLines.id, lineId)))[0];

/** A wish with a promise on it, whose donor chose what happens if it is taken down; then it is taken down. */
async function aWishThatIsGone(world: World, team: Team, ifGone: IfGone, quantity = 2n) {
  const wish = await aPublishedWish(world, team, { lines: [{ quantity }] });
  const donor = await aDonor(world);
  const { giftCode } = await pledgeItems(world.as(donor), aPledgeOf(world, wish.line.id, quantity));
  await confirmGift(world.as(donor), giftCode, { ...choices(world), ifGone });
  await withdrawNeed(world.as(team.colleague), wish.needId, "moved");
  return { wish, donor, giftCode };
}

const goesOn = async (world: World) => {
  while ((await drainOutbox(world.system, 500)) > 0);
};

test("what was promised for a wish that is gone goes to the next oldest of the same kind, first in the same town, and its donor is told", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const far = await aPublishedWish(world, elsewhere, { lines: [{ quantity: 5n }] });
  const tooSmall = await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
  const oldest = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
  world.clock.advance({ days: 1 });
  const younger = await aPublishedWish(world, team, { lines: [{ quantity: 5n }] });
  const gone = await aWishThatIsGone(world, team, "next_oldest");
  await goesOn(world);
  expect(await lineOf(db, oldest.line.id)).toMatchObject({ pledged: 2n, open: 1n });
  for (const other of [far, tooSmall, younger]) expect((await lineOf(db, other.line.id))?.pledged).toBe(0n);
  const page = await giftPage(world.as(gone.donor), gone.giftCode);
  expect(page.rows.map((row) => row.pledge.state)).toEqual(["cancelled", "confirmed"]);
  expect(page.timeline.map((step) => step.event)).toContain("pledge.retarget");
  expect(page.asking).toEqual([]);
  expect(world.mails.map((mail) => mail.template)).toContain("retargeted");
  expect(await wrongs(db)).toEqual([]);
});

test("it goes on once, also when the news is handled again, by several workers at once, and while others race for the units", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const next = await aPublishedWish(world, team, { lines: [{ quantity: 2n }] });
  const gone = await aWishThatIsGone(world, team, "next_oldest");
  await db.update(outbox).set({ state: "waiting", leasedUntil: null });
  const rival = await aDonor(world);
  await Promise.allSettled([
    goesOn(world),
    goesOn(world),
    pledgeItems(world.as(rival), aPledgeOf(world, next.line.id, 1n)),
  ]);
  await db.update(outbox).set({ state: "waiting", leasedUntil: null });
  await goesOn(world);
  const page = await giftPage(world.as(gone.donor), gone.giftCode);
  const successors = await db
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.donorId, gone.donor.userId), isNotNull(pledges.retargetedFrom)));
  expect(successors.length).toBeLessThanOrEqual(1);
  expect(page.asking).toHaveLength(1 - successors.length);
  expect(await wrongs(db)).toEqual([]);
});

test("whoever wanted to be asked is asked; on their word it goes on, once, and only for their own gift", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const gone = await aWishThatIsGone(world, team, "ask_me", 1n);
  await goesOn(world);
  const { asking } = await giftPage(world.as(gone.donor), gone.giftCode);
  expect(asking).toHaveLength(1);
  const pledgeId = asking[0] ?? "";
  const next = await aPublishedWish(world, team, { lines: [{ quantity: 4n }] });
  const stranger = await aDonor(world);
  await expect(goOnAfterAll(world.as(stranger), gone.giftCode, pledgeId)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const other = await aConfirmedGift(world, stranger, next.line.id);
  await expect(goOnAfterAll(world.as(stranger), other.giftCode, pledgeId)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(goOnAfterAll(world.as(stranger), other.giftCode, other.pledge.id)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  const twice = await Promise.allSettled([
    goOnAfterAll(world.as(gone.donor), gone.giftCode, pledgeId),
    goOnAfterAll(world.as(gone.donor), gone.giftCode, pledgeId),
  ]);
  expect(twice.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(await db.select().from(pledges).where(eq(pledges.retargetedFrom, pledgeId))).toHaveLength(1);
  expect(await wrongs(db)).toEqual([]);
});

test("where no wish waits for the kind of thing, the donor is asked, whatever they chose", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world, GUZHEN);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 99n, objectKind: "lamp" }] });
  const donor = await aDonor(world);
  const { giftCode } = await pledgeItems(world.as(donor), aPledgeOf(world, wish.line.id, 9n));
  await confirmGift(world.as(donor), giftCode, { ...choices(world), ifGone: "next_oldest" });
  await withdrawNeed(world.as(team.colleague), wish.needId, "moved");
  await goesOn(world);
  const { asking } = await giftPage(world.as(donor), giftCode);
  expect(asking).toHaveLength(1);
  await expect(goOnAfterAll(world.as(donor), giftCode, asking[0] ?? "")).rejects.toMatchObject({
    code: "NOTHING_LIKE_IT",
  });
});
