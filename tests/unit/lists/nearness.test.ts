import { expect, test } from "vitest";
import { tilesApart } from "~/ui/lists/nearness";

test("a town lies nearest to itself, then to its neighbours on the tile map; one that is not on it lies behind all", () => {
  const [shiqi, neighbour, far] = ["442000001", "442000004", "442000105"];
  const apart = [shiqi, neighbour, far, "442000999"].map((town) => tilesApart(shiqi, town));
  expect(apart).toEqual(apart.toSorted((a, b) => a - b));
  expect([apart[0], apart[1], apart[3]]).toEqual([0, 1, Infinity]);
  expect(tilesApart("442000999", "442000999")).toBe(0);
});
