import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { lookUp } from "~/domain/delivery/lookUpQueries.server";
import { remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { arrangeVisit } from "~/domain/giving/serviceVisits.server";
import { plusDays } from "~/domain/kernel/time";
import { decideOffer, endOffer, makeOffer } from "~/domain/matching/offers.server";
import { lapseOffers, remindOffers } from "~/domain/matching/offerWays.server";
import { day } from "~/i18n/format";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { gifts } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import {
  giftAt,
  held,
  inDays,
  lastWords,
  lettersTo,
  mailsTo,
  sendConfirm,
  stateOf,
  wrongs,
} from "../../factories/confirming";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock } from "../../support/world";

const HAIRCUT = { objectKind: "haircut", item: "上门理发", quantity: 2n, unitPriceFen: 3_000n };
/** The clock of every world here, by which days are named before there is one. */
const clock = new Clock();
const dayIn = (days: number) => day("zh-Hans", plusDays(clock.now(), days));

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
  const wide = Array.from(giftCode)
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
  expect(await lettersTo(world, donor)).toEqual(["confirmedService", "remindService"]);
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
  expect((await lettersTo(world, donor)).at(-1)).toBe("serviceArranged");
  expect((await giftAt(world, donor, code)).rows[0]?.pledge.arrangedFor).toBe(agreed);
  world.clock.advance({ days: 25 });
  await revokeOverdue(world.system);
  expect(await stateOf(world, page.gift.id)).toBe("confirmed");
  world.clock.advance({ days: 20 });
  await revokeOverdue(world.system);
  expect(await stateOf(world, page.gift.id)).toBe("revoked");
  expect((await lettersTo(world, donor)).at(-1)).toBe("revokedService");
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

  await expect(endOffer(world.as(await aDonor(world)), regretted.offerId)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await endOffer(world.as(donor), regretted.offerId);
  await expect(endOffer(world.as(donor), refused.offerId)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  world.clock.advance({ days: 8 });
  expect([await remindOffers(world.system), await remindOffers(world.system)]).toEqual([1, 0]);
  world.clock.advance({ days: 15 });
  expect([await lapseOffers(world.system), await lapseOffers(world.system)]).toEqual([1, 0]);
  expect((await lettersTo(world, donor)).slice(-2)).toEqual(["offerRemind", "offerLapsed"]);
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
