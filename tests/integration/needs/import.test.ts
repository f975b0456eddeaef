import { readFile } from "node:fs/promises";
import { eq, isNotNull } from "drizzle-orm";
import { expect } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { importWishes } from "~/domain/needs/imports/importWishes.server";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import type { Database } from "~db/client";
import { households } from "~db/schema/households";
import { needLines, needs } from "~db/schema/needs";
import { aPerson, aTeam, SHIQI } from "../../factories/people";
import { aTable } from "../../factories/tables";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const DONGQU = "442000002";
const HEAD =
  "title_zh,item_zh,quantity,unit_zh,est_value_cny,group_zh,town_zh,story_zh,object_kind,sealed_name,row_key";
/** Two rows of people that only this test knows: what one test imported, another one would find. */
const rowsOf = (whose: string) =>
  [
    `一盏台灯,护眼台灯,2,盏,300,困境儿童,石岐街道,晚上写字光线暗。,lamp,甄演${whose}灯,a1`,
    `一个书包,双肩书包,1,个,120,困境儿童,石岐街道,书包坏了。,bag,甄演${whose}包,a2`,
  ] as const;

const csv = (...rows: string[]) =>
  aTable({ name: "wishes.csv", bytes: Buffer.from(`\uFEFF${[HEAD, ...rows].join("\r\n")}`) }, WISH_TABLE);
const input = async (name: string) =>
  aTable({ name, bytes: await readFile(`tests/inputs/${name}`) }, WISH_TABLE);
const imported = async (db: Database) => db.select().from(needs).where(isNotNull(needs.importKey));

test("a try-out tells every problem by row and heading, and writes nothing; with one bad row nothing is written at all", async ({
  db,
}) => {
  const [good] = rowsOf("试");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const before = (await imported(db)).length;
  const table = csv(
    good,
    "没有单位,东西,1,筐,120,困境儿童,石岐街道,故事。,bag,甄演坏,b1",
    "别处的,东西,1,个,120,困境儿童,小榄镇,故事。,bag,甄演处,b2",
    "除不尽,东西,7,个,100,困境儿童,石岐街道,故事。,bag,甄演除,b3",
    "没有金额,东西,1,个,不详,困境儿童,石岐街道,故事。,bag,甄演额,b4",
    "没有这种,东西,1,个,100,困境儿童,石岐街道,故事。,dragon,甄演种,b5",
  );
  const answer = await importWishes(ctx, { fileName: "t1.csv", table, townCode: SHIQI, write: true });
  expect(answer.written).toBe(false);
  expect(answer.problems.map(({ row, column, problem }) => `${row} ${column} ${problem}`)).toEqual([
    "3 unit_zh intake.importUnknown",
    "4 town_zh intake.importOtherTown",
    "5 est_value_cny intake.importUneven",
    "6 est_value_cny common.amountWrong",
    "7 object_kind intake.importUnknown",
  ]);
  expect(answer.problems[2]?.params).toEqual({ value: "100.00", n: "7", below: "99.96", above: "100.03" });
  expect((await imported(db)).length).toBe(before);
});

test("row keys belong to their town and file: another town's rows, and another file's, are other wishes", async ({
  db,
}) => {
  const [good] = rowsOf("钥");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const there = world.as(await aPerson(world, { role: "caseworker", scope: { kind: "town", id: DONGQU } }));
  const before = (await imported(db)).length;
  expect(
    await importWishes(ctx, {
      fileName: "townA.csv",
      table: await input("townA.csv"),
      townCode: SHIQI,
      write: true,
    }),
  ).toMatchObject({ skipped: [], written: true });
  const townB = { fileName: "townB.csv", table: await input("townB.csv"), townCode: DONGQU };
  expect(
    (await importWishes(there, { ...townB, write: false })).made.map(({ row, title }) => [row, title]),
  ).toEqual([
    [2, "乙镇台灯一"],
    [3, "乙镇台灯二"],
  ]);
  expect(await importWishes(there, { ...townB, write: true })).toMatchObject({ skipped: [], written: true });
  // The same town, the same keys, the file of another month.
  const next = csv(good.replace("a1", "1").replace("甄演", "甄月"));
  expect(
    (await importWishes(ctx, { fileName: "next month.csv", table: next, townCode: SHIQI, write: true })).made,
  ).toHaveLength(1);
  expect((await imported(db)).length - before).toBe(5);
});

