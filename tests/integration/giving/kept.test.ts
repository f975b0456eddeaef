import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { lookUp } from "~/domain/delivery/lookUpQueries.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { arrangeVisit } from "~/domain/delivery/serviceVisits.server";
import { runChecks } from "~/domain/checks.server";
import { askAgain, bringAfterAll, recordOutcome } from "~/domain/giving/collecting/changeCollection.server";
import { lookAfterCollections } from "~/domain/giving/collecting/clocks.server";
import {
  collectionAtPoint,
  collectionOfGift,
  collectionsAt,
} from "~/domain/giving/collecting/queries.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { expireHolds, remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { shanghaiDay, plusDays } from "~/domain/kernel/time";
import type { UserActor } from "~/domain/kernel/actor";
import { decideOffer, makeOffer } from "~/domain/matching/offers.server";
import { lapseOffers, remindOffers, withdrawOffer } from "~/domain/matching/offerWays.server";
import { day } from "~/i18n/format";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { drainOutbox } from "~/journal/drainOutbox.server";
import { action as confirm } from "~/routes/giving/confirm";
import { loader as giftLoader } from "~/routes/giving/gift";
import { gifts, collections, pledges } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { offers } from "~db/schema/matching";
import { aConfirmedGift, aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, GUZHEN, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { argsFor, posting } from "../../support/routeArgs";
import { aWorld, Clock, type World } from "../../support/world";

const HAIRCUT = { objectKind: "haircut", item: "上门理发", quantity: 2n, unitPriceFen: 3_000n };
/**
 * One time for the whole file: what a test left open is overdue in those after it, and looked after as the
 * worker does.
 */
const clock = new Clock();
const dayIn = (days: number) => day("zh-Hans", plusDays(clock.now(), days));
async function wrongs(world: World): Promise<string[]> {
  for (const look of [expireHolds, lookAfterCollections, lapseOffers]) await look(world.system);
  return (await runChecks(world.db)).flatMap((check) => check.wrong);
}

const inDays = (world: World, days: number) => shanghaiDay(plusDays(world.clock.now(), days));
/** The letters that this donor got, oldest first. */
async function mailsTo(world: World, donor: UserActor) {
  for (let done = 1; done > 0;) done = await drainOutbox(world.system, 500);
  const [user] = await world.db
    .select({ email: appUsers.email })
    .from(appUsers)
    .where(eq(appUsers.id, donor.userId));
  return world.mails.filter((mail) => mail.to === user?.email);
}

const letters = async (world: World, donor: UserActor) =>
  (await mailsTo(world, donor)).map((mail) => mail.template);
async function lastWords(world: World, donor: UserActor): Promise<string> {
  const last = (await mailsTo(world, donor)).at(-1);
  return last ? wordsOfMail(last).text : "";
}

const stateOf = async (world: World, giftId: string) =>
  (await world.db.select().from(pledges).where(eq(pledges.giftId, giftId)))[0]?.state;

async function held(world: World, donor: UserActor, lineId: string): Promise<string> {
  return (await pledgeItems(world.as(donor), aPledgeOf(world, lineId))).giftCode;
}

const ANSWERS = { displayChoice: "kind_person", ifGone: "ask_me", notRelative: "yes" };

/** Confirms over the page's own form; answers with what came back, a redirect or the form's errors. */
async function sendConfirm(world: World, donor: UserActor, code: string, fields: Record<string, string>) {
  const args = await posting(
    world,
    donor,
    `http://portal.test/gifts/${code}/confirm`,
    { code },
    { requestKey: world.system.newId(), ...ANSWERS, ...fields },
  );
  const answer = (await confirm(args)) as
    | Response
    | {
        data: { reply: { errors: Record<string, string[]>; formErrors: { message: string }[] } };
        init: { status: number };
      };
  return answer instanceof Response
    ? ({ status: answer.status, errors: {} } as const)
    : ({ status: answer.init.status, errors: answer.data.reply.errors } as const);
}

const giftAt = async (world: World, donor: UserActor, code: string) =>
  giftLoader(await argsFor(world, donor, `http://portal.test/gifts/${code}`, { code }));

/** A gift that its point collects the day after tomorrow. */
async function aCollectedGift(world: World, team: Team, days = 2) {
  const donor = await aDonor(world);
  const { line } = await aPublishedWish(world, team);
  const code = await held(world, donor, line.id);
  const when = {
    day: inDays(world, days),
    part: "morning",
    address: "演示路 77 号",
    phone: "0760-0000-7777",
  } as const;
  expect(
    await sendConfirm(world, donor, code, { arrivalWay: "pick_up", pointId: team.point.id, ...when }),
  ).toMatchObject({ status: 302 });
  const [row] = await world.db
    .select({ collection: collections })
    .from(collections)
    .innerJoin(gifts, eq(gifts.id, collections.giftId))
    .where(eq(gifts.code, code));
  if (!row) throw new Error("no collection");
  return { donor, code, when, ...row.collection };
}

test("receipts are not asked about, and nothing says that one was or was not wanted", async ({ db }) => {
  const world = aWorld(db, { clock });
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = await aDonor(world);
  const code = await held(world, donor, line.id);
  expect(await sendConfirm(world, donor, code, { arrivalWay: "drop_off" })).toMatchObject({ status: 302 });
  const [gift] = await db.select().from(gifts).where(eq(gifts.code, code));
  expect(gift?.receiptWanted).toBeNull();
});

test("a shown name is a name: nothing blank, no code, address or number; a kind person is shown by none, whatever was typed", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 9n }] });
  const donor = await aDonor(world);
  const code = await held(world, donor, line.id);
  const shown = (displayChoice: string, displayName: string) =>
    sendConfirm(world, donor, code, { arrivalWay: "drop_off", displayChoice, displayName });
  for (const bad of [
    "",
    "   ",
    "\u200b\u200b",
    "13800138000",
    "１３８０ ０１３ ８０００",
    "a@b.cn",
    "微信 139-0013-9000",
    code,
    code.toLowerCase(),
    "https://example.org",
    "……",
    "123",
  ]) {
    expect([bad, await shown("name", bad)]).toMatchObject([
      bad,
      { status: 422, errors: { displayName: [expect.stringMatching(/^giving\.name/)] } },
    ]);
    expect([bad, await shown("alias", bad)]).toMatchObject([bad, { status: 422 }]);
  }

  expect(await shown("kind_person", "陈大文")).toMatchObject({ status: 302 });
  expect((await db.select().from(gifts).where(eq(gifts.code, code)))[0]).toMatchObject({
    displayChoice: "kind_person",
    displayName: null,
  });
  for (const good of ["陈大文", "361度体育", "Anna O’Neill", "第105中学校友会"]) {
    const another = await held(world, donor, line.id);
    expect(
      await sendConfirm(world, donor, another, {
        arrivalWay: "drop_off",
        displayChoice: "alias",
        displayName: ` ${good} `,
      }),
    ).toMatchObject({ status: 302 });
    expect((await db.select().from(gifts).where(eq(gifts.code, another)))[0]?.displayName).toBe(good);
  }

  await expect(
    db.update(gifts).set({ displayName: "陈大文" }).where(eq(gifts.code, code)),
  ).rejects.toMatchObject({ cause: { constraint_name: "gift_shown_name" } });
});

