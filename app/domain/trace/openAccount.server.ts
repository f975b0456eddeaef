import { publicWays } from "~/domain/books/goodsQueries.server";
import { publicMonths, publicStanding } from "~/domain/books/moneyTotals.server";
import { toldSince, townTotals } from "~/domain/books/townTotals.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { boughtLately } from "~/domain/payments/boughtLately.server";
import { facetNames } from "~/domain/reference/queries.server";
import { CORRECTING_EVENTS, LATE_EVENTS } from "~db/schema/tallies";
import { deliveredLately } from "./deliveredLately.server";
import { liveNumbers } from "./frontPage.server";
import { laneUnits } from "./lanes";
import { lastMonths } from "./months";

const MONTHS_SHOWN = 12;
const BOUGHT_SHOWN = 8;
const DELIVERED_SHOWN = 6;

/** Every town with its three numbers and its days, in the towns' order. */
export async function townRows(ctx: UseCaseContext) {
  const [{ towns }, totals] = await Promise.all([facetNames(ctx), townTotals(ctx)]);
  return { rows: towns.map((town) => ({ ...town, ...totals.ofTown(town.code) })), days: totals.days };
}

/**
 * The public account: kept sums of money, things, towns and days, how often something was put right or came
 * late in the last twelve months, and what was bought and handed over last. It costs the same in any city.
 */
export async function openAccount(ctx: UseCaseContext) {
  const months = lastMonths(shanghaiDay(ctx.now()), MONTHS_SHOWN);
  const from = `${months[0] ?? ""}-01`;
  const [numbers, standing, moneyMonths, ways, towns, told, bought, delivered] = await Promise.all([
    liveNumbers(ctx),
    publicStanding(ctx),
    publicMonths(ctx, from),
    publicWays(ctx),
    townRows(ctx),
    toldSince(ctx, from),
    boughtLately(ctx, BOUGHT_SHOWN),
    deliveredLately(ctx, { most: DELIVERED_SHOWN }),
  ]);
  const none = { receivedFen: 0n, spentFen: 0n, refundedFen: 0n };
  return {
    numbers,
    standing,
    months: months.map((month) => ({ ...none, ...moneyMonths.find((one) => one.month === month), month })),
    lanes: laneUnits(ways),
    towns: towns.rows,
    days: towns.days,
    corrected: happened(CORRECTING_EVENTS, told),
    late: happened(LATE_EVENTS, told),
    bought,
    delivered,
  };
}

/** Those of these events that happened, the commonest first. */
const happened = (events: readonly string[], told: ReadonlyMap<string, number>) =>
  events
    .map((event) => ({ event, times: told.get(event) ?? 0 }))
    .filter(({ times }) => times > 0)
    .toSorted((a, b) => b.times - a.times);
