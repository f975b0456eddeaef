import { and, eq, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { talliesByMonth, talliesOf } from "~/domain/kernel/tally.server";
import { MONEY_ENTRY_KINDS, moneyEntries, type MoneyEntryKind, moneyTransfers } from "~db/schema/books";
import { gifts } from "~db/schema/giving";
import { programmes } from "~db/schema/organisations";
import { matches, type MoneyFilter, ofFund, requireReadableFunds } from "./moneyFilter.server";

export type MoneyTotals = Readonly<{
  /** How everything stood at the end of the filter's last day, over the funds of the filter. */
  standing: Readonly<Record<"received" | "available" | "committed" | "spent" | "refunded" | "cash", bigint>>;
  /** What the entries of the filter moved, kind by kind. */
  moved: readonly Readonly<{ kind: MoneyEntryKind; entries: number; amountFen: bigint }>[];
}>;

type Account = keyof MoneyTotals["standing"];
/** A sum of a fund that is kept: of a kind of entry, or of an account. */
const OF_FUND = /^(\S+) (\w+)$/;

/** What is kept of a book by fund, of the funds that are meant: all of them where none are named. */
async function sumsOf(
  ctx: UseCaseContext,
  name: "money" | "standing",
  days: Pick<MoneyFilter, "from" | "to">,
  funds?: ReadonlySet<string>,
) {
  const sums = await talliesOf(ctx.db, name, days);
  return sums.flatMap(({ part, entries, fen }) => {
    const [, fund = "", of = ""] = OF_FUND.exec(part) ?? [];
    return funds === undefined || funds.has(fund) ? [{ of, entries, fen }] : [];
  });
}

/** How everything stood at the end of a day, or stands now. */
async function standingOf(
  ctx: UseCaseContext,
  { to }: Pick<MoneyFilter, "to">,
  funds?: ReadonlySet<string>,
): Promise<MoneyTotals["standing"]> {
  const sums = await sumsOf(ctx, "standing", { to }, funds);
  const on = (account: Account) => sums.reduce((sum, { of, fen }) => (of === account ? sum + fen : sum), 0n);
  return {
    received: -on("received"),
    available: on("available"),
    committed: on("committed"),
    spent: on("spent"),
    refunded: on("refunded"),
    cash: on("cash"),
  };
}

/** The whole book's standing, for everybody: sums of money name nobody. */
export const publicStanding = (ctx: UseCaseContext) => standingOf(ctx, {});

export type MoneyMonth = Readonly<{
  month: string;
  receivedFen: bigint;
  spentFen: bigint;
  refundedFen: bigint;
}>;

/** What came in, was spent and went back in each month since that day, less what was reversed. */
export async function publicMonths(ctx: UseCaseContext, from: string): Promise<MoneyMonth[]> {
  const sums = await talliesByMonth(ctx.db, "standing", from);
  const on = (month: string, account: Account) =>
    sums.reduce(
      (sum, row) => (row.month === month && OF_FUND.exec(row.part)?.[2] === account ? sum + row.fen : sum),
      0n,
    );
  return [...new Set(sums.map(({ month }) => month))].map((month) => ({
    month,
    receivedFen: -on(month, "received"),
    spentFen: on(month, "spent"),
    refundedFen: on(month, "refunded"),
  }));
}

/** What was entered in each month since that day, kind by kind, over all funds. */
export async function moneyByMonth(ctx: UseCaseContext, from: string) {
  const sums = await talliesByMonth(ctx.db, "money", from);
  return [...new Set(sums.map(({ month }) => month))].flatMap((month) =>
    MONEY_ENTRY_KINDS.map((kind) => {
      const its = sums.filter((sum) => sum.month === month && OF_FUND.exec(sum.part)?.[2] === kind);
      return {
        month,
        kind,
        entries: Number(its.reduce((sum, { entries }) => sum + entries, 0n)),
        amountFen: its.reduce((sum, { fen }) => sum + fen, 0n),
      };
    }).filter(({ entries }) => entries > 0),
  );
}

/**
 * Sums of the book: the figures that every page shows and every file of the same filter must equal.
 */
export async function moneyTotals(ctx: UseCaseContext, filter: MoneyFilter): Promise<MoneyTotals> {
  const rows = await ctx.db
    .select({ id: programmes.id })
    .from(programmes)
    .where(and(requireReadableFunds(ctx), ofFund(filter)));
  const funds = new Set(rows.map(({ id }) => id));
  const [standing, moved] = await Promise.all([
    standingOf(ctx, filter, funds),
    filter.gift === undefined ? movedBy(ctx, filter, funds) : movedForGift(ctx, filter),
  ]);
  return { standing, moved };
}

async function movedBy(
  ctx: UseCaseContext,
  filter: MoneyFilter,
  funds: ReadonlySet<string>,
): Promise<MoneyTotals["moved"]> {
  const sums = await sumsOf(ctx, "money", filter, funds);
  return MONEY_ENTRY_KINDS.filter((kind) => filter.kind === undefined || kind === filter.kind)
    .toSorted()
    .map((kind) => {
      const its = sums.filter(({ of }) => of === kind);
      return {
        kind,
        entries: Number(its.reduce((sum, { entries }) => sum + entries, 0n)),
        amountFen: its.reduce((sum, { fen }) => sum + fen, 0n),
      };
    })
    .filter(({ entries }) => entries > 0);
}

/** Of one gift straight from its entries, which are few. */
const movedForGift = async (ctx: UseCaseContext, filter: MoneyFilter) =>
  ctx.db
    .select({
      kind: moneyEntries.kind,
      entries: sql<number>`count(*)::int`,
      amountFen: sql`coalesce(sum(${moneyTransfers.amountFen}), 0)`.mapWith((text: string) => BigInt(text)),
    })
    .from(moneyEntries)
    .innerJoin(programmes, eq(programmes.id, moneyEntries.programmeId))
    .innerJoin(
      moneyTransfers,
      and(eq(moneyTransfers.entryId, moneyEntries.id), eq(moneyTransfers.half, "what_for")),
    )
    .innerJoin(gifts, eq(gifts.id, moneyEntries.giftId))
    .where(and(requireReadableFunds(ctx), matches(filter)))
    .groupBy(moneyEntries.kind)
    .orderBy(moneyEntries.kind);