test("whoever has a gift collected says where and when, or is told what is missing beside its field", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const { line } = await aPublishedWish(world, await aTeam(world));
  const donor = await aDonor(world);
  const code = await held(world, donor, line.id);
  expect(await sendConfirm(world, donor, code, { arrivalWay: "pick_up" })).toMatchObject({
    status: 422,
    errors: {
      day: [expect.anything()],
      part: [expect.anything()],
      address: [expect.anything()],
      phone: [expect.anything()],
    },
  });
  const whole = { arrivalWay: "pick_up", part: "morning", address: "演示路 77 号", phone: "0760-0000-7777" };
  for (const days of [0, 40])
    expect(await sendConfirm(world, donor, code, { ...whole, day: inDays(world, days) })).toMatchObject({
      status: 422,
    });
  expect(await sendConfirm(world, donor, code, { ...whole, day: inDays(world, 1) })).toMatchObject({
    status: 302,
  });
});

test("a collection stands on its point's list with address and phone, for its storekeepers alone; collected, it is counted like everything else and the address is gone", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const gift = await aCollectedGift(world, team);
  expect(await letters(world, gift.donor)).toEqual(["confirmedPickUp"]);
  expect(await lastWords(world, gift.donor)).toContain("上午");
  const listed = await collectionsAt(world.as(team.storekeeper), team.point.id);
  expect(listed.find((row) => row.id === gift.id)).toMatchObject({
    day: gift.when.day,
    due: false,
    things: [{ quantity: 1n }],
  });
  expect((await collectionAtPoint(world.as(team.storekeeper), gift.id)).where).toEqual({
    address: gift.when.address,
    phone: gift.when.phone,
  });
  await expect(collectionAtPoint(world.as(elsewhere.storekeeper), gift.id)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    recordOutcome(world.as(elsewhere.storekeeper), gift.id, { outcome: "collected" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(collectionsAt(world.as(elsewhere.storekeeper), team.point.id)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  expect(JSON.stringify(await db.select().from(collections))).not.toContain("演示路");

  // Before its day nobody presses the donor for it, and nobody was "not at home".
  world.clock.advance({ hours: 1 });
  await expect(
    recordOutcome(world.as(team.storekeeper), gift.id, { outcome: "not_home" }),
  ).rejects.toMatchObject({ code: "IN_THE_FUTURE" });
  world.clock.advance({ days: 2 });
  const outcomes = await Promise.allSettled([
    recordOutcome(world.as(team.storekeeper), gift.id, { outcome: "collected" }),
    bringAfterAll(world.as(gift.donor), gift.code),
    recordOutcome(world.as(team.storekeeper), gift.id, { outcome: "collected" }),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const [row] = await db.select().from(collections).where(eq(collections.id, gift.id));
  expect(row).toMatchObject({ whereSealed: null });
  expect(await wrongs(world)).toEqual([]);
});

test("collected goods are on their way: not undone, not taken back by a clock, and counted at the point", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const gift = await aCollectedGift(world, team);
  world.clock.advance({ days: 2 });
  await recordOutcome(world.as(team.storekeeper), gift.id, { outcome: "collected" });
  await expect(undoGift(world.as(gift.donor), gift.code)).rejects.toMatchObject({ code: "TOO_LATE_TO_UNDO" });
  world.clock.advance({ days: 40 });
  await remindOverdue(world.system);
  await revokeOverdue(world.system);
  expect(await stateOf(world, gift.giftId)).toBe("confirmed");
  const found = await lookUp(world.as(team.storekeeper), team.point.id, gift.code);
  const pledgeId = found.expected[0]?.pledge.id ?? "";
  await receiveParcel(world.as(team.storekeeper), {
    pledgeId,
    pointId: team.point.id,
    counted: 1n,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  expect((await letters(world, gift.donor)).sort()).toEqual(["collectionCollected", "confirmedPickUp"]);
  expect(await wrongs(world)).toEqual([]);
});

test("nobody at home, nobody came, or brought after all: the donor hears of each, and it is not they who are overdue", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const [out, forgotten, brought] = [
    await aCollectedGift(world, team),
    await aCollectedGift(world, team),
    await aCollectedGift(world, team),
  ];
  await bringAfterAll(world.as(brought.donor), brought.code);
  expect((await db.select().from(gifts).where(eq(gifts.code, brought.code)))[0]?.arrivalWay).toBe("drop_off");
  world.clock.advance({ days: 2 });
  await recordOutcome(world.as(team.storekeeper), out.id, { outcome: "not_home" });
  world.clock.advance({ days: 1 });
  await lookAfterCollections(world.system);
  await lookAfterCollections(world.system);
  expect((await letters(world, out.donor)).at(-1)).toBe("collectionNotHome");
  expect(
    (await letters(world, forgotten.donor)).filter((template) => template.startsWith("collection")),
  ).toEqual(["collectionNobodyCame"]);
  expect(await collectionOfGift(world.as(forgotten.donor), forgotten.giftId)).toMatchObject({
    state: "missed",
    missedWhy: "nobody_came",
  });
  const [pledge] = await db.select().from(pledges).where(eq(pledges.giftId, forgotten.giftId));
  expect(pledge?.dueAt?.getTime()).toBeGreaterThan(plusDays(world.clock.now(), 6).getTime());

  await askAgain(world.as(forgotten.donor), forgotten.code, { ...forgotten.when, day: inDays(world, 3) });
  expect((await collectionsAt(world.as(team.storekeeper), team.point.id)).map((row) => row.id)).toContain(
    forgotten.id,
  );
  await expect(
    askAgain(world.as(out.donor), forgotten.code, { ...out.when, day: inDays(world, 3) }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [other] = await db.select().from(pledges).where(eq(pledges.giftId, out.giftId));
  const at = {
    pointId: team.point.id,
    counted: 1n,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  await receiveParcel(world.as(team.storekeeper), { pledgeId: other?.id ?? "", ...at });
  expect((await db.select().from(collections).where(eq(collections.id, out.id)))[0]).toMatchObject({
    state: "brought",
    whereSealed: null,
  });
  expect(await wrongs(world)).toEqual([]);
});

test("a donor whose gift nobody fetched on the last of its days has days anew to say what next, before any clock calls it overdue", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const gift = await aCollectedGift(world, team, 15);
  world.clock.advance({ days: 17 });
  await lookAfterCollections(world.system);
  const [pledge] = await db.select().from(pledges).where(eq(pledges.giftId, gift.giftId));
  expect(pledge?.dueAt?.getTime()).toBe(plusDays(world.clock.now(), 7).getTime());
  world.clock.advance({ days: 6 });
  await remindOverdue(world.system);
  await revokeOverdue(world.system);
  expect(await stateOf(world, gift.giftId)).toBe("confirmed");
});

test("an undone gift is not collected: its address goes with it", async ({ db }) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const gift = await aCollectedGift(world, team);
  await undoGift(world.as(gift.donor), gift.code);
  expect((await collectionsAt(world.as(team.storekeeper), team.point.id)).map((row) => row.id)).not.toContain(
    gift.id,
  );
  await lookAfterCollections(world.system);
  expect((await db.select().from(collections).where(eq(collections.id, gift.id)))[0]).toMatchObject({
    state: "cancelled",
    whereSealed: null,
  });
  expect(await wrongs(world)).toEqual([]);
});

test("the QR on a donor's page finds the gift at the counter, as a scanned address or typed in any way", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const donor = await aDonor(world);
  const { line } = await aPublishedWish(world, team);
  const { giftCode } = await aConfirmedGift(world, donor, line.id);
  const page = await giftAt(world, donor, giftCode);
  expect(page.qr?.size).toBeGreaterThan(20);
  const wide = [...giftCode]
    .map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0))
    .join("");
  for (const typed of [
    giftCode,
    giftCode.toLowerCase(),
    ` ${giftCode.slice(0, 4)} ${giftCode.slice(4)} `,
    wide,
    `http://portal.test/point/receive?code=${giftCode}`,
    `http://portal.test/en/point/receive?at=x&code=${giftCode}`,
    `http://portal.test/gifts/${giftCode}/confirm?gone=1`,
  ])
    expect([
      typed,
      (await lookUp(world.as(team.storekeeper), team.point.id, typed)).expected.map((row) => row.giftCode),
    ]).toEqual([typed, [giftCode]]);
  expect(
    (await lookUp(world.as(team.storekeeper), team.point.id, "http://portal.test/gifts/GNOTHERE")).expected,
  ).toEqual([]);
});

test("a service tells its donor the day, the town's phone and what happens, in every letter and on the page, and is never brought to a store", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const donor = await aDonor(world);
  const wish = await aPublishedWish(world, team, { lines: [HAIRCUT] });
  const code = await held(world, donor, wish.line.id);
  const due = dayIn(15);
  expect(await sendConfirm(world, donor, code, { arrivalWay: "in_person" })).toMatchObject({ status: 302 });
  world.clock.advance({ days: 8 });
  await remindOverdue(world.system);
  expect(await letters(world, donor)).toEqual(["confirmedService", "remindService"]);
  for (const mail of await mailsTo(world, donor)) {
    const { text } = wordsOfMail(mail);
    expect(text).toContain(team.point.phone);
    expect(text).toContain(due);
    expect(text).not.toMatch(/送到|服务点|\{/);
  }

  const page = await giftAt(world, donor, code);
  expect(page.rows[0]).toMatchObject({ townPhone: team.point.phone, pledge: { kind: "service" } });
  expect(page.point).toBeUndefined();

  // Agreed on a day: told, shown, and nothing is overdue before it.
  const pledgeId = page.rows[0]?.pledge.id ?? "";
  const agreed = inDays(world, 30);
  await expect(
    arrangeVisit(world.as((await aTeam(world, GUZHEN)).caseworker), { pledgeId, day: agreed }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    arrangeVisit(world.as(team.caseworker), { pledgeId, day: inDays(world, -1) }),
  ).rejects.toMatchObject({ code: "DAY_NOT_OFFERED" });
  await arrangeVisit(world.as(team.caseworker), { pledgeId, day: agreed });
  expect((await letters(world, donor)).at(-1)).toBe("serviceArranged");
  expect((await giftAt(world, donor, code)).rows[0]?.pledge.arrangedFor).toBe(agreed);
  world.clock.advance({ days: 25 });
  await revokeOverdue(world.system);
  expect(await stateOf(world, page.gift.id)).toBe("confirmed");
  world.clock.advance({ days: 20 });
  await revokeOverdue(world.system);
  expect(await stateOf(world, page.gift.id)).toBe("revoked");
  expect((await letters(world, donor)).at(-1)).toBe("revokedService");
  expect(await lastWords(world, donor)).not.toMatch(/送到/);
  expect(await wrongs(world)).toEqual([]);
});

test("an accepted offer says where and until when, by letter and on the page; it is reminded of once, then no longer awaited; a declined one says why", async ({
  db,
}) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const donor = await aDonor(world);
  const offered = async () => {
    const what = {
      objectKind: "wheelchair",
      description: "折叠轮椅",
      condition: "as_new",
      unitCode: "piece",
      quantity: 1n,
      townCode: team.point.townCode,
      displayChoice: "kind_person",
    } as const;
    return makeOffer(world.as(donor), { ...what, requestKey: world.system.newId() });
  };

  const [taken, refused, regretted] = [await offered(), await offered(), await offered()];
  await decideOffer(world.as(team.operator), taken.offerId, { accept: true, pointId: team.point.id });
  await decideOffer(world.as(team.operator), refused.offerId, { accept: false, reason: "too_far" });
  await decideOffer(world.as(team.operator), regretted.offerId, { accept: true, pointId: team.point.id });
  const texts = (await mailsTo(world, donor)).map((mail) => [mail.template, wordsOfMail(mail).text]);
  const accepted = texts.find(([template]) => template === "offerAccepted")?.[1] ?? "";
  for (const part of [team.point.nameHans, team.point.address, team.point.phone, dayIn(15), taken.giftCode])
    expect(accepted).toContain(part);
  expect(texts.find(([template]) => template === "offerDeclined")?.[1]).toContain("太远");
  const page = await giftAt(world, donor, taken.giftCode);
  expect(page.offer).toMatchObject({ point: { id: team.point.id }, offer: { state: "accepted" } });
  expect(page.offer?.offer.dueAt?.getTime()).toBe(plusDays(world.clock.now(), 15).getTime());
  expect(page.qr).toBeDefined();

  await expect(withdrawOffer(world.as(await aDonor(world)), regretted.giftCode)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await withdrawOffer(world.as(donor), regretted.giftCode);
  await expect(withdrawOffer(world.as(donor), refused.giftCode)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  world.clock.advance({ days: 8 });
  expect([await remindOffers(world.system), await remindOffers(world.system)]).toEqual([1, 0]);
  world.clock.advance({ days: 15 });
  expect([await lapseOffers(world.system), await lapseOffers(world.system)]).toEqual([1, 0]);
  expect((await letters(world, donor)).slice(-2)).toEqual(["offerRemind", "offerLapsed"]);
  expect((await db.select().from(offers).where(eq(offers.id, taken.offerId)))[0]?.state).toBe("withdrawn");
  expect(await wrongs(world)).toEqual([]);
});

test("goods are promised to a point that is named, also where their donor named none", async ({ db }) => {
  const world = aWorld(db, { clock });
  const team = await aTeam(world);
  const donor = await aDonor(world);
  const { line } = await aPublishedWish(world, team);
  const { giftCode } = await aConfirmedGift(world, donor, line.id);
  expect((await giftAt(world, donor, giftCode)).point?.id).toBe(team.point.id);
  for (const part of [team.point.nameHans, team.point.address, dayIn(15), giftCode])
    expect(await lastWords(world, donor)).toContain(part);
});
