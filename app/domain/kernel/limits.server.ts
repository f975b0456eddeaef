import { desc } from "drizzle-orm";
import { settings } from "~db/schema/kernel";
import type { Database, Transaction, UseCaseContext } from "./context.server";

/**
 * Every limit and clock of the portal with the value a new installation starts with. In force is the dated
 * row, never this table.
 */
export const LIMIT_DEFAULTS = {
  /**
   * Usual cap of one household and round, in fen for each head; over it a second approval (practice in
   * Guangzhou, Hunan, Sanya).
   */
  capFenPerHead: 50_000,
  /** Wishes of one household published within so many days count to one cap. */
  roundDays: 180,
  listingDays: 60,
  extendListingDays: 15,
  /** A promise that is not confirmed goes back after so many hours. */
  holdHours: 24,
  bringDays: 15,
  remindAfterDays: 7,
  revokeDaysAfterDue: 7,
  /**
   * A joint day is at least so many days ahead, for the point to prepare, and at most so many: what waits for
   * it waits elsewhere.
   */
  jointDayNoticeDays: 3,
  jointDayWithinDays: 60,
  /**
   * A gift is collected so many days ahead at the earliest, for the point to plan its way, and at the latest.
   */
  collectNoticeDays: 1,
  collectWithinDays: 15,
  /** The day of a promised service is agreed at most so far ahead. */
  serviceWithinDays: 60,
  undoMinutes: 10,
  liveHoldUnits: 10,
  /** Payment pages that one person may have open and unpaid. */
  livePaymentPages: 3,
  basketLines: 100,
  /**
   * A Checkout session cannot be asked for less than 30 minutes; the rest is for asking again when the desk
   * did not answer.
   */
  payingMinutes: 40,
  allocationHours: 72,
  /** Goods whose date ends within so many days come first to whoever can use them now. */
  matchExpiresSoonDays: 60,
  confirmDeliveryDays: 7,
  /** A draft that is not whole and that nobody touched for so many days is destroyed. */
  unfinishedDraftDays: 60,
  openingMinutes: 15,
  secretTries: 5,
  reviewWorkingDays: 5,
  /**
   * Working days for an answer to whoever asked for something: a recipient to have their data put right,
   * anybody who reported a mistake.
   */
  answerWorkingDays: 5,
  /** What was paid for is bought within so many days. */
  buyWithinDays: 15,
  /**
   * What donors are told to expect: that what arrived is inspected within so many days, and what passed is in
   * its recipient's hands so many days later.
   */
  inspectWithinDays: 3,
  deliverWithinDays: 10,
  /** What lapses within so many days stands first on the page of those who keep the register. */
  lapseNoticeDays: 60,
  signInTries: 5,
  signInWindowMinutes: 15,
  /** Wrong passwords that one network may try within that time, for whatever accounts. */
  signInNetworkTries: 60,
  /** A link for a new password, or for a new address, holds so long. */
  linkMinutes: 60,
  /** The most of them that one address may ask for in an hour; one client may ask for ten times as many. */
  linksPerHour: 5,
  /** The most accounts that one client may ask for in an hour. */
  signUpsPerHour: 60,
  /** The most codes that go out as texts in a day, for the whole city: each costs money. */
  codeTextsPerDay: 5_000,
  invitationHours: 24,
  /**
   * Days after their first role in which whoever works here may go without a second step; 0 asks for it at
   * once.
   */
  secondStepGraceDays: 14,
  /** Before anything grave whoever has a second step shows it anew, once this is older. */
  stepUpMinutes: 120,
  /**
   * A session that ended is known for so long: by it a form that comes back too late is told why, and kept.
   */
  endedSessionDays: 30,
  /** An entry of the lists that nobody checked for so long is called stale, to everybody. */
  itemFreshDays: 180,
  /** One item is told to one household at most once in so many days. */
  pushEveryDays: 90,
  /** Answers of the finder that were handed over are destroyed after so many days. */
  finderHandoverDays: 30,
  /** Reports of mistakes that one address may send in an hour. */
  reportsPerHour: 10,
  /** Whoever asks to be called back is, within so many hours; and is tried again within as many. */
  callBackHours: 24,
  /** Call-backs that one address may ask for in an hour. */
  callBacksPerHour: 10,
  /** Working days for a referral to be sent, and for whoever it was sent to to answer. */
  referralAnswerDays: 5,
  /** Days for a household to bring what its referral still needs. */
  referralClientDays: 14,
  /** A place on a waiting list is asked after again when so many days have passed. */
  referralWaitlistDays: 30,
  /** The same for what was accepted, and for help that has begun. */
  referralServiceDays: 30,
  /** A household that a referral did not help is looked after within so many days. */
  followUpDays: 7,
  /**
   * What happened in the world is written down at most so many days later; an earlier moment is a slip of the
   * finger.
   */
  recordedWithinDays: 180,
} as const;

export type LimitName = keyof typeof LIMIT_DEFAULTS;

/** How long a process goes on with the dated rows that it read. */
const REMEMBERED_SECONDS = 2;

/**
 * A new value may be in force so long after it was set at the earliest: by then every process knows of it,
 * also where the clocks of two differ a little and the change took a moment to commit. So what is remembered
 * is never wrong.
 */
export const LIMIT_KNOWN_AFTER_SECONDS = 5;

type DatedRow = Readonly<{ key: string; value: string; validFrom: Date }>;

const remembered = new WeakMap<Database, Readonly<{ readAt: Date; newestFirst: readonly DatedRow[] }>>();

/**
 * Every dated row, read at most every two seconds: each transaction asks for a limit or two, and they hardly
 * ever change.
 */
async function datedRows(
  tx: Transaction | Database,
  { db, now }: Pick<UseCaseContext, "db" | "now">,
): Promise<readonly DatedRow[]> {
  const known = remembered.get(db);
  if (known && Math.abs(now().getTime() - known.readAt.getTime()) < REMEMBERED_SECONDS * 1_000)
    return known.newestFirst;
  const readAt = now();
  const newestFirst = await tx
    .select({ key: settings.key, value: settings.value, validFrom: settings.validFrom })
    .from(settings)
    .orderBy(desc(settings.validFrom));
  remembered.set(db, { readAt, newestFirst });
  return newestFirst;
}

/**
 * The limit in force at `ctx.now()`. @throws when the installation has no row for it: set-up is incomplete
 */
export async function limit(
  tx: Transaction | Database,
  ctx: Pick<UseCaseContext, "db" | "now">,
  name: LimitName,
): Promise<number> {
  const now = ctx.now();
  const row = (await datedRows(tx, ctx)).find((dated) => dated.key === name && dated.validFrom <= now);
  if (!row) throw new Error(`no setting "${name}" is in force`);
  return Number(row.value);
}
