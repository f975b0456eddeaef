import type { PlaceKind } from "~db/schema/books";

type Way = Readonly<{ from: PlaceKind; to: PlaceKind; units: bigint }>;

/** How many units of things came how far on the way from donors to homes, and where the others are. */
export type LaneUnits = Readonly<{
  /** Brought by donors, or bought. */
  given: bigint;
  bought: bigint;
  /** Left the points for homes, less what came back. */
  sentOut: bigint;
  delivered: bigint;
  atPoint: bigint;
  onTheWay: bigint;
  /** Given back to donors, given up, or lost. */
  gone: bigint;
}>;

const LEAVES: readonly PlaceKind[] = ["returned", "disposed", "lost"];

/** Reads them off the sums of the goods book. */
export function laneUnits(ways: readonly Way[]): LaneUnits {
  const sum = (wanted: (way: Way) => boolean) =>
    ways.reduce((units, way) => (wanted(way) ? units + way.units : units), 0n);
  const between = (from: PlaceKind, to: PlaceKind) => sum((way) => way.from === from && way.to === to);
  const standing = (kind: PlaceKind) => sum((way) => way.to === kind) - sum((way) => way.from === kind);
  return {
    given: between("donor", "point") - between("point", "donor"),
    bought: between("supplier", "point") - between("point", "supplier"),
    sentOut: between("point", "courier") - between("courier", "point"),
    delivered: standing("recipient"),
    atPoint: standing("point"),
    onTheWay: standing("courier"),
    gone: sum((way) => LEAVES.includes(way.to)) - sum((way) => LEAVES.includes(way.from)),
  };
}
