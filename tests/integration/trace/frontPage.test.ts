import { asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { publishedItem } from "~/domain/lists/published.server";
import { suspendNeed } from "~/domain/needs/endNeed.server";
import { facetNames, formNames, readPoints } from "~/domain/reference/queries.server";
import { homePage, liveNumbers } from "~/domain/trace/frontPage.server";
import { listItems } from "~db/schema/directory";
import { beneficiaryGroups, objectKinds, towns } from "~db/schema/reference";
import { seedDemoCharity } from "~db/seed/charity";
import { handedOver, inStore } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish, aSubmittedWish } from "../../factories/needs";
import { anOrganisation, aPublishedOrganisationNeed } from "../../factories/organisationNeeds";
import { aDonor, aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const numbers = async (world: World) => {
  const { open, claimed, delivered } = await liveNumbers(world.system);
  return [open, claimed, delivered];
};

test("the three numbers of the front page count things as they stand now: never money, nothing that is not public, nothing twice", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  expect(await numbers(world)).toEqual([0, 0, 0]);
  await aSubmittedWish(world, team, { lines: [{ quantity: 7n }] });
  expect(await numbers(world)).toEqual([0, 0, 0]);
  const wish = await aPublishedWish(world, team, {
    lines: [{ quantity: 5n }, { objectKind: "lamp", item: "台灯", quantity: 2n }],
  });
  expect(await numbers(world)).toEqual([7, 0, 0]);
  const gift = await aConfirmedGift(world, await aDonor(world), wish.line.id, 3n);
  expect(await numbers(world)).toEqual([4, 3, 0]);
  await inStore(world, team, gift.pledge.id, 2n);
  expect(await numbers(world)).toEqual([4, 3, 0]);
  // What arrived was claimed before: it stays in the second number.
  await handedOver(world, team, { quantity: 4n });
  expect(await numbers(world)).toEqual([4, 7, 4]);

  await seedDemoCharity(db, { now: world.clock.now(), newId: world.system.newId });
  const { organisation, member } = await anOrganisation(world);
  await aPublishedOrganisationNeed(world, await member("org_editor"), organisation.id);
  expect(await numbers(world)).toEqual([6, 7, 4]);
  const other = await aPublishedWish(world, team, { lines: [{ quantity: 9n }] });
  await suspendNeed(world.as(team.operator), other.needId, "complaint");
  expect(await numbers(world)).toEqual([6, 7, 4]);
  await withdrawNeed(world.as(team.caseworker), wish.needId, "moved");
  expect((await numbers(world))[0]).toBe(2);
  expect((await liveNumbers(world.system)).asOf).toEqual(world.clock.now());
});

test("the front page shows three who wait longest and three that are new, none twice and none that is not open, and every town with what is open there", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const published = async (at: typeof team) => {
    world.clock.advance({ days: 1 });
    return (await aPublishedWish(world, at)).code;
  };

  const codes = [
    await published(team),
    await published(elsewhere),
    await published(team),
    await published(team),
  ];
  const shown = async () => {
    const { waiting, newest } = await homePage(world.system);
    return [waiting.map((card) => card.code), newest.map((card) => card.code)];
  };

  expect(await shown()).toEqual([codes.slice(0, 3), codes.slice(3)]);
  codes.push(await published(team), await published(team), await published(team));
  expect(await shown()).toEqual([codes.slice(0, 3), codes.slice(4).reverse()]);

  const gone = await aPublishedWish(world, team);
  await withdrawNeed(world.as(team.caseworker), gone.needId, "moved");
  expect((await shown()).flat()).not.toContain(gone.code);
  const { byTown } = await homePage(world.system);
  const known = await db.select().from(towns).orderBy(asc(towns.sort));
  expect(byTown.map(({ code }) => code)).toEqual(known.map(({ code }) => code));
  expect(byTown.filter(({ n }) => n > 0).map(({ code, n }) => [code, n])).toEqual([
    [SHIQI, 6],
    [GUZHEN, 1],
  ]);
});

