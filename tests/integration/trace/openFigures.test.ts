import { expect } from "vitest";
import { OPEN_DATASETS, openSchema } from "~/domain/trace/openDatasets";
import { openFigures } from "~/domain/trace/openFigures.server";
import { townPage } from "~/domain/trace/townPage.server";
import { handedOver } from "../../factories/delivery";
import { aPublishedWish } from "../../factories/needs";
import { aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { aPaidWish, test } from "../../support/payments";

test("open figures name nobody: no row stands for fewer than five, what is fewer is put together, and columns are those of the schema", async ({
  world,
  desk,
}) => {
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  for (let wish = 0; wish < 5; wish += 1) await aPublishedWish(world, team, { lines: [{ quantity: 2n }] });
  await aPublishedWish(world, elsewhere, { lines: [{ quantity: 7n }] });
  await handedOver(world, team, { quantity: 3n });

  // Of Guzhen's one wish somebody could be told, so the rows of both towns stand as one.
  const wishes = await openFigures(world.system, "wishes");
  expect(wishes).toMatchObject([
    { town_code: "", town: "", item_code: "bag", wishes: 7, requested: 20, claimed: 3, delivered: 3 },
  ]);
  expect(Object.keys(wishes[0] ?? {})).toEqual(Object.keys(OPEN_DATASETS.wishes.columns));
  // Three moves of one parcel, and few entries of money: nothing is told of them yet.
  expect(await openFigures(world.system, "goods")).toEqual([]);
  await aPaidWish(world, desk);
  expect(await openFigures(world.system, "money")).toEqual([]);

  await handedOver(world, team, { quantity: 1n });
  const goods = await openFigures(world.system, "goods");
  expect(goods).toMatchObject([{ from: "", to: "", moves: 6, units: 12 }]);
  expect(openSchema("https://x.example/api/open").datasets.map(({ csv }) => csv)).toContain(
    "https://x.example/api/open/money.csv",
  );
});

test("the page of a town shows its own figures, wishes and point, and nothing of another's; a code that is no town's does not exist", async ({
  world,
}) => {
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const here = await aPublishedWish(world, team, { lines: [{ quantity: 2n }] });
  await aPublishedWish(world, elsewhere, { lines: [{ quantity: 7n }] });
  const page = await townPage(world.system, SHIQI);
  expect([page.figures.open, page.waiting.map(({ code }) => code), page.delivered]).toEqual([
    2n,
    [here.code],
    [],
  ]);
  expect(page.points.map(({ townCode }) => townCode)).toEqual([SHIQI]);
  for (const code of ["442000999", "", "constructor"])
    await expect(townPage(world.system, code)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
