import { ownOf } from "~/domain/kernel/own";
import { TOWN_TILES } from "../needs/townTiles";

/**
 * How far two towns lie apart on the tile map, in tiles. It is a sketch and no distance in kilometres; a town
 * that is not on it lies behind all others.
 */
export function tilesApart(one: string, other: string): number {
  const [here, there] = [ownOf(TOWN_TILES, one), ownOf(TOWN_TILES, other)];
  if (one === other) return 0;
  if (here === undefined || there === undefined) return Infinity;
  return Math.hypot(here[0] - there[0], here[1] - there[1]);
}
