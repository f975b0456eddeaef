import type { UseCaseContext } from "~/domain/kernel/context.server";
import { talliesByMonth, talliesOf } from "~/domain/kernel/tally.server";
import { type DayCount, medianOf } from "./days";

export type TownTotals = Readonly<{
  open: bigint;
  claimed: bigint;
  delivered: bigint;
  /** Within so many days half of what was handed over was there; undefined where nothing was. */
  medianDays: number | undefined;
}>;

const OF_TOWN = /^(\d+) (\w+)$/;

/** The town that a sum is of, and what of it. */
function readPart(part: string): Readonly<{ town: string; of: string }> {
  const [, town = "", of = ""] = OF_TOWN.exec(part) ?? [];
  return { town, of };
}

/** The numbers of every town as they stand, and all days from promise to hand-over: they name nobody. */
export async function townTotals(ctx: UseCaseContext) {
  const [units, days] = await Promise.all([talliesOf(ctx.db, "towns"), talliesOf(ctx.db, "days")]);
  const unitsOf = (town: string, of: string) =>
    units.find(({ part }) => part === `${town} ${of}`)?.units ?? 0n;
  const counts = days.map((sum) => ({ ...readPart(sum.part), units: sum.units }));

  const countsIn = (town?: string): DayCount[] => {
    const perDay = new Map<number, bigint>();

    for (const { town: its, of, units: more } of counts)
      if (town === undefined || town === its)
        perDay.set(parseInt(of, 10), (perDay.get(parseInt(of, 10)) ?? 0n) + more);

    return [...perDay].map(([count, sum]) => ({ days: count, units: sum }));
  };

  return {
    ofTown: (town: string): TownTotals => ({
      open: unitsOf(town, "open"),
      claimed: unitsOf(town, "claimed"),
      delivered: unitsOf(town, "delivered"),
      medianDays: medianOf(countsIn(town)),
    }),
    days: countsIn(),
  };
}

/** How often each event of the account was told in the months since that day. */
export async function toldSince(ctx: UseCaseContext, from: string): Promise<ReadonlyMap<string, number>> {
  const told = new Map<string, number>();

  for (const { part, entries } of await talliesByMonth(ctx.db, "told", from)) {
    const event = part.replace(" ", ".");
    told.set(event, (told.get(event) ?? 0) + Number(entries));
  }

  return told;
}
