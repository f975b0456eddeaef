import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { calendarDay, day, money } from "~/i18n/format";
import { type Locale, nameIn } from "~/i18n/locales";
import type { Stage } from "./letters";

/** The sentence of a letter that its reader acts on; traditional Chinese is made from the first. */
export type Says = readonly [hans: string, en: string];
/** What stands in a letter beside its sentence: as the stage has it, in the reader's language. */
type Facts = (stage: Stage) => readonly string[];
/** A letter about a gift: the event that writes it, of which thing of the stage, and what it says. */
export type Letter = Readonly<{
  event: string;
  data?: JournalRow["data"];
  of: (stage: Stage) => Readonly<{ entityId: string; giftId: string; code: string }>;
  template: string;
  says: Says;
  facts?: Facts;
}>;

// Which thing of the stage an event is about.
export const goods = ({ goods: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
export const haircut = ({ haircut: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
export const arranged = ({ arranged: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
export const bought = ({ bought: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
export const paidMoney = ({ money: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
export const handed = ({ handed: { pledge, giftCode } }: Stage) => ({
  entityId: pledge.id,
  giftId: pledge.giftId,
  code: giftCode,
});
export const collectedPledge = ({ collected }: Stage) => ({
  entityId: collected.pledgeId,
  giftId: collected.giftId,
  code: collected.giftCode,
});
export const collection = ({ collected }: Stage) => ({
  entityId: collected.collectionId,
  giftId: collected.giftId,
  code: collected.giftCode,
});
export const taken = ({ taken: { id, giftId, giftCode } }: Stage) => ({
  entityId: id,
  giftId: giftId ?? "",
  code: giftCode,
});
export const notTaken = ({ notTaken: { id, giftId, giftCode } }: Stage) => ({
  entityId: id,
  giftId: giftId ?? "",
  code: giftCode,
});

// What a letter says of it.
export const where: Facts = ({ locale, team: { point } }) => [
  nameIn(locale, point),
  point.address,
  point.hours,
  point.phone,
];
export const whereTo: Facts = ({ locale, team: { point } }) => [nameIn(locale, point), point.phone];
const until = (locale: Locale, at: Date | null): string => (at === null ? "no day" : day(locale, at));
export const goodsBy: Facts = ({ locale, goods: { pledge } }) => [until(locale, pledge.dueAt)];
export const serviceBy: Facts = ({ locale, haircut: { pledge }, team: { point } }) => [
  until(locale, pledge.dueAt),
  point.phone,
];
export const offerBy: Facts = ({ locale, taken: { dueAt } }) => [until(locale, dueAt)];
export const whenCollected: Facts = ({ locale, collected }) => [
  `${calendarDay(locale, collected.day)}${{ "zh-Hans": "上午", "zh-Hant": "上午", en: ", morning" }[locale]}`,
];
export const dayOfVisit: Facts = ({ locale, dayOfVisit: of, team: { point } }) => [
  calendarDay(locale, of),
  point.phone,
];
export const fund: Facts = ({ locale, fund: of, charity }) => [nameIn(locale, of), nameIn(locale, charity)];
export const sum: Facts = ({ locale, bought: { checkout } }) => [money(locale, checkout.amountFen)];
export const buyBy: Facts = ({ locale, bought: { checkout } }) => [until(locale, checkout.buyBy)];
export const charityPhone: Facts = ({ charity }) => [charity.contactPhone];
/** Several facts in one letter. */
export const all =
  (...facts: Facts[]): Facts =>
  (stage) =>
    facts.flatMap((of) => of(stage));
