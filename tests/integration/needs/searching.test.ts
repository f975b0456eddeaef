import { expect } from "vitest";
import { searchLists } from "~/domain/lists/search/itemIndex.server";
import { listWishes } from "~/domain/needs/queries.server";
import { countWishes } from "~/domain/needs/wishCounts.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { listItems } from "~db/schema/directory";
import { aPublishedWish, aWishInput } from "../../factories/needs";
import { aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/** Published as what is wished for; answers with its code. */
async function wished(world: World, team: Team, title: string, item: string): Promise<string> {
  const person = { name: "甄演蓝", phone: "19900018181", address: "中山市演示西路8号", village: "演示蓝村" };
  return (
    await aPublishedWish(world, team, {
      title,
      lines: [{ item }],
      household: { ...aWishInput(world).household, person },
    })
  ).code;
}

test("wishes are found as the lists' entries are: by sounds, first letters, everyday words and with one mistake; page, count and choices agree", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const quilt = await wished(world, team, "冬天的被子", "加厚棉被");
  const pads = await wished(world, team, "两个月的护理用品", "成人纸尿裤");
  const lamp = await wished(world, team, "一盏护眼台灯", "LED护眼台灯");
  const aid = await wished(world, team, "听清楚邻居说话", "助听器");
  const find = async (q: string) => {
    const counted = await countWishes(world.system, { q });
    const { cards } = await listWishes(world.system, { q }, undefined, counted);
    expect(counted.total, q).toBe(cards.length);
    expect(
      counted.facets.town.reduce((sum, { n }) => sum + n, 0),
      q,
    ).toBe(cards.length);
    return cards.map((card) => card.code).sort();
  };

  const found: readonly [string, readonly string[]][] = [
    [quilt, ["棉被", "棉背", "绵被", "mianbei", "MIANBEI", "mianbai", "jhmb", "加厚被", "冬被"]],
    [pads, ["纸尿裤", "尿不湿", "尿不濕", "尿片", "zhiniaoku", "纸尿库", "紙尿褲"]],
    [lamp, ["台灯", "台燈", "檯燈", "臺燈", "taideng", "ｔａｉｄｅｎｇ", "led", "护眼灯", "台\u200b灯"]],
    [aid, ["助听器", "助听机", "助停器", "助听", "ztq", "邻居说话"]],
  ];
  for (const [code, ways] of found)
    for (const typed of ways) expect(await find(typed), typed).toEqual([code]);
  for (const typed of [
    "航天飞机",
    "!!!",
    "' | 'a':*",
    "棉被' & !'x",
    "\\",
    ":*",
    "甄演蓝",
    "zhenyanlan",
    "演示蓝村",
    "yanshilan",
    "19900018181",
    "演示西路",
  ])
    expect(await find(typed), typed).toEqual([]);
  expect(await find("棉被 护眼台灯")).toEqual([]);
});

test("what is asked besides words of many ways narrows them, in list, count and choices alike", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const lamp = await wished(world, team, "一盏护眼台灯", "LED护眼台灯");
  await wished(world, team, "听清楚邻居说话", "助听器");
  const find = async (filter: WishFilter) => {
    const counted = await countWishes(world.system, filter);
    const { cards } = await listWishes(world.system, filter, undefined, counted);
    expect(counted.total, JSON.stringify(filter)).toBe(cards.length);
    expect(
      counted.facets.kind.reduce((sum, { n }) => sum + n, 0),
      JSON.stringify(filter),
    ).toBe(cards.length);
    return cards.map((card) => card.code);
  };

  const bands = ["one", "few", "many"] as const;
  for (const q of ["taideng", "台登", "台灯"]) {
    expect(await find({ q, done: "yes" }), q).toEqual([]);
    expect((await Promise.all(bands.map((gap) => find({ q, gap })))).flat(), q).toEqual([lamp]);
    expect(await find({ q, group: "older_person", waiting: "month" }), q).toEqual([]);
  }

  expect((await Promise.all(bands.map((gap) => find({ gap })))).flat()).toHaveLength(2);
});

test("both searches know the same everyday words", async ({ db }) => {
  const { system } = aWorld(db);
  const entries = await db.select().from(listItems);
  const canteen = entries.find((entry) => entry.name.includes("长者饭堂") || entry.name.includes("助餐"));
  expect(canteen).toBeDefined();
  for (const typed of ["食堂", "老人食堂", "飯堂", "送餐"])
    expect((await searchLists(system, typed)).slice(0, 3), typed).toContain(canteen?.code);
});
