import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { pointsFor } from "~/domain/delivery/pointQueries.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { agreeToJointDay } from "~/domain/giving/answerJointDay.server";
import { markSent, renewTrackToken } from "~/domain/giving/changeGift.server";
import { jointDayAtPoint, jointDaysAt, jointDaysInMyTowns } from "~/domain/giving/jointDayQueries.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { basketLines, linesOfFilter } from "~/domain/giving/queries.server";
import { limit } from "~/domain/kernel/limits.server";
import { suspendNeed } from "~/domain/needs/endNeed.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { lineAt, wishPage } from "~/domain/needs/wishPage.server";
import { openCheckoutOf, sweepOne } from "~/domain/payments/sweepPayments.server";
import { giftPage, heldGift, trackPage } from "~/domain/trace/giftPage.server";
import { readBasket } from "~/http/basket.server";
import { action as basketPage } from "~/routes/giving/basket";
import { moneyEntries } from "~db/schema/books";
import { gifts } from "~db/schema/giving";
import { needLines } from "~db/schema/needs";
import { checkouts } from "~db/schema/payments";
import { inStore } from "../../factories/delivery";
import { aConfirmedGift, aPledgeOf } from "../../factories/giving";
import { aCompanyGift, aDayIn, answerTo, nameDay, rowOf } from "../../factories/jointDays";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { started, test as withDesk } from "../../support/payments";
import { posting } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

