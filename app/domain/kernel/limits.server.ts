import { and, desc, eq, lte } from "drizzle-orm";
import { settings } from "~db/schema/identity";
import type { Transaction, UseCaseContext, Database } from "./context.server";

/** Every limit and clock of the portal with the value a new installation starts with. In force is the dated row, never this table. */
export const LIMIT_DEFAULTS = {
  /** Usual cap of one household and round, in fen for each head; over it a second approval (practice in Guangzhou, Hunan, Sanya). */
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
  undoMinutes: 10,
  liveHoldUnits: 10,
  basketLines: 100,
  /** A Checkout session cannot be asked for less than 30 minutes; the rest is for asking again when the desk did not answer. */
  payingMinutes: 40,
  allocationHours: 72,
  confirmDeliveryDays: 7,
  openingMinutes: 15,
  secretTries: 5,
  reviewWorkingDays: 5,
  signInTries: 5,
  signInWindowMinutes: 15,
  /** An entry of the two lists that nobody checked for so many days is shown as stale, and queued. */
  itemFreshDays: 180,
  /** Reports of mistakes that one address may send in an hour. */
  reportsPerHour: 10,
} as const;

export type LimitName = keyof typeof LIMIT_DEFAULTS;

/** The limit in force at `ctx.now()`. @throws when the installation has no row for it: set-up is incomplete */
export async function limit(tx: Transaction | Database, ctx: Pick<UseCaseContext, "now">, name: LimitName): Promise<number> {
  const [row] = await tx
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.key, name), lte(settings.validFrom, ctx.now())))
    .orderBy(desc(settings.validFrom))
    .limit(1);
  if (!row) throw new Error(`no setting "${name}" is in force`);
  return Number(row.value);
}
