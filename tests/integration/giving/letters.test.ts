import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { hearFeedback, moderateFeedback } from "~/domain/delivery/feedback.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { undoGift } from "~/domain/giving/changeGift.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import type { OutgoingMessage } from "~/domain/kernel/ports";
import { decideAllocation, proposeAllocation } from "~/domain/matching/allocate.server";
import { decideOffer, makeOffer } from "~/domain/matching/offers.server";
import { giftPage, trackPage } from "~/domain/trace/giftPage.server";
import { type Locale, LOCALES } from "~/i18n/locales";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { lots } from "~db/schema/books";
import { feedbacks } from "~db/schema/delivery";
import { appUsers } from "~db/schema/identity";
import { outbox } from "~db/schema/journal";
import { aHandover, anInspection, handedOver, inStore, onTheWay } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const PASSED = "书包很好，天天背着。";

/** What the worker does, and does again as if it had died before it could say so. */
async function drainTwice(world: World): Promise<void> {
  await drainOutbox(world.system, 500);
  await world.db.update(outbox).set({ state: "waiting", runAt: world.clock.now() });
  await drainOutbox(world.system, 500);
}

const lettersOfWords = (world: World) => world.mails.filter((mail) => mail.template === "heard");

/**
 * Somebody of the town hears the recipient of a delivery, and somebody of the city passes it on or keeps it.
 */
async function heardOf(
  world: World,
  team: Team,
  deliveryId: string,
  publicWords: string | undefined,
): Promise<void> {
  const word = {
    deliveryId,
    rating: 5,
    words: PASSED,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  const { feedbackId } = await hearFeedback(world.as(team.colleague), word);
  await moderateFeedback(world.as(team.operator), feedbackId, publicWords);
}

/** A gift of one unit of a line, of somebody who reads in this language. */
async function aGiftIn(world: World, lineId: string, locale: Locale = "zh-Hans") {
  const donor = await aDonor(world);
  await world.db.update(appUsers).set({ locale }).where(eq(appUsers.id, donor.userId));
  const gift = await aConfirmedGift(world, donor, lineId);
  const [row] = await world.db
    .select({ email: appUsers.email })
    .from(appUsers)
    .where(eq(appUsers.id, donor.userId));
  return { ...gift, donor, email: row?.email ?? "", locale };
}

async function handOut(world: World, team: Team, needId: string): Promise<string> {
  const { deliveryId } = await onTheWay(world, team, needId);
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  await confirmHandover(
    world.as(team.courier),
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits }),
  );
  return deliveryId;
}

test("a letter whose sending fails is sent later, and one that was sent is not sent again", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world));
  await aConfirmedGift(world, await aDonor(world), line.id);
  const { ports } = world.system;
  let failures = 2;
  const flaky = {
    ...world.system,
    ports: {
      ...ports,
      mail: {
        send: (message: Parameters<typeof ports.mail.send>[0]) => {
          failures -= 1;
          return failures >= 0
            ? Promise.reject(new Error("the mail server is away"))
            : ports.mail.send(message);
        },
      },
    },
  };
  for (let round = 0; round < 5; round += 1) {
    await drainOutbox(flaky, 100);
    world.clock.advance({ minutes: 10 });
  }

  expect(world.mails.map((mail) => mail.template)).toEqual(["confirmed"]);
});

test("words passed on are announced once to each donor whose gift was handed over with that delivery, in their language; the letter holds nothing of them, the gift's page does", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 6n }] });
  const first = await Promise.all(LOCALES.map((locale) => aGiftIn(world, wish.line.id, locale)));
  const later = await aGiftIn(world, wish.line.id);
  await aGiftIn(world, wish.line.id);
  for (const gift of first) await inStore(world, team, gift.pledge.id, 1n);
  const deliveryId = await handOut(world, team, wish.needId);
  await inStore(world, team, later.pledge.id, 1n);
  await handOut(world, team, wish.needId);
  await drainTwice(world);
  expect(lettersOfWords(world)).toEqual([]);

  await heardOf(world, team, deliveryId, PASSED);
  await drainTwice(world);
  const letters = lettersOfWords(world);
  const expected = first.map(({ giftCode, email, locale }) => {
    const prefix = locale === "zh-Hans" ? "" : `/${locale}`;
    return {
      to: email,
      locale,
      template: "heard",
      data: { code: giftCode, link: `http://portal.test${prefix}/gifts/${giftCode}` },
    };
  });
  expect(letters).toHaveLength(3);
  expect(letters).toEqual(expect.arrayContaining(expected));
  for (const letter of letters) {
    const { subject, text } = wordsOfMail(letter);
    expect(`${subject} ${text}`).not.toMatch(/mail_heard|\{|书包|書包|背/);
    expect(subject).toContain(letter.data["code"]);
    expect(text).toContain(letter.data["link"]);
  }

  for (const { donor, giftCode } of first)
    expect((await giftPage(world.as(donor), giftCode)).words).toMatchObject([{ words: PASSED }]);
  expect((await giftPage(world.as(later.donor), later.giftCode)).words).toEqual([]);
});