test("a new link to a gift's track makes the old one useless; only its own donor makes one, once the gift is confirmed", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 9n }] });
  const [donor, stranger] = [await aDonor(world), await aDonor(world)];
  const { giftCode, trackToken } = await aConfirmedGift(world, donor, line.id);
  const visitor = world.as({ kind: "visitor" });
  const needOf = async (token: string) =>
    (await trackPage(visitor, token)).rows.map(({ needCode }) => needCode);
  const needCodes = await needOf(trackToken);
  expect(needCodes).toHaveLength(1);
  await expect(renewTrackToken(world.as(stranger), giftCode)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(renewTrackToken(visitor, giftCode)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  expect(await needOf(trackToken)).toEqual(needCodes);
  const fresh = await renewTrackToken(world.as(donor), giftCode);
  await expect(trackPage(visitor, trackToken)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await needOf(fresh.trackToken)).toEqual(needCodes);
  expect(JSON.stringify(await db.select({ hash: gifts.trackTokenHash }).from(gifts))).not.toContain(
    fresh.trackToken,
  );
  const held = await pledgeItems(world.as(donor), aPledgeOf(world, line.id));
  await expect(renewTrackToken(world.as(donor), held.giftCode)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  expect(await heldGift(world.as(donor), held.giftCode)).toMatchObject([{ pledge: { quantity: 1n } }]);
  expect(await heldGift(world.as(donor), giftCode)).toEqual([]);
  await expect(heldGift(world.as(stranger), held.giftCode)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("whoever holds the link to a track reads the thing and its way: no id of its donor, no carrier, no waybill, no address of the point", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { line } = await aPublishedWish(world, team);
  const donor = await aDonor(world);
  const { giftCode, trackToken } = await aConfirmedGift(world, donor, line.id);
  await markSent(world.as(donor), giftCode, { courierName: "演示速递", waybill: "SF0000012345" });
  const [gift] = await db.select().from(gifts).where(eq(gifts.code, giftCode));
  const read = JSON.stringify(
    await trackPage(world.as({ kind: "visitor" }), trackToken),
    (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value),
  );
  expect(read).toContain("confirmed");
  for (const hidden of [
    donor.userId,
    donor.displayName,
    "演示速递",
    "SF0000012345",
    gift?.id ?? "no gift",
    team.point.address,
  ])
    expect(read).not.toContain(hidden);
});

/** The lines in the basket that an answer hands back. */
const claimedIn = (answer: Response): string[] =>
  readBasket(
    new Request("http://portal.test/", {
      headers: { cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" },
    }),
  ).map(({ lineId }) => lineId);

test("a list is claimed as it was asked for: one whose filter cannot be read is not taken for the whole list", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = await aDonor(world);
  const claim = async (filter: string) => {
    const answer = await basketPage(
      await posting(world, donor, "http://portal.test/basket", {}, { intent: "claim_list", filter }),
    );
    return answer instanceof Response
      ? [answer.status, claimedIn(answer).includes(line.id)]
      : [(answer as { init: ResponseInit }).init.status, false];
  };

  for (const filter of ["town=123", "kind=everything", "gap=one&sort=oldest", "waiting=％"])
    expect([filter, ...(await claim(filter))]).toEqual([filter, 422, false]);
  for (const filter of ["", "kind=goods", "q=&kind=goods"])
    expect([filter, ...(await claim(filter))]).toEqual([filter, 302, true]);
});

test("claiming a list costs as many questions however long it is, and asks nothing of wishes that are done", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (let more = 0; more < 60; more += 1) await aPublishedWish(world, team);
  const visitor = world.as({ kind: "visitor" });
  const claimed = async (filter: WishFilter) => {
    let questions = 0;
    const counted = new Proxy(db, {
      get: (target, name) => {
        if (name === "select" || name === "execute") questions += 1;
        return Reflect.get(target, name) as unknown;
      },
    });
    const lines = await linesOfFilter({ ...visitor, db: counted }, filter);
    return [lines.length, questions] as const;
  };

  const [lines, questions] = await claimed({});
  expect(lines).toBeGreaterThanOrEqual(60);
  await owner`update public_need set is_open = false`;
  const [none, least] = await claimed({});
  const [done, few] = await claimed({ done: "yes" });
  expect([none, done]).toEqual([0, 0]);
  // Page by page there were three more questions for each twenty-four wishes.
  expect([least, questions]).toEqual([questions, least]);
  expect(few).toBeLessThan(questions);
});

test("a basket holds what can still be given: lines of wishes that are gone are left out, and a whole list is claimed up to its limit, never money", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const visitor = world.as({ kind: "visitor" });
  const [open, gone, paused, taken] = [
    await aPublishedWish(world, team),
    await aPublishedWish(world, team),
    await aPublishedWish(world, team),
    await aPublishedWish(world, team),
  ];
  await withdrawNeed(world.as(team.caseworker), gone.needId, "moved");
  await suspendNeed(world.as(team.operator), paused.needId, "complaint");
  await aConfirmedGift(world, await aDonor(world), taken.line.id, taken.line.requested);
  const shown = await basketLines(
    visitor,
    [open, gone, paused, taken].map((wish) => wish.line.id),
  );
  expect(shown.map(({ line }) => line.id)).toContain(open.line.id);
  expect(shown.map(({ line }) => line.id)).not.toContain(gone.line.id);
  expect(await basketLines(visitor, [])).toEqual([]);

  const claimed = await linesOfFilter(visitor, {});
  const of = (wish: typeof open) => claimed.filter(({ lineId }) => lineId === wish.line.id);
  expect([of(open), of(gone), of(paused), of(taken)]).toEqual([
    [{ lineId: open.line.id, quantity: 2 }],
    [],
    [],
    [],
  ]);
  const most = await limit(db, visitor, "basketLines");
  for (let more = claimed.length; more <= most; more += 1) await aPublishedWish(world, team);
  expect(await linesOfFilter(visitor, {})).toHaveLength(most);
  const kinds = await db.select({ kind: needLines.kind, id: needLines.id }).from(needLines);
  expect(
    kinds.filter(({ id, kind }) => kind === "money" && claimed.some(({ lineId }) => lineId === id)),
  ).toEqual([]);

  expect((await lineAt(visitor, open.code, 1))?.line.id).toBe(open.line.id);
  expect([
    await lineAt(visitor, open.code, 9),
    await lineAt(visitor, gone.code, 1),
    await lineAt(visitor, "W2222222", 1),
  ]).toEqual([undefined, undefined, undefined]);
  expect((await wishPage(visitor, open.code)).wish?.code).toBe(open.code);
});

withDesk(
  "whoever comes back from the payment page is believed in nothing: Stripe is asked, and what it says is booked once",
  async ({ world, desk, db }) => {
    const { line } = await aPublishedWish(world, await aTeam(world));
    const donor = await aDonor(world);
    const paid = await started(world, donor, line.id);
    const stateOf = async () =>
      (await db.select().from(checkouts).where(eq(checkouts.id, paid.checkout.id)))[0]?.state;
    const booked = async () =>
      (await db.select().from(moneyEntries).where(eq(moneyEntries.giftId, paid.pledge.giftId))).length;
    expect(await openCheckoutOf(world.as(donor), paid.pledge.giftId)).toBe(paid.checkout.id);
    await sweepOne(world.system, paid.checkout.id);
    expect([await stateOf(), await booked()]).toEqual(["open", 0]);
    await desk.pay(paid.sessionId);
    await Promise.all([sweepOne(world.system, paid.checkout.id), sweepOne(world.system, paid.checkout.id)]);
    await sweepOne(world.system, paid.checkout.id);
    expect([await stateOf(), await booked()]).toEqual(["paid", 1]);
    expect(await openCheckoutOf(world.as(donor), paid.pledge.giftId)).toBeUndefined();
    // One that nobody has is none of this.
    await sweepOne(world.system, world.system.newId());
  },
);

test("the point and the town see what is expected, thing by thing, and nothing of whom it is for; the point is led to where an answer waits", async ({
  db,
}) => {
  const { world, team, company, giftCode, giftId, trackToken } = await aCompanyGift(db);
  await nameDay(world, company, giftCode, aDayIn(world, team, 5));
  const store = world.as(team.storekeeper);
  const comingNow = async () =>
    (await jointDaysAt(store, team.point.id)).find((row) => row.giftCode === giftCode);
  const coming = await comingNow();
  expect(coming).toMatchObject({ giftCode, donorName: "演示五金厂", state: "proposed" });
  expect(coming?.expected.map((thing) => `${thing.itemHans} × ${thing.quantity}`).sort()).toEqual(
    ["双肩书包 × 3", "台灯 × 2"].sort(),
  );
  expect(
    (await pointsFor(store)).points.find((row) => row.point.id === team.point.id)?.waiting,
  ).toBeGreaterThan(0);
  const inTown = async () =>
    (await jointDaysInMyTowns(world.as(team.caseworker))).filter((row) => row.giftCode === giftCode);
  expect(await inTown()).toEqual([]);
  await agreeToJointDay(store, await answerTo(db, giftId));
  const seen = [await jointDayAtPoint(store, (await rowOf(db, giftId)).id), ...(await inTown())];
  expect(seen).toHaveLength(2);
  const keys = new Set(
    seen.flatMap((row) => [...Object.keys(row), ...row.expected.flatMap((thing) => Object.keys(thing))]),
  );
  expect([...keys].sort()).toEqual(
    [
      "day",
      "donorName",
      "due",
      "expected",
      "giftCode",
      "giftId",
      "id",
      "itemHans",
      "itemHant",
      "point",
      "pointId",
      "proposedSide",
      "quantity",
      "state",
      "unit",
      "version",
    ].sort(),
  );
  const page = await giftPage(world.as(company), giftCode);
  const first = page.rows[0];
  if (!first) throw new Error("an empty gift");
  await inStore(world, team, first.pledge.id, first.pledge.quantity);
  expect((await comingNow())?.expected).toHaveLength(1);
  // Whoever only holds the link reads its steps like any others.
  expect((await trackPage(world.system, trackToken)).timeline.map((step) => step.event)).toContain(
    "joint_day.agree",
  );
});
