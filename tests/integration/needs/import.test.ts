import { readFile } from "node:fs/promises";
import { eq, like } from "drizzle-orm";
import { expect } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { readRows } from "~/domain/kernel/sheet.server";
import { importWishes } from "~/domain/needs/importWishes.server";
import { needLines, needs } from "~db/schema/needs";
import { aTeam, SHIQI } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const HEAD = "title_zh,item_zh,quantity,unit_zh,est_value_cny,group_zh,town_zh,story_zh,object_kind,sealed_name,row_key";
const GOOD = "一盏台灯,护眼台灯,2,盏,300,困境儿童,石岐街道,晚上写字光线暗。,lamp,甄演灯,a1";
const OTHER = "一个书包,双肩书包,1,个,120,困境儿童,石岐街道,书包坏了。,bag,甄演包,a2";

const csv = (...rows: string[]) => ({ name: "wishes.csv", bytes: Buffer.from(`\uFEFF${[HEAD, ...rows].join("\r\n")}`) });

test("a dry run tells every problem by row and column, and writes nothing; with one bad row nothing is written at all", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const bad = "没有单位,东西,1,筐,120,困境儿童,石岐街道,故事。,bag,甄演坏,b1";
  const wrongTown = "别处的,东西,1,个,120,困境儿童,小榄镇,故事。,bag,甄演处,b2";
  const unevenPrice = "除不尽,东西,7,个,100,困境儿童,石岐街道,故事。,bag,甄演除,b3";
  const rows = await readRows(csv(GOOD, bad, wrongTown, unevenPrice));
  const answer = await importWishes(ctx, { source: "t1", rows, townCode: SHIQI, write: true });
  expect(answer.written).toBe(0);
  expect(answer.problems.map((problem) => `${problem.row} ${problem.column}`)).toEqual(expect.arrayContaining(["3 unit_zh", "4 town_zh", "5 est_value_cny"]));
  expect(answer.problems.some((problem) => problem.row === 2)).toBe(false);
  expect(await db.select().from(needs).where(like(needs.importKey, "t1:%"))).toEqual([]);
});

test("importing the same file twice, or twice at once, adds nothing", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const rows = await readRows(csv(GOOD, OTHER));
  const once = () => importWishes(ctx, { source: "t2", rows, townCode: SHIQI, write: true });
  expect(await once()).toMatchObject({ written: 2, already: 0 });
  expect(await once()).toMatchObject({ written: 0, already: 2 });
  await Promise.allSettled([once(), once()]);
  expect(await db.select().from(needs).where(like(needs.importKey, "t2:%"))).toHaveLength(2);
});

test("two genuinely equal rows without keys are two wishes, and stay two when imported again", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const keyless = GOOD.replace(/,a1$/, ",");
  const rows = await readRows(csv(keyless, keyless));
  expect(await importWishes(ctx, { source: "t3", rows, townCode: SHIQI, write: true })).toMatchObject({ written: 2 });
  expect(await importWishes(ctx, { source: "t3", rows, townCode: SHIQI, write: true })).toMatchObject({ written: 0, already: 2 });
});

test("XLSX and GB18030 files read like UTF-8 ones", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const cells = [HEAD, GOOD].map((line) => line.split(",").map((value) => ({ type: String, value })));
  const sheet = await writeXlsxFile(cells).toBuffer();
  const fromXlsx = await readRows({ name: "wishes.xlsx", bytes: sheet });
  expect(fromXlsx).toEqual(await readRows(csv(GOOD)));
  // 台灯 in GB18030.
  const gb = Buffer.concat([Buffer.from("title_zh\r\n"), Buffer.from([0xcc, 0xa8, 0xb5, 0xc6])]);
  expect(await readRows({ name: "gb.csv", bytes: gb })).toEqual([{ title_zh: "台灯" }]);
  await importWishes(ctx, { source: "t4", rows: fromXlsx, townCode: SHIQI, write: true });
  const [need] = await db.select().from(needs).where(eq(needs.importKey, "t4:a1"));
  const [line] = await db
    .select()
    .from(needLines)
    .where(eq(needLines.needId, need?.id ?? ""));
  expect([need?.state, line?.requested, line?.unitPriceFen]).toEqual(["draft", 2n, 15_000n]);
});

test("nobody imports into a town that is not theirs, and an empty file says so", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  await expect(importWishes(ctx, { source: "t5", rows: [], townCode: "442000105", write: true })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  expect((await importWishes(ctx, { source: "t5", rows: [], townCode: SHIQI, write: true })).problems).toHaveLength(1);
});

test("the 62 wishes of the demo's own input read without a problem, town by town", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const rows = await readRows({ name: "micro-wishes.csv", bytes: await readFile("db/seed/data/micro-wishes.csv") });
  expect(rows).toHaveLength(62);
  const shiqi = rows.filter((row) => row["town_zh"] === "石岐街道");
  expect(await importWishes(ctx, { source: "t6", rows: shiqi, townCode: SHIQI, write: false })).toMatchObject({ rows: shiqi.length, problems: [] });
});
