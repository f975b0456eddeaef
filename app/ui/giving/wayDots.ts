import type { HumanWay } from "~/domain/trace/giftWays";
import { dotsOf, type UnitsByPlace } from "../primitives/unitWords";

const sum = (units: readonly bigint[]): bigint => units.reduce((all, one) => all + one, 0n);

const reachedAt = ({ steps }: HumanWay, name: string): bigint | undefined =>
  steps.find((step) => step.name === name)?.reached;

/** Where the units of a gift are; undefined where it has none, as money has. */
export function dotsOfWays(ways: readonly HumanWay[]): UnitsByPlace | undefined {
  const counted = ways.filter(({ kind }) => kind !== "money");
  if (counted.length === 0) return undefined;
  const last = (way: HumanWay): bigint => way.steps.at(-1)?.reached ?? 0n;
  const claimed = sum(counted.map(({ units }) => units));
  return dotsOf({
    requested: claimed,
    claimed,
    received: sum(counted.map((way) => reachedAt(way, "at_point") ?? last(way))),
    delivered: sum(counted.map(last)),
  });
}

/** How much money of a gift is spent, and how much it is, in fen; undefined where it is of none. */
export function moneyOfWays(
  ways: readonly HumanWay[],
): Readonly<{ spentFen: bigint; givenFen: bigint }> | undefined {
  const way = ways.find(({ kind }) => kind === "money");
  return way && { spentFen: way.steps.at(-1)?.reached ?? 0n, givenFen: way.units };
}
