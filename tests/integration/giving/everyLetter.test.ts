import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { askMailChange, changePassword, confirmMail } from "~/domain/identity/changeAccount.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { inviteStaff } from "~/domain/identity/invitations.server";
import { signUp } from "~/domain/identity/signUp.server";
import type { OutgoingMessage } from "~/domain/kernel/ports";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { calendarDay, day, money } from "~/i18n/format";
import { LOCALES, nameIn, type Locale } from "~/i18n/locales";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { HANDLERS, type JournalRow } from "~/journal/handlers.server";
import { HANDLERS_OF_EVENT } from "~/journal/handlersOfEvent";
import { appUsers } from "~db/schema/identity";
import { installation } from "~db/schema/kernel";
import { messages } from "~db/schema/journal";
import { HERE, NEW, PASSWORD, sentLink, somebody } from "../../factories/accounts";
import { anEvent, aStage, lastOf, SEALED, type Stage } from "../../factories/letters";
import { STEP_LETTERS } from "../../factories/stepLetters";
import { aPerson } from "../../factories/people";
import { test } from "../../support/payments";

/** The sentence of a letter that its reader acts on; traditional Chinese is made from the first. */
type Says = readonly [hans: string, en: string];
/** What stands in a letter beside its sentence: as the stage has it, in the reader's language. */
type Facts = (stage: Stage) => readonly string[];
type Letter = Readonly<{
  event: string;
  data?: JournalRow["data"];
  of: (stage: Stage) => Readonly<{ entityId: string; giftId: string; code: string }>;
  template: string;
  says: Says;
  facts?: Facts;
}>;