test("importing the same file twice, a copy of it, or twice at once, adds nothing; each row says why it is left out", async ({
  db,
}) => {
  const [good, other] = rowsOf("双");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const before = (await imported(db)).length;
  const once = (fileName = "名单.csv") =>
    importWishes(ctx, { fileName, table: csv(good, other), townCode: SHIQI, write: true });
  const both = await Promise.all([once(), once()]);
  expect(both.map(({ made }) => made.length).sort()).toEqual([0, 2]);
  for (const name of ["名单.csv", "名单 (1).csv", "名单 - 副本.xlsx", "C:\\家\\名单.CSV"])
    expect(
      (await once(name)).skipped.map(({ reason }) => reason),
      name,
    ).toEqual(["already", "already"]);
  expect((await once("别的名字.csv")).skipped.map(({ reason }) => reason)).toEqual([
    "elsewhere",
    "elsewhere",
  ]);
  expect((await imported(db)).length - before).toBe(2);
});

test("the same key with other content is named by its row with the wish that it was, and the rest is written", async ({
  db,
}) => {
  const [good, other] = rowsOf("改");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  await importWishes(ctx, { fileName: "a.csv", table: csv(good), townCode: SHIQI, write: true });
  const { made, skipped } = await importWishes(ctx, {
    fileName: "a.csv",
    table: csv(good.replace(",2,盏,300", ",3,盏,300"), other),
    townCode: SHIQI,
    write: true,
  });
  expect(made.map(({ row }) => row)).toEqual([3]);
  expect(skipped).toEqual([
    expect.objectContaining({
      row: 2,
      reason: "changed",
      need: { id: expect.any(String) as string, code: expect.any(String) as string },
    }),
  ]);
  // Written otherwise, and the same all the same.
  const same = csv(good.replace(",2,盏,300", ',２,盏,"￥300.00"'));
  expect(
    (await importWishes(ctx, { fileName: "a.csv", table: same, townCode: SHIQI, write: true })).skipped.map(
      ({ reason }) => reason,
    ),
  ).toEqual(["already"]);
  const widened = csv(
    good
      .replace(",盏,", ",\u200b盏\u3000,")
      .replace("石岐街道", "\u202d石岐街道\u202c")
      .replace("lamp", "ｌａｍｐ")
      .replace(",a1", ",ａ\u200b１"),
  );
  for (const fileName of ["a.csv", "Ａ.csv", "\u202da\u202c.csv", "\u200ba (1).csv"])
    expect(
      await importWishes(ctx, { fileName, table: widened, townCode: SHIQI, write: true }),
      fileName,
    ).toMatchObject({
      problems: [],
      made: [],
      skipped: [{ reason: "already" }],
    });
  // One key for two wishes of one file is a mistake; the same row twice is one wish.
  const twice = await importWishes(ctx, {
    fileName: "b.csv",
    table: csv(good, other.replace("a2", "a1")),
    townCode: SHIQI,
    write: true,
  });
  expect(twice.problems).toEqual([
    { row: 3, column: "row_key", problem: "intake.importKeyTwice", params: { key: "a1", row: 2 } },
  ]);
  const again = good.replace("甄演", "甄再");
  expect(
    await importWishes(ctx, { fileName: "c.csv", table: csv(again, again), townCode: SHIQI, write: true }),
  ).toMatchObject({
    made: [{ row: 2 }],
    skipped: [{ row: 3, reason: "twice" }],
  });
});

test("without keys a row is what its columns mean: their order, an empty one more and how a number is written make no new wish", async ({
  db,
}) => {
  const [good] = rowsOf("无");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const before = (await imported(db)).length;
  const run = (name: string, table: ReturnType<typeof csv>) =>
    importWishes(ctx, { fileName: name, table, townCode: SHIQI, write: true });
  expect((await run("nokey.csv", await input("nokey.csv"))).made).toHaveLength(2);
  expect(await run("nokey-extra-column.csv", await input("nokey-extra-column.csv"))).toMatchObject({
    made: [],
    skipped: [{ reason: "already" }, { reason: "already" }],
  });
  const [head = "", ...lines] = (await readFile("tests/inputs/nokey.csv", "utf8")).trim().split(/\r?\n/);
  const turned = [head, ...lines].map((line) => line.split(",").reverse().join(",")).join("\n");
  expect(
    (
      await run(
        "other.csv",
        aTable({ name: "other.csv", bytes: Buffer.from(turned.replaceAll(",150,", ",150元,")) }, WISH_TABLE),
      )
    ).made,
  ).toEqual([]);
  // Two genuinely equal rows are two wishes, and stay two.
  const keyless = good.replace(/,a1$/, ",");
  expect((await run("t3.csv", csv(keyless, keyless))).made).toHaveLength(2);
  expect((await run("t3.csv", csv(keyless, keyless, keyless))).made.map(({ row }) => row)).toEqual([4]);
  expect((await imported(db)).length - before).toBe(5);
});

