import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { HANDLERS_OF_EVENT } from "~/domain/kernel/journal/owed";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { ownOf } from "~/domain/kernel/own";
import type { OutgoingMessage } from "~/domain/kernel/ports";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { type Locale, LOCALES } from "~/i18n/locales";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { HANDLERS } from "~/worker/handlers.server";
import { appUsers } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { installation } from "~db/schema/kernel";
import { ACCOUNT_LETTERS } from "../../factories/accountLetters";
import { LETTERS } from "../../factories/giftLetters";
import type { Says } from "../../factories/letterFacts";
import { anEvent, aStage, lastOf, SEALED, type Stage } from "../../factories/letters";
import { test } from "../../support/payments";

const sentence = ([hans, en]: Says, locale: Locale): string =>
  ({ "zh-Hans": hans, "zh-Hant": traditional(hans), en })[locale];

const prefix = (locale: Locale): string => (locale === "zh-Hans" ? "" : `/${locale}`);

/** Everything that a letter is, as its reader and its row in the table of messages have it. */
const wholeOf = (letter: OutgoingMessage): string => JSON.stringify([letter, wordsOfMail(letter)]);

/** Hands an event to all its handlers, twice, as a worker does that died before it could say so. */
async function handle({ world }: Stage, event: JournalRow): Promise<OutgoingMessage[]> {
  const before = world.mails.length;
  for (let turn = 0; turn < 2; turn += 1)
    for (const handler of ownOf(HANDLERS_OF_EVENT, event.event) ?? [])
      await HANDLERS[handler](world.system, event);
  return world.mails.slice(before);
}

test("every event that owes a handler something, and every letter that there are words for, stands in these tables", () => {
  const events = [...LETTERS, ...ACCOUNT_LETTERS].map(({ event }) => event);
  expect([...new Set([...events, "push.queue"])].sort()).toEqual(Object.keys(HANDLERS_OF_EVENT).sort());
  const written = [zhHans.gifts, zhHans.account].flatMap((words) =>
    Object.keys(words).flatMap((key) => /^mail_(\w+)_text$/.exec(key)?.[1] ?? []),
  );
  // A code waits for no event: whoever asks for it sends it, and entryCodes.test reads it.
  const sent = ["entryCode", ...[...LETTERS, ...ACCOUNT_LETTERS].map(({ template }) => template)];
  expect([...new Set(sent)].sort()).toEqual(written.sort());
});

for (const locale of LOCALES) {
  test(`each letter to a donor goes to that donor alone, once, in ${locale}, says what is to be done, where and until when, links to it, and tells nothing sealed`, async ({
    world,
    desk,
  }) => {
    const stage = await aStage(world, desk, locale);
    for (const { event, data = {}, of, template, says, facts } of LETTERS) {
      world.clock.advance({ minutes: 1 });
      const { code, entityId, giftId } = of(stage);
      const letters = await handle(
        stage,
        anEvent(stage, event, {
          entityId,
          ...(giftId === "" ? {} : { giftId }),
          data: { ...data, free: stage.label },
        }),
      );
      const named = `${event} ${template}`;
      expect([named, letters.map((letter) => [letter.to, letter.locale, letter.template])]).toEqual([
        named,
        [[stage.donor.email, locale, template]],
      ]);
      for (const letter of letters) {
        const { subject, text } = wordsOfMail(letter);
        expect([named, subject]).toEqual([named, expect.stringContaining(code)]);
        const link = `http://portal.test${prefix(locale)}/${event === "giving_intent.tell" ? "wishes" : "gifts"}/${code}`;
        for (const words of [sentence(says, locale), link, ...(facts?.(stage) ?? [])])
          expect([named, `${subject} ${text}`]).toEqual([named, expect.stringContaining(words)]);
        expect([named, `${subject} ${text}`]).toEqual([
          named,
          expect.not.stringMatching(/[{}|]|mail_|undefined|null/),
        ]);
        expect(SEALED.filter((words) => wholeOf(letter).includes(words))).toEqual([]);
      }
    }

    const kept = JSON.stringify(await world.db.select().from(messages));
    expect(SEALED.filter((words) => kept.includes(words))).toEqual([]);
  });

  test(`each letter about an account goes to its one address, in ${locale}, says how long it holds and what to do, and the table keeps no link of it`, async ({
    world,
    desk,
  }) => {
    const stage = await aStage(world, desk, locale);
    await world.db.update(installation).set({ isDemo: false });
    for (const { event, template, happens, says, opens } of ACCOUNT_LETTERS) {
      const to = await happens(stage);
      const letters = (await handle(stage, await lastOf(stage, event))).filter(
        (letter) => letter.template === template,
      );
      expect([event, letters.map((letter) => [letter.to, letter.locale, letter.template])]).toEqual([
        event,
        [[to, locale, template]],
      ]);
      for (const letter of letters) {
        const { subject, text } = wordsOfMail(letter);
        expect([event, text]).toEqual([event, expect.stringContaining(sentence(says, locale))]);
        expect([event, `${subject} ${text}`]).toEqual([
          event,
          expect.not.stringMatching(/[{}|]|mail_|undefined|null/),
        ]);
        if (opens !== undefined)
          expect([event, text]).toEqual([
            event,
            expect.stringMatching(new RegExp(`http://portal.test${prefix(locale)}/${opens}/[\\w-]{27}`)),
          ]);
        expect(SEALED.filter((words) => wholeOf(letter).includes(words))).toEqual([]);
      }
    }

    const kept = await world.db.select({ link: messages.linkSealed, to: messages.toSealed }).from(messages);
    expect(kept.filter(({ link, to }) => link !== null || to !== null)).toEqual([]);
  });
}

test("who has left is written to no more, whatever happens to their gifts", async ({ world, desk }) => {
  const stage = await aStage(world, desk, "zh-Hans");
  const { userId } = stage.donor;
  await world.db
    .update(appUsers)
    .set({ leftAt: world.clock.now(), disabledAt: world.clock.now(), email: `left:${userId}` })
    .where(eq(appUsers.id, userId));
  for (const { event, data = {}, of } of LETTERS) {
    const { entityId, giftId } = of(stage);
    expect([
      event,
      await handle(
        stage,
        anEvent(stage, event, {
          entityId,
          ...(giftId === "" ? {} : { giftId }),
          data: { ...data, free: stage.label },
        }),
      ),
    ]).toEqual([event, []]);
  }
});

test("a household is told by text message that there is something, once: to its own phone, with a link, and no word of what or of whom", async ({
  world,
  desk,
}) => {
  const stage = await aStage(world, desk, "zh-Hans");
  const event = anEvent(stage, "push.queue", { entityId: stage.told });
  await HANDLERS.tellHousehold(world.system, event);
  await HANDLERS.tellHousehold(world.system, event);
  expect(world.texts).toEqual([
    {
      phone: "19912345987",
      locale: "zh-Hans",
      template: "newForYou",
      data: { link: "http://portal.test/lists/social/SS023" },
    },
  ]);
  expect(zhHans.push.text_newForYou).toContain("{link}");
  expect(world.mails.filter((mail) => mail.to.includes("199"))).toEqual([]);
});