const goods = ({ goods: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
const haircut = ({ haircut: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
const arranged = ({ arranged: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
const bought = ({ bought: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
const paidMoney = ({ money: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
const handed = ({ handed: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
const collectedPledge = ({ collected }: Stage) => ({
  entityId: collected.pledgeId,
  giftId: collected.giftId,
  code: collected.giftCode,
});
const collection = ({ collected }: Stage) => ({
  entityId: collected.collectionId,
  giftId: collected.giftId,
  code: collected.giftCode,
});
const taken = ({ taken: { id, giftId, giftCode } }: Stage) => ({
  entityId: id,
  giftId: giftId ?? "",
  code: giftCode,
});
const notTaken = ({ notTaken: { id, giftId, giftCode } }: Stage) => ({
  entityId: id,
  giftId: giftId ?? "",
  code: giftCode,
});

const where: Facts = ({ locale, team: { point } }) => [
  nameIn(locale, point),
  point.address,
  point.hours,
  point.phone,
];
const whereTo: Facts = ({ locale, team: { point } }) => [nameIn(locale, point), point.phone];
const until = (locale: Locale, at: Date | null): string => (at === null ? "no day" : day(locale, at));
const goodsBy: Facts = ({ locale, goods: { pledge } }) => [until(locale, pledge.dueAt)];
const serviceBy: Facts = ({ locale, haircut: { pledge }, team: { point } }) => [
  until(locale, pledge.dueAt),
  point.phone,
];
const offerBy: Facts = ({ locale, taken: { dueAt } }) => [until(locale, dueAt)];
const whenCollected: Facts = ({ locale, collected }) => [
  `${calendarDay(locale, collected.day)}${{ "zh-Hans": "上午", "zh-Hant": "上午", en: ", morning" }[locale]}`,
];
const dayOfVisit: Facts = ({ locale, dayOfVisit: of, team: { point } }) => [
  calendarDay(locale, of),
  point.phone,
];
const fund: Facts = ({ locale, fund: of, charity }) => [nameIn(locale, of), nameIn(locale, charity)];
const sum: Facts = ({ locale, bought: { checkout } }) => [money(locale, checkout.amountFen)];
const buyBy: Facts = ({ locale, bought: { checkout } }) => [until(locale, checkout.buyBy)];
const charityPhone: Facts = ({ charity }) => [charity.contactPhone];
const all =
  (...facts: Facts[]): Facts =>
  (stage) =>
    facts.flatMap((of) => of(stage));

/** Every event that writes to a donor, of each kind of thing that is told in words of its own. */
const LETTERS: readonly Letter[] = [
  {
    event: "pledge.confirm",
    of: goods,
    template: "confirmed",
    says: ["包裹上写编号", "on the parcel"],
    facts: all(where, goodsBy),
  },
  {
    event: "pledge.confirm",
    of: collectedPledge,
    template: "confirmedPickUp",
    says: ["到您说的地址来取", "at the address you gave"],
    facts: all(whereTo, whenCollected),
  },
  {
    event: "pledge.confirm",
    of: haircut,
    template: "confirmedService",
    says: ["社工约好哪一天上门", "agree on a day with the caseworkers"],
    facts: serviceBy,
  },
  {
    event: "pledge.remind",
    of: goods,
    template: "remind",
    says: ["前送到", "please bring it by"],
    facts: all(where, goodsBy),
  },
  {
    event: "pledge.remind",
    of: haircut,
    template: "remindService",
    says: ["社工约好哪一天上门", "agree on a day with the caseworkers"],
    facts: serviceBy,
  },
  {
    event: "pledge.arrange",
    of: arranged,
    template: "serviceArranged",
    says: ["有变动请打", "If something changes, call"],
    facts: dayOfVisit,
  },
  {
    event: "pledge.expire",
    of: goods,
    template: "released",
    says: ["随时可以重新认领", "pledge again at any time"],
  },
  {
    event: "pledge.revoke",
    of: goods,
    template: "revoked",
    says: ["过了期限 7 天还没有送到", "7 days overdue"],
  },
  {
    event: "pledge.revoke",
    of: haircut,
    template: "revokedService",
    says: ["过了期限 7 天还没有做", "7 days overdue and no day was agreed"],
  },
  {
    event: "pledge.target_gone",
    of: goods,
    template: "targetGone",
    says: ["要不要您再说一声", "whether we need a word from you"],
  },
  {
    event: "pledge.retarget",
    of: goods,
    template: "retargeted",
    says: ["等得最久的另一份心愿", "waited longest"],
  },
  {
    event: "pledge.return_part",
    of: goods,
    template: "returned",
    says: ["原因和去向", "why, and where it went"],
  },
  {
    event: "offer.return_part",
    of: taken,
    template: "returned",
    says: ["原因和去向", "why, and where it went"],
  },
  {
    event: "pledge.pay",
    of: bought,
    template: "paid",
    says: ["买好、送到服务点", "buys the things by"],
    facts: all(fund, sum, buyBy, () => ["53440000MJ0000000GA26001"]),
  },
  {
    event: "pledge.pay_late",
    of: bought,
    template: "paid",
    says: ["买好、送到服务点", "buys the things by"],
    facts: all(fund, sum, buyBy),
  },
  {
    event: "pledge.pay",
    of: paidMoney,
    template: "paidMoney",
    says: ["只用于这个项目", "for this project alone"],
    facts: all(fund, ({ locale }) => [`${money(locale, 5_000n)} `]),
  },
  {
    event: "checkout.buy_late",
    of: bought,
    template: "buyLate",
    says: ["还没有买齐", "has not bought all of it yet"],
    facts: all(buyBy, charityPhone),
  },
  {
    event: "pledge.spend",
    of: paidMoney,
    template: "spent",
    says: ["用了多少、用在哪里", "How much, on what"],
  },
  {
    event: "finance_task.open",
    data: { kind: "late_payment" },
    of: bought,
    template: "paidLate",
    says: ["退回，或者留给别的心愿", "back to you, or to other wishes"],
    facts: all(fund, sum, charityPhone),
  },
  {
    event: "finance_task.open",
    data: { kind: "second_payment" },
    of: bought,
    template: "paidTwice",
    says: ["可以退回，也可以留给", "go back to you or to other wishes"],
    facts: all(fund, sum, charityPhone),
  },
  {
    event: "finance_task.open",
    data: { kind: "target_gone" },
    of: bought,
    template: "moneyWishGone",
    says: ["退回，或者留给别的心愿", "back to you, or to other wishes"],
    facts: all(fund, charityPhone),
  },
  {
    event: "finance_task.settle",
    data: { resolution: "kept_in_programme" },
    of: bought,
    template: "moneyKept",
    says: ["按您的意思", "As you wished"],
    facts: fund,
  },
  { event: "refund.ask", of: bought, template: "refunded", says: ["按原路退回", "returns the way it came"] },
  {
    event: "refund.approve",
    of: bought,
    template: "refunded",
    says: ["按原路退回", "returns the way it came"],
  },
  {
    event: "offer.accept",
    of: taken,
    template: "offerAccepted",
    says: ["到了柜台说编号", "at the counter"],
    facts: all(where, offerBy),
  },
  {
    event: "offer.remind",
    of: taken,
    template: "offerRemind",
    says: ["也可以在这里取消", "withdraw it here"],
    facts: all(where, offerBy),
  },
  {
    event: "offer.lapse",
    of: taken,
    template: "offerLapsed",
    says: ["想捐随时可以再填", "offer it again at any time"],
  },
  {
    event: "offer.decline",
    of: notTaken,
    template: "offerDeclined",
    says: ["原因：太远", "Reason: Too far"],
  },
  { event: "offer.receive", of: taken, template: "offerArrived", says: ["还差几件", "still to come"] },
  { event: "offer.receive_part", of: taken, template: "offerArrived", says: ["还差几件", "still to come"] },
  {
    event: "collection.not_home",
    of: collection,
    template: "collectionNotHome",
    says: ["请另约一天，或者自己送到", "choose another day, or bring it to"],
    facts: where,
  },
  {
    event: "collection.cannot_come",
    of: collection,
    template: "collectionCannotCome",
    says: ["请另约一天，或者自己送到", "choose another day, or bring it to"],
    facts: all(where, whenCollected),
  },
  {
    event: "collection.overdue",
    of: collection,
    template: "collectionNobodyCame",
    says: ["请另约一天，或者自己送到", "choose another day, or bring it to"],
    facts: all(where, whenCollected),
  },
  {
    event: "collection.collect",
    of: collection,
    template: "collectionCollected",
    says: ["已经取走", "has collected it"],
    facts: ({ locale, team: { point } }) => [nameIn(locale, point)],
  },
  {
    event: "delivery_item.hand_over",
    of: handed,
    template: "delivered",
    says: ["已交到受助人手里", "in the recipient's hands"],
  },
  { event: "delivery_item.lose", of: handed, template: "lost", says: ["重新征集", "asked for again"] },
  { event: "delivery_item.dispose", of: handed, template: "lost", says: ["重新征集", "asked for again"] },
  { event: "lot.write_off", of: handed, template: "lost", says: ["重新征集", "asked for again"] },
  {
    event: "lot.release",
    of: handed,
    template: "lotReleased",
    says: ["想拿回去，请尽快打", "To have them back, call"],
    facts: whereTo,
  },
  {
    event: "count_correction.approve",
    of: goods,
    template: "corrected",
    says: ["更正了数目", "corrected the number"],
  },
  { event: "service_visit.accept", of: haircut, template: "serviceDone", says: ["服务做好了", "it is done"] },
  {
    event: "joint_day.suggest",
    of: goods,
    template: "jointDaySuggested",
    says: ["再答复", "suits you and answer"],
  },
  {
    event: "joint_day.agree",
    of: goods,
    template: "jointDayAgreed",
    says: ["哪一天、在哪里", "Which day, where"],
  },
  {
    event: "joint_day.decline",
    of: goods,
    template: "jointDayCalledOff",
    says: ["也可以另约一天", "agree on another day"],
  },
  {
    event: "joint_day.lapse",
    of: goods,
    template: "jointDayCalledOff",
    says: ["也可以另约一天", "agree on another day"],
  },
  {
    event: "feedback.pass",
    of: (stage) => ({ ...handed(stage), entityId: stage.feedbackId }),
    template: "heard",
    says: ["收到的人说了几句话", "said something"],
  },
  {
    event: "giving_intent.tell",
    of: ({ intentId, wish }) => ({ entityId: intentId, giftId: "", code: wish.code }),
    template: "paymentsOpen",
    says: ["现在可以了", "Now you can"],
  },
];

/**
 * The letters about an account: what really happens, to whom it is written, and whether it carries a link
 * that opens something.
 */
type AccountLetter = Readonly<{
  event: string;
  template: string;
  happens: (stage: Stage) => Promise<string>;
  says: Says;
  opens?: string;
}>;
const NEW_MAIL = "new-address@example.org";
const NEWCOMER = "newcomer@example.org";
const ACCOUNT_LETTERS: readonly AccountLetter[] = [
  {
    event: "account.ask_sign_up",
    template: "confirmSignUp",
    happens: async ({ world, locale }) => {
      await signUp(
        { ...world.system, locale },
        { email: NEWCOMER, password: PASSWORD, displayName: "新来的人", kind: "person" },
        HERE,
      );
      return NEWCOMER;
    },
    says: ["60 分钟内有效，只能用一次", "It holds for 60 minutes and works once"],
    opens: "confirm-sign-up",
  },
  {
    event: "account.ask_sign_up",
    template: "accountKnown",
    happens: async ({ world, donor }) => {
      await signUp(
        world.system,
        { email: donor.email, password: NEW, displayName: "别人", kind: "person" },
        HERE,
      );
      return donor.email;
    },
    says: ["忘了密码可以设新的", "You have an account already"],
  },
  {
    event: "account.ask_mail",
    template: "mailWanted",
    happens: async ({ world, donor }) => {
      const other = await somebody(world, "另一位");
      await askMailChange(world.as(other), { email: donor.email, password: PASSWORD, ...HERE });
      return donor.email;
    },
    says: ["如果是您自己，请直接", "Nothing has changed for yours"],
  },
  {
    event: "password_link.ask",
    template: "passwordLink",
    happens: async ({ world, donor }) => {
      await askNewPassword(world.system, { email: donor.email, ...HERE });
      return donor.email;
    },
    says: ["60 分钟内有效，只能用一次", "60 minutes and works once"],
    opens: "new-password",
  },
  {
    event: "account.new_password",
    template: "passwordChanged",
    happens: async ({ world, donor }) => {
      await setNewPassword(world.system, await sentLink(world, "passwordLink", donor.email), NEW);
      return donor.email;
    },
    says: ["如果不是您改的，请马上打电话", "If this was not you, please call us at once"],
  },
  {
    event: "account.change_password",
    template: "passwordChanged",
    happens: async ({ world, donor }) => {
      await changePassword(world.as(donor), {
        password: NEW,
        newPassword: PASSWORD,
        ...HERE,
        sessionId: undefined,
      });
      return donor.email;
    },
    says: ["如果不是您改的，请马上打电话", "If this was not you, please call us at once"],
  },
  ...STEP_LETTERS,
  {
    event: "account.ask_mail",
    template: "confirmMail",
    happens: async ({ world, donor, locale }) => {
      await askMailChange({ ...world.as(donor), locale }, { email: NEW_MAIL, password: PASSWORD, ...HERE });
      return NEW_MAIL;
    },
    says: ["60 分钟内有效", "holds for 60 minutes"],
    opens: "new-mail",
  },
  {
    event: "account.change_mail",
    template: "mailChanged",
    happens: async ({ world, donor }) => {
      await confirmMail(world.system, await sentLink(world, "confirmMail", NEW_MAIL));
      return donor.email;
    },
    says: ["刚刚改成了 n…@example.org", "changed to n…@example.org"],
  },
  {
    event: "invitation.make",
    template: "invited",
    happens: async ({ world, locale }) => {
      const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
      await inviteStaff(
        { ...world.as(admin), locale },
        { email: "colleague@example.org", role: "auditor", where: { kind: "city" } },
      );
      return "colleague@example.org";
    },
    says: ["24 小时内有效，只能用一次", "24 hours and works once"],
    opens: "invitation",
  },
];

const sentence = ([hans, en]: Says, locale: Locale): string =>
  ({ "zh-Hans": hans, "zh-Hant": traditional(hans), en })[locale];

const prefix = (locale: Locale): string => (locale === "zh-Hans" ? "" : `/${locale}`);

/** Everything that a letter is, as its reader and its row in the table of messages have it. */
const wholeOf = (letter: OutgoingMessage): string => JSON.stringify([letter, wordsOfMail(letter)]);

/** Hands an event to all its handlers, twice, as a worker does that died before it could say so. */
async function handle({ world }: Stage, event: JournalRow): Promise<OutgoingMessage[]> {
  const before = world.mails.length;
  for (let turn = 0; turn < 2; turn += 1)
    for (const handler of HANDLERS_OF_EVENT[event.event] ?? []) await HANDLERS[handler](world.system, event);
  return world.mails.slice(before);
}

test("every event that owes a handler something, and every letter that there are words for, stands in these tables", () => {
  const events = [...LETTERS, ...ACCOUNT_LETTERS].map(({ event }) => event);
  expect([...new Set([...events, "push.queue"])].sort()).toEqual(Object.keys(HANDLERS_OF_EVENT).sort());
  const written = [zhHans.gifts, zhHans.account].flatMap((words) =>
    Object.keys(words).flatMap((key) => /^mail_(\w+)_text$/.exec(key)?.[1] ?? []),
  );
  expect([...new Set([...LETTERS, ...ACCOUNT_LETTERS].map(({ template }) => template))].sort()).toEqual(
    written.sort(),
  );
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
    { phone: "19912345987", template: "newForYou", link: "http://portal.test/lists/social/SS023" },
  ]);
  expect(zhHans.push.text_newForYou).toContain("{link}");
  expect(world.mails.filter((mail) => mail.to.includes("199"))).toEqual([]);
});