test("XLSX reads like CSV, and what is written is what the try-out said", async ({ db }) => {
  const [good] = rowsOf("册");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const cells = [HEAD, good].map((line) => line.split(",").map((value) => ({ type: String, value })));
  const table = aTable({ name: "wishes.xlsx", bytes: await writeXlsxFile(cells).toBuffer() }, WISH_TABLE);
  expect(table).toEqual(csv(good));
  expect(await importWishes(ctx, { fileName: "t4.xlsx", table, townCode: SHIQI, write: true })).toMatchObject(
    {
      made: [{ row: 2, quantity: "2", unit: "盏", totalFen: "30000", eachFen: "15000" }],
      withoutAge: 1,
    },
  );
  const need = (await imported(db)).at(-1);
  const [line] = await db
    .select()
    .from(needLines)
    .where(eq(needLines.needId, need?.id ?? ""));
  expect([need?.state, line?.requested, line?.unitPriceFen]).toEqual(["draft", 2n, 15_000n]);
});

test("amounts read as the form reads them; a piece that belongs to the unit, not to the number, is named", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const { problems, made } = await importWishes(ctx, {
    fileName: "thousands.csv",
    table: await input("thousands.csv"),
    townCode: SHIQI,
    write: false,
  });
  expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual(["6 quantity"]);
  expect(made).toEqual([]);
  const rest = await input("thousands.csv");
  const legible = { ...rest, rows: rest.rows.filter(({ row }) => row !== 6) };
  const read = await importWishes(ctx, {
    fileName: "thousands.csv",
    table: legible,
    townCode: SHIQI,
    write: false,
  });
  expect(read.made.map(({ totalFen, quantity }) => [totalFen, quantity])).toEqual([
    ["120000", "1"],
    ["15000", "1"],
    ["15000", "1"],
    ["15000", "1"],
  ]);
});

test("keys tell nothing of a person, and with an erased household what its row said is gone; the row stays known", async ({
  db,
}) => {
  const [good] = rowsOf("额");
  const world = aWorld(db);
  const team = await aTeam(world);
  const ctx = world.as(team.caseworker);

  await importWishes(ctx, { fileName: "甄演删.csv", table: csv(good), townCode: SHIQI, write: true });
  const need = (await imported(db)).at(-1);
  expect(`${need?.importKey ?? ""} ${need?.importContent ?? ""}`).toMatch(/^[\w-]{43} [\w-]{43}$/);
  await withdrawNeed(ctx, need?.id ?? "", "moved");
  const [household] = await db
    .select()
    .from(households)
    .where(eq(households.id, need?.householdId ?? ""));
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  await eraseHousehold(world.as(admin), household?.id ?? "", {
    code: household?.code ?? "",
    reason: "person_asked",
  });
  expect(
    (
      await db
        .select()
        .from(needs)
        .where(eq(needs.id, need?.id ?? ""))
    )[0]?.importContent,
  ).toBeNull();
  expect(
    (
      await importWishes(ctx, { fileName: "甄演删.csv", table: csv(good), townCode: SHIQI, write: true })
    ).skipped.map(({ reason }) => reason),
  ).toEqual(["already"]);
});

test("nobody imports into a town that is not theirs", async ({ db }) => {
  const [good] = rowsOf("删");
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  await expect(
    importWishes(ctx, { fileName: "t5.csv", table: csv(good), townCode: "442000105", write: true }),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("the 62 wishes of the demo's own input read without a problem, town by town", async ({ db }) => {
  const world = aWorld(db);
  const ctx = world.as((await aTeam(world)).caseworker);
  const table = aTable(
    { name: "micro-wishes.csv", bytes: await readFile("db/seed/data/micro-wishes.csv") },
    WISH_TABLE,
  );
  expect(table.rows).toHaveLength(62);
  const shiqi = { ...table, rows: table.rows.filter(({ cells }) => cells["town_zh"] === "石岐街道") };
  expect(
    await importWishes(ctx, { fileName: "t6.csv", table: shiqi, townCode: SHIQI, write: false }),
  ).toMatchObject({ rows: shiqi.rows.length, problems: [] });
});
