import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { expireHolds } from "~/domain/giving/clocks.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { gifts, pledges } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { aConfirmedGift, aPledgeOf, choices } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const codeOf = (outcome: PromiseSettledResult<unknown>) =>
  outcome.status === "rejected" ? (outcome.reason as { code?: string }).code : "held";

test("200 donors race for the last 20 bags: exactly 20 get one, everybody else is told that none are left", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 20n }] });
  const donors = await Promise.all(Array.from({ length: 200 }, () => aDonor(world)));
  const outcomes = await Promise.allSettled(
    donors.map((donor) => pledgeItems(world.as(donor), aPledgeOf(world, line.id))),
  );
  const held = outcomes.filter((outcome) => outcome.status === "fulfilled");
  const told = outcomes
    .filter((outcome) => outcome.status === "rejected")
    .map((outcome) => outcome.reason as { code: string; params: { left: number } });
  expect(held).toHaveLength(20);
  expect(told).toHaveLength(180);
  expect(new Set(told.map((refusal) => refusal.code))).toEqual(new Set(["NOT_ENOUGH_LEFT"]));
  expect(new Set(told.map((refusal) => refusal.params.left))).toEqual(new Set([0]));
  expect(await wrongs(world)).toEqual([]);
});

test("the same request 20 times at once makes one gift, and every caller gets its code", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 20n }] });
  const donor = await aDonor(world);
  const request = aPledgeOf(world, line.id);
  const answers = await Promise.all(Array.from({ length: 20 }, () => pledgeItems(world.as(donor), request)));
  expect(new Set(answers.map((answer) => answer.giftCode)).size).toBe(1);
  const mine = await db.select().from(gifts).where(eq(gifts.donorId, donor.userId));
  expect(mine).toHaveLength(1);
});

test("one key for two different baskets is refused, and the first answer stays", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 5n }] });
  const donor = world.as(await aDonor(world));
  const request = aPledgeOf(world, line.id);
  const { giftCode } = await pledgeItems(donor, request);
  await expect(
    pledgeItems(donor, { ...request, lines: [{ lineId: line.id, quantity: 2n }] }),
  ).rejects.toMatchObject({ code: "REQUEST_KEY_REUSED" });
  expect((await pledgeItems(donor, request)).giftCode).toBe(giftCode);
});

test("a code that another gift has already is drawn anew, and the donor hears nothing of it", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 5n }] });
  const unlucky = async () => {
    let draws = 0;
    const donor = world.as(await aDonor(world));
    return {
      ...donor,
      randomBytes: (count: number) =>
        (draws += 1) === 1 ? Buffer.alloc(count, 7) : donor.randomBytes(count),
    };
  };

  const [first, second] = [
    await pledgeItems(await unlucky(), aPledgeOf(world, line.id)),
    await pledgeItems(await unlucky(), aPledgeOf(world, line.id)),
  ];
  expect(first.giftCode).toMatch(/^G777777/);
  expect(second).toMatchObject({ held: 1, giftCode: expect.not.stringMatching(/^G777777/) as string });
  expect(await wrongs(world)).toEqual([]);
});

test("two donors who want the same two lines in opposite order do not block each other", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const one = await aPublishedWish(world, team, { lines: [{ quantity: 40n }] });
  const two = await aPublishedWish(world, team, { lines: [{ quantity: 40n }] });
  const both = [one.line.id, two.line.id];
  const donors = await Promise.all(Array.from({ length: 16 }, () => aDonor(world)));
  const answers = await Promise.all(
    donors.map((donor, index) =>
      pledgeItems(world.as(donor), {
        lines: (index % 2 ? both : [...both].reverse()).map((lineId) => ({ lineId, quantity: 1n })),
        requestKey: world.system.newId(),
      }),
    ),
  );
  expect(answers.every((answer) => answer.held === 2)).toBe(true);
});