test("what was handed over last stands on the front page, latest first and five at most, as a thing and a town and nothing of the person", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (const item of ["一", "二", "三", "四", "五", "六"]) {
    world.clock.advance({ hours: 1 });
    await handedOver(world, team, { quantity: 1n, title: `${item}号心愿` });
  }

  const { delivered } = await homePage(world.system);
  expect(delivered).toHaveLength(5);
  expect(delivered.map(({ at }) => at)).toEqual(
    [4, 3, 2, 1, 0].map((hour) => new Date(world.clock.now().getTime() - (4 - hour) * 3_600_000)),
  );
  expect(Object.keys(delivered[0] ?? {}).sort()).toEqual([
    "at",
    "id",
    "itemHans",
    "itemHant",
    "kindEn",
    "quantity",
    "town",
    "unit",
  ]);
  expect(delivered[0]).toMatchObject({ quantity: 1n, itemHans: "双肩书包", town: { code: SHIQI } });
  expect(
    JSON.stringify(delivered, (_key, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    ),
  ).not.toMatch(/演示路|蓝色|号心愿/);
});

test("lists are filtered, and forms filled, by what is taken: towns and groups in their order, no thing that the portal refuses, no money as a unit", async ({
  db,
}) => {
  const world = aWorld(db);
  const facets = await facetNames(world.system);
  const known = await db.select({ code: towns.code }).from(towns).orderBy(asc(towns.sort));
  expect(known.length).toBeGreaterThan(20);
  expect(facets.towns.map(({ code }) => code)).toEqual(known.map(({ code }) => code));
  const things = await db.select().from(objectKinds).orderBy(asc(objectKinds.sort));
  const refused = things.filter((thing) => thing.refused).map(({ code }) => code);
  expect(refused.length).toBeGreaterThan(0);
  expect(facets.kinds.map(({ code }) => code)).toEqual(
    things.filter((thing) => !thing.refused).map(({ code }) => code),
  );
  await db.update(objectKinds).set({ refused: true }).where(eq(objectKinds.code, "bag"));
  // A running process tells of it a minute later.
  expect((await facetNames(world.system)).kinds.map(({ code }) => code)).toContain("bag");
  world.clock.advance({ minutes: 1 });
  expect((await facetNames(world.system)).kinds.map(({ code }) => code)).not.toContain("bag");

  const form = await formNames(world.system);
  const groups = await db
    .select({ code: beneficiaryGroups.code })
    .from(beneficiaryGroups)
    .orderBy(asc(beneficiaryGroups.sort));
  expect([form.groups.map(({ code }) => code), form.towns, form.kinds.length]).toEqual([
    groups.map(({ code }) => code),
    facets.towns,
    facets.kinds.length - 1,
  ]);
  expect(form.units.map(({ code }) => code)).toContain("piece");
  expect(form.units.map(({ code }) => code)).not.toContain("fen");
});

test("every town has its service point, in the towns' order, each with where it is, when it is open and its phone", async ({
  db,
}) => {
  const points = await readPoints({ db, now: () => new Date() });
  const order = (await db.select({ code: towns.code }).from(towns).orderBy(asc(towns.sort))).map(
    ({ code }) => code,
  );
  expect(points.map(({ town }) => town.code)).toEqual(order);
  expect(
    points.filter(
      ({ point, town }) =>
        point.townCode !== town.code || [point.address, point.hours, point.phone].includes(""),
    ),
  ).toEqual([]);
});

test("a mistake can be reported of an entry that is public, on its own list; a draft, a retired one and another list's do not exist", async ({
  db,
}) => {
  expect(await publishedItem(db, "social", "SS023")).toMatchObject({
    code: "SS023",
    list: "social",
    state: "published",
  });
  for (const [list, code] of [
    ["government", "SS023"],
    ["social", "SS999"],
    ["social", "ss023"],
  ] as const)
    await expect(publishedItem(db, list, code)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const state of ["draft", "retired"] as const) {
    await db.update(listItems).set({ state }).where(eq(listItems.code, "SS023"));
    await expect(publishedItem(db, "social", "SS023")).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});
