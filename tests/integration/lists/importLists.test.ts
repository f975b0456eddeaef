import { readFile } from "node:fs/promises";
import { and, desc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { gathered } from "~/domain/kernel/batches";
import { readTable } from "~/domain/kernel/tables/readTable.server";
import { exportLists } from "~/domain/lists/desk/exportLists.server";
import { importLists } from "~/domain/lists/desk/importLists.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { retireItem } from "~/domain/lists/desk/standItem.server";
import { rulesInForce } from "~/domain/lists/inForce.server";
import { csvResponse } from "~/http/csv.server";
import { xlsxResponse } from "~/http/xlsx.server";
import { listItems, type ListName, listRules } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import { aPublishedItem } from "../../factories/lists";
import { aDonor, aTeam } from "../../factories/people";
import { aTable } from "../../factories/tables";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const HEAD = "code,category_zh,name_zh,target_group_zh,content_zh,provider_type_zh";
const listTable = (name: string, bytes: Uint8Array) => aTable({ name, bytes }, LIST_TABLE);
const csv = (...lines: string[]) => listTable("lists.csv", Buffer.from(`\uFEFF${lines.join("\r\n")}`));
const seed = async (list: ListName) =>
  listTable(
    "seed.csv",
    await readFile(`db/seed/data/${list === "government" ? "gov-welfare" : "social-services"}.csv`),
  );
const rowOf = async (world: World, code: string) =>
  (await world.db.select().from(listItems).where(eq(listItems.code, code)))[0];
const everything = (world: World) =>
  Promise.all([
    world.db.select().from(listItems).orderBy(listItems.code),
    world.db.select({ id: journal.id }).from(journal).orderBy(journal.id),
  ]);

test("the published lists, imported into an installation that has them, change nothing", async ({ db }) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const before = await everything(world);
  for (const [list, count] of [
    ["government", 85],
    ["social", 84],
  ] as const) {
    expect(await importLists(world.as(operator), { table: await seed(list), write: true })).toEqual({
      problems: [],
      rows: [],
      added: 0,
      changed: 0,
      same: count,
      written: true,
    });
  }

  expect(await everything(world)).toEqual(before);
});

test("what was exported, as CSV or XLSX, is read back as it was, however spreadsheets would like to run it", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const ctx = world.as(operator);
  const code = await aPublishedItem(world, operator, {
    name: "=1+1",
    content: '第一行\r\n第二行，有“引号”和 "quotes"',
    phone: "+86 760 0000",
    place: "'@角落",
    papers: "身份证\n-复印件, 两份",
    townCodes: ["442000001", "442000002"],
    situations: ["old_age", "illness"],
  });
  const { header, batches } = await exportLists(ctx, "social");
  const rows = await gathered(batches);
  expect(await gathered((await exportLists(ctx, "social", 7)).batches)).toEqual(rows);
  const file = await csvResponse(ctx, "social.csv", header, rows);
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(Buffer.from(bytes).toString("utf8")).toMatch(/,'=1\+1,/);
  const book = new Uint8Array(await (await xlsxResponse(ctx, "social.xlsx", header, rows)).arrayBuffer());
  const before = await everything(world);
  for (const name of ["social.csv", "social.xlsx"]) {
    const table = listTable(name, name.endsWith("csv") ? bytes : book);
    expect(await importLists(ctx, { table, write: true }), name).toMatchObject({
      problems: [],
      added: 0,
      changed: 0,
      written: true,
    });
  }

  expect(await everything(world)).toEqual(before);
  expect(header.slice(0, 6)).toEqual(HEAD.split(","));
  expect((await exportLists(ctx, "government")).header.slice(0, 7)).toEqual(
    "code,category_zh,name_zh,target_group_zh,content_zh,standard_zh,lead_agency_zh".split(","),
  );
  expect(await rowOf(world, code)).toMatchObject({
    name: "=1+1",
    place: "'@角落",
    papers: ["身份证", "-复印件, 两份"],
  });
});