test("what is gone from a basket is named and left out; the rest is held", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const taken = await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
  const free = await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
  await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, taken.line.id));
  const answer = await pledgeItems(world.as(await aDonor(world)), {
    lines: [taken, free].map(({ line }) => ({ lineId: line.id, quantity: 1n })),
    requestKey: world.system.newId(),
  });
  expect(answer).toMatchObject({ held: 1, gone: [{ lineId: taken.line.id, left: 0 }] });
});

test("a person holds at most ten units, however many tabs they open at once", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 100n }] });
  const donor = world.as(await aDonor(world));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, () => pledgeItems(donor, aPledgeOf(world, line.id, 4n))),
  );
  expect(outcomes.map(codeOf).sort()).toEqual([
    "TOO_MANY_HOLDS",
    "TOO_MANY_HOLDS",
    "TOO_MANY_HOLDS",
    "TOO_MANY_HOLDS",
    "held",
    "held",
  ]);
});

test("a hold that nobody confirmed goes back after 24 hours, not before, and can no longer be confirmed", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 1n }] });
  const donor = world.as(await aDonor(world));
  const { giftCode } = await pledgeItems(donor, aPledgeOf(world, line.id));
  world.clock.advance({ hours: 23, minutes: 59 });
  await expireHolds(world.system);
  const [still] = await db.select({ held: needLines.held }).from(needLines).where(eq(needLines.id, line.id));
  expect(still?.held).toBe(1n);
  world.clock.advance({ minutes: 2 });
  await expect(confirmGift(donor, giftCode, choices(world))).rejects.toMatchObject({ code: "HOLD_ENDED" });
  expect(await expireHolds(world.system)).toBeGreaterThanOrEqual(1);
  const [back] = await db.select({ open: needLines.open }).from(needLines).where(eq(needLines.id, line.id));
  expect(back?.open).toBe(1n);
  expect(await wrongs(world)).toEqual([]);
});

test("expiry and confirmation race: whichever wins, every unit is counted once", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 12n }] });
  const held = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const donor = world.as(await aDonor(world));
      return { donor, ...(await pledgeItems(donor, aPledgeOf(world, line.id))) };
    }),
  );
  world.clock.advance({ hours: 23, minutes: 59 });
  const confirming = held.map(({ donor, giftCode }) => confirmGift(donor, giftCode, choices(world)));
  world.clock.advance({ minutes: 2 });
  await Promise.allSettled([...confirming, expireHolds(world.system), expireHolds(world.system)]);
  expect(await wrongs(world)).toEqual([]);
});

test("a gift is undone within ten minutes and no later, and never by somebody else", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 3n }] });
  const donor = await aDonor(world);
  const first = await aConfirmedGift(world, donor, line.id);
  await expect(undoGift(world.as(await aDonor(world)), first.giftCode)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  world.clock.advance({ minutes: 9 });
  await undoGift(world.as(donor), first.giftCode);
  const second = await aConfirmedGift(world, donor, line.id);
  world.clock.advance({ minutes: 11 });
  await expect(undoGift(world.as(donor), second.giftCode)).rejects.toMatchObject({
    code: "TOO_LATE_TO_UNDO",
  });
});

test("a wish is withdrawn while donors race for it: nothing stays held or promised on it", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId, line } = await aPublishedWish(world, team, { lines: [{ quantity: 30n }] });
  const donors = await Promise.all(Array.from({ length: 30 }, () => aDonor(world)));
  await Promise.allSettled([
    ...donors.map((donor) => pledgeItems(world.as(donor), aPledgeOf(world, line.id))),
    withdrawNeed(world.as(team.caseworker), needId, "moved"),
  ]);
  const [after] = await db.select().from(needLines).where(eq(needLines.id, line.id));
  expect([after?.held, after?.pledged, after?.accepts]).toEqual([0n, 0n, false]);
  const live = (await db.select().from(pledges).where(eq(pledges.lineId, line.id))).filter(
    (pledge) => pledge.state === "promised",
  );
  expect(live).toEqual([]);
  expect(await wrongs(world)).toEqual([]);
});