test("two words of one delivery are two letters; words kept private are none", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await handedOver(world, team);
  await heardOf(world, team, out.deliveryId, undefined);
  await drainTwice(world);
  expect(lettersOfWords(world)).toEqual([]);
  await heardOf(world, team, out.deliveryId, PASSED);
  await heardOf(world, team, out.deliveryId, "很合用。");
  await drainTwice(world);
  expect(lettersOfWords(world).map((letter) => letter.data["code"])).toEqual([
    out.gift.giftCode,
    out.gift.giftCode,
  ]);
});

test("words of a wish that name no delivery are announced to those whose gift was received, and stand on their page", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 3n, unitPriceFen: 3_000n }],
  });
  const did = await aGiftIn(world, wish.line.id);
  const undone = await aGiftIn(world, wish.line.id);
  const promised = await aGiftIn(world, wish.line.id);
  await undoGift(world.as(undone.donor), undone.giftCode);
  const done = {
    pledgeId: did.pledge.id,
    quantity: 1n,
    providerName: "理发队",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  };
  await acceptVisit(
    world.as(team.colleague),
    (await recordVisit(world.as(team.caseworker), done)).visitId,
    "accept",
  );
  const heard = {
    id: world.system.newId(),
    needId: wish.needId,
    rating: 5,
    state: "heard" as const,
    recordedBy: team.caseworker.userId,
  };
  await db
    .insert(feedbacks)
    .values({ ...heard, occurredAt: world.clock.now(), createdAt: world.clock.now() });
  await moderateFeedback(world.as(team.operator), heard.id, "剪得很精神。");
  await drainTwice(world);
  expect(lettersOfWords(world).map((letter) => letter.data["code"])).toEqual([did.giftCode]);
  const words = async (gift: typeof did) =>
    (await trackPage(world.as({ kind: "visitor" }), gift.trackToken)).words.map((row) => row.words);
  expect([await words(did), await words(undone), await words(promised)]).toEqual([["剪得很精神。"], [], []]);
});

test("an address that does not answer keeps no other donor waiting, and is written to when it answers again", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 3n }] });
  const gifts = await Promise.all([1, 2, 3].map(() => aGiftIn(world, wish.line.id)));
  for (const gift of gifts) await inStore(world, team, gift.pledge.id, 1n);
  await heardOf(world, team, await handOut(world, team, wish.needId), PASSED);
  const { ports } = world.system;
  let tried = 0;
  const firstIsAway = (message: OutgoingMessage) => {
    tried += message.template === "heard" ? 1 : 0;
    return message.template === "heard" && tried === 1
      ? Promise.reject(new Error("no such mailbox"))
      : ports.mail.send(message);
  };

  await drainOutbox({ ...world.system, ports: { ...ports, mail: { send: firstIsAway } } }, 500);
  expect(lettersOfWords(world)).toHaveLength(2);
  world.clock.advance({ minutes: 10 });
  await drainOutbox(world.system, 500);
  expect(lettersOfWords(world).map((letter) => letter.to)).toEqual(
    expect.arrayContaining(gifts.map((gift) => gift.email)),
  );
  expect(lettersOfWords(world)).toHaveLength(3);
});

test("whoever offered goods to no wish in particular is told what was said where they went", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 1n }] });
  const donor = await aDonor(world);
  const requestKey = world.system.newId;
  const offer = {
    objectKind: "bag",
    description: "新书包",
    condition: "new",
    unitCode: "piece",
    quantity: 1n,
    townCode: team.point.townCode,
  } as const;
  const { offerId, giftCode } = await makeOffer(world.as(donor), {
    ...offer,
    displayChoice: "kind_person",
    requestKey: requestKey(),
  });
  await decideOffer(world.as(team.operator), offerId, { accept: true, pointId: team.point.id });
  const store = world.as(team.storekeeper);
  const { parcelId } = await receiveOffer(store, offerId, {
    counted: 1n,
    occurredAt: world.clock.now(),
    requestKey: requestKey(),
  });
  await inspectParcel(store, parcelId, anInspection(world));
  const [lot] = await db.select().from(lots).where(eq(lots.offerId, offerId));
  const { allocationId } = await proposeAllocation(world.as(team.operator), {
    lotId: lot?.id ?? "",
    lineId: wish.line.id,
    quantity: 1n,
    requestKey: requestKey(),
  });
  await decideAllocation(world.as(team.secondOperator), allocationId, "approve");
  await heardOf(world, team, await handOut(world, team, wish.needId), PASSED);
  await drainTwice(world);
  expect(lettersOfWords(world).map((letter) => letter.data["code"])).toEqual([giftCode]);
  expect((await giftPage(world.as(donor), giftCode)).words).toMatchObject([{ words: PASSED }]);
});

test("a wish ends while a gift for it stands in the store: its donor reads that it goes to somebody else, whatever they chose", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team);
  const gift = await aGiftIn(world, wish.line.id);
  await inStore(world, team, gift.pledge.id, 1n);
  await withdrawNeed(world.as(team.colleague), wish.needId, "moved");
  await drainTwice(world);
  const letters = world.mails.filter(
    (mail) => mail.to === gift.email && /targetGone|lotReleased/.test(mail.template),
  );
  expect(letters.map((mail) => mail.template)).toEqual(["lotReleased"]);
  const [letter] = letters;
  if (letter) expect(wordsOfMail(letter).text).toContain("最需要的人家");
});