test("changed texts become edits with their journal rows, new codes become drafts that say ask; the same file again changes nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const ctx = world.as(operator);
  const code = await aPublishedItem(world, operator, { phone: "0760-1", papers: "身份证" });
  const table = csv(
    `${HEAD},hours`,
    `${code},为老服务,上门洗头,行动不便的老人,志愿者每月上门一次,镇街社工站,周三`,
    "ZZ901,社会救助,送菜,独居老人,每周送菜,社区食堂,",
  );
  const before = await everything(world);
  expect(await importLists(ctx, { table, write: false })).toMatchObject({
    problems: [],
    added: 1,
    changed: 1,
    same: 0,
    written: false,
  });
  expect(await everything(world)).toEqual(before);
  expect(await importLists(ctx, { table, write: true })).toMatchObject({
    problems: [],
    added: 1,
    changed: 1,
    same: 0,
    written: true,
  });
  expect(await rowOf(world, code)).toMatchObject({
    name: "上门洗头",
    nameHant: "上門洗頭",
    nameEn: "上门洗头",
    hours: "周三",
    phone: "0760-1",
    papers: ["身份证"],
    state: "published",
  });
  const [edit] = await db
    .select({ data: journal.data, reason: journal.reason })
    .from(journal)
    .where(
      and(eq(journal.event, "list_item.edit"), eq(journal.entityId, (await rowOf(world, code))?.id ?? "")),
    )
    .orderBy(desc(journal.entityVersion));
  expect(edit).toEqual({ data: { changed: "content,name,nameHant,nameEn,hours" }, reason: "import" });
  expect(await rowOf(world, "ZZ901")).toMatchObject({ state: "draft", list: "social" });
  expect(
    await db
      .select({ kind: listRules.kind, edition: listRules.edition })
      .from(listRules)
      .where(eq(listRules.itemCode, "ZZ901")),
  ).toEqual([{ kind: "ask", edition: 1 }]);
  expect((await rulesInForce(db, world.clock.now())).some((rule) => rule.itemCode === "ZZ901")).toBe(false);
  const after = await everything(world);
  expect(await importLists(ctx, { table, write: true })).toMatchObject({
    problems: [],
    added: 0,
    changed: 0,
    same: 2,
    written: true,
  });
  for (const typed of ["ＺＺ９０１", "zz 901", "ZZ\u200b-901", "\u202dZZ901\u202c"])
    expect(
      await importLists(ctx, {
        table: csv(HEAD, `${typed},社会救助,送菜,独居老人,每周送菜,社区食堂`),
        write: true,
      }),
      typed,
    ).toMatchObject({
      problems: [],
      added: 0,
      changed: 0,
      same: 1,
    });
  expect(await everything(world)).toEqual(after);
});

test("two equal imports at once make one set of new entries", async ({ db }) => {
  const world = aWorld(db);
  const { operator, secondOperator } = await aTeam(world);
  const table = csv(
    HEAD,
    ...Array.from({ length: 8 }, (_row, index) => `ZY90${index},社会救助,第${index}项,老人,内容,社工站`),
  );
  const answers = await Promise.all(
    [operator, secondOperator].map((who) => importLists(world.as(who), { table, write: true })),
  );
  expect(answers.map((answer) => answer.added).sort()).toEqual([0, 8]);
});

test("every problem is told by row and column, and with one wrong row nothing is written", async ({ db }) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  const ctx = world.as(operator);
  const retired = await aPublishedItem(world, operator);
  await retireItem(ctx, retired);
  const table = csv(
    `${HEAD},situations,town_codes,url`,
    "ZX901,社会救助,好的一行,老人,内容,社工站,,,",
    "x1,社会救助,编号不对,老人,内容,社工站,,,",
    "ZX902,社会救助,,老人,内容,社工站,old_age 发财,,",
    "ZX903,社会救助,没有的镇,老人,内容,社工站,,442000999,",
    "ZX904,社会救助,网址不全,老人,内容,社工站,,,www.example.org",
    "ZX901,社会救助,又来一次,老人,内容,社工站,,,",
    "GW001,社会救助,别的清单,老人,内容,社工站,,,",
    `${retired},社会救助,停用的,老人,内容,社工站,,,`,
  );
  const before = await everything(world);
  const { problems, written } = await importLists(ctx, { table, write: true });
  expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
    "3 code",
    "4 name_zh",
    "4 situations",
    "5 town_codes",
    "6 url",
    "7 code",
    "8 code",
    "9 code",
  ]);
  expect(written).toBe(false);
  expect(await everything(world)).toEqual(before);
  const told = (...lines: string[]) => {
    const read = readTable({ name: "lists.csv", bytes: Buffer.from(lines.join("\r\n")) }, LIST_TABLE);
    return read.kind === "trouble" ? [read.trouble.problem, read.trouble.params] : read.kind;
  };

  expect(told(HEAD)).toEqual(["tables.noRows", undefined]);
  expect(told("code,name_zh,provider_type_zh", "ZX905,a,b")).toEqual([
    "tables.columnsMissing",
    { n: 3, columns: "category_zh、target_group_zh、content_zh" },
  ]);
  const both = await importLists(ctx, {
    table: csv(`${HEAD},lead_agency_zh`, "ZX905,a,b,c,d,e,f"),
    write: true,
  });
  expect(both.problems.map(({ row, column, problem }) => [row, column, problem])).toEqual([
    [0, "lead_agency_zh / provider_type_zh", "desk.importWhichList"],
  ]);
});

test("only operators import and export the lists", async ({ db }) => {
  const world = aWorld(db);
  const { caseworker } = await aTeam(world);
  for (const person of [caseworker, await aDonor(world)]) {
    await expect(exportLists(world.as(person), "social")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    await expect(
      importLists(world.as(person), { table: csv(HEAD, "ZX906,a,b,c,d,e"), write: false }),
    ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  }
});
