import { asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { transition } from "~/domain/kernel/transition.server";
import { LIST_ITEM } from "~/domain/lists/desk/machines.server";
import { importHsds } from "~/domain/lists/hsds/importHsds.server";
import { Service } from "~/domain/lists/hsds/shapes";
import { loader as services } from "~/routes/api/hsds/services";
import type { Database } from "~db/client";
import { listItems, listRules } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import {
  aForeignService,
  anOperator,
  idOf,
  json,
  ndjson,
  PLACE,
  stepsOfEntries,
  takeIn,
  takenIn,
  told,
  tryOut,
} from "../../factories/hsds";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { argsForAnybody } from "../../support/routeArgs";
import { aWorld, type World } from "../../support/world";

const everything = async (world: World): Promise<string> =>
  (
    await services(argsForAnybody(world, "http://portal.test/api/hsds/services?format=ndjson&full=true"))
  ).text();

async function furnish(db: Database): Promise<void> {
  const full = {
    howToApply: "带身份证办理。",
    papers: ["身份证", "户口簿"],
    url: "https://example.org/服务",
    phone: "0760-00000001转12、0760-00000002；0760-00000002",
    checkedAt: new Date("2026-02-03T04:05:06Z"),
  };
  await db
    .update(listItems)
    .set({
      ...full,
      place: "石岐街道公共服务办",
      hours: "周一至周五；周六上午",
      townCodes: ["442000001", "442000105"],
    })
    .where(eq(listItems.code, "GW001"));
  await db
    .update(listItems)
    .set({ nameEn: "Folic acid", audiences: ["woman", "everyone"], situations: ["pregnancy"] })
    .where(eq(listItems.code, "GW004"));
}

test("the lists given out and taken in where nothing was before are given out again byte by byte; taken in twice, nothing changes", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await furnish(db);
  const before = await everything(world);
  const lines = before.trimEnd().split("\n").length;
  expect(lines).toBeGreaterThan(160);

  // Into the same lists: every record reads as it does already.
  expect(await takeIn(ctx, [ndjson(before)])).toMatchObject({
    fresh: 0,
    changes: [],
    same: lines,
    rows: { total: lines, refused: 0 },
  });
  expect(await stepsOfEntries(db)).toBe(0);

  await db.delete(listRules);
  await db.delete(listItems);
  const dry = await tryOut(ctx, [ndjson(before)]);
  expect([dry.fresh, dry.written, (await db.select().from(listItems)).length]).toEqual([lines, false, 0]);
  expect(dry.notes.filter((note) => note.outcome === "refused" || note.code === "not_kept")).toEqual([]);
  await takeIn(ctx, [ndjson(before)]);
  expect(await everything(world)).toBe(before);
  const rows = await db.select().from(listItems).orderBy(asc(listItems.number));
  expect([rows[0]?.code, rows.map((row) => row.number), rows.every((row) => row.hsdsId === null)]).toEqual([
    "GW001",
    rows.map((_row, index) => index + 1),
    true,
  ]);

  const again = await takeIn(ctx, [ndjson(before)]);
  expect([again.fresh, again.changes, again.same, await stepsOfEntries(db)]).toEqual([0, [], lines, lines]);
  expect((await db.select().from(listItems)).every((row) => row.version === 1)).toBe(true);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("a service of elsewhere keeps its id, gets a code of ours, and comes out again as it went in", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const record = aForeignService("日间照料", {
    minimum_age: 60,
    maximum_age: 99.5,
    assured_date: "2026-01-15",
    url: "https://example.org/day-care",
    application_process: "打电话预约。",
    phones: [{ id: idOf("phone"), number: "0760-00000003", extension: 8 }],
    schedules: [
      {
        id: idOf("morning"),
        freq: "WEEKLY",
        byday: "MO,TU,WE",
        opens_at: "09:00",
        closes_at: "12:00",
        timezone: 8,
      },
      {
        id: idOf("afternoon"),
        freq: "WEEKLY",
        byday: "MO,TU,WE",
        opens_at: "14:00",
        closes_at: "17:00",
        timezone: 8,
      },
    ],
    service_at_locations: [{ id: idOf("at"), location: PLACE }],
    required_documents: [{ id: idOf("document"), document: "身份证" }],
  });
  const answer = await takeIn(ctx, [json(record)]);
  expect(told(answer)).toEqual(["warning services.json 1 no_category"]);
  const item = await takenIn(db, "日间照料");
  expect(item).toMatchObject({
    list: "social",
    state: "published",
    category: "",
    hours: "周一至周三 09:00–12:00；周一至周三 14:00–17:00",
    place: "演示中心一楼 示例路 1 号",
    phone: "0760-00000003转8",
  });
  expect(item?.code).toMatch(/^HS[0-9A-Z]{8}$/);
  const out = (await everything(world)).split("\n").find((line) => line.includes(idOf("日间照料"))) ?? "";
  const again = Service.parse(JSON.parse(out));
  for (const key of [
    "name",
    "description",
    "url",
    "minimum_age",
    "maximum_age",
    "assured_date",
    "last_modified",
    "application_process",
    "eligibility_description",
  ] as const)
    expect(again[key]).toBe(record[key]);
  expect(again.schedules?.map(({ id: _id, ...hours }) => hours)).toEqual(
    (record["schedules"] as { id: string }[]).map(({ id: _id, ...hours }) => hours),
  );
  expect(again.service_at_locations?.[0]?.location).toMatchObject({
    latitude: 22.5,
    addresses: [{ address_1: "示例路 1 号", postal_code: "000000" }],
  });
  // What came out is taken in as nothing new, and comes out alike from an empty house.
  expect(await takeIn(ctx, [ndjson(out)])).toMatchObject({ fresh: 0, changes: [], same: 1 });
  await db.delete(listRules).where(eq(listRules.itemCode, item?.code ?? ""));
  await db.delete(listItems).where(eq(listItems.code, item?.code ?? ""));
  await takeIn(ctx, [ndjson(out)]);
  expect((await everything(world)).split("\n")).toContain(out);
  // Whoever corrects the words at the desk is right: the parts no longer say something else.
  await db
    .update(listItems)
    .set({ hours: "周二下午", place: "二楼" })
    .where(eq(listItems.hsdsId, idOf("日间照料")));
  const corrected = Service.parse(
    JSON.parse((await everything(world)).split("\n").find((line) => line.includes(idOf("日间照料"))) ?? ""),
  );
  expect([
    corrected.schedules?.[0]?.description,
    corrected.service_at_locations?.[0]?.location?.name,
    corrected.service_at_locations?.[0]?.location?.addresses,
  ]).toEqual(["周二下午", "二楼", undefined]);
});

test("what a person changed here is not overwritten by an older record; a newer one is taken, and says what changes", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await takeIn(ctx, [json(aForeignService("编辑"))]);
  const item = await takenIn(db, "编辑");
  if (!item) throw new Error("not imported");
  const newer = (name: string, last_modified: string) =>
    json(aForeignService("编辑", { application_process: name, last_modified }));

  expect((await takeIn(ctx, [newer("先打电话。", "2026-02-02T00:00:00Z")])).changes).toEqual([
    { code: item.code, name: "编辑", keys: ["application_process"] },
  ]);
  expect(await takenIn(db, "编辑")).toMatchObject({ version: 2, howToApply: "先打电话。" });
  world.clock.advance({ days: 1 });
  const byHand = await db.transaction((tx) =>
    transition(tx, ctx, LIST_ITEM, { ...item, version: 2 }, "edit", {
      by: "operator",
      set: { phone: "0760-00000009", updatedAt: world.clock.now() },
    }),
  );
  expect(byHand.version).toBe(3);
  // The same record as last time brings nothing new; another one that is older than the change here is
  // refused.
  expect(await takeIn(ctx, [newer("先打电话。", "2026-02-02T00:00:00Z")])).toMatchObject({
    same: 1,
    changes: [],
  });
  const older = await takeIn(ctx, [newer("上网申请。", "2026-02-03T00:00:00Z")]);
  expect([told(older), older.changes]).toEqual([[`refused services.json 1 changed_here: ${item.code}`], []]);
  expect(await takenIn(db, "编辑")).toMatchObject({
    version: 3,
    howToApply: "先打电话。",
    phone: "0760-00000009",
  });
  world.clock.advance({ days: 1 });
  const latest = await takeIn(ctx, [newer("上网申请。", "2026-03-04T00:00:00Z")]);
  expect(latest.changes[0]?.keys).toEqual(["application_process", "phones"]);
  expect(await takenIn(db, "编辑")).toMatchObject({ version: 4, howToApply: "上网申请。", phone: null });

  await db.transaction((tx) =>
    transition(tx, ctx, LIST_ITEM, { ...item, version: 4 }, "retire", { by: "operator" }),
  );
  expect(told(await takeIn(ctx, [newer("又一次。", "2026-03-05T00:00:00Z")]))).toContain(
    `warning services.json 1 retired_here: ${item.code}`,
  );
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("nothing is written that was not shown first, by anybody but an operator, or twice at once", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const files = [json(aForeignService("守门"))];
  const team = await aTeam(world);
  for (const person of [await aDonor(world), team.caseworker, team.reviewer, team.storekeeper])
    await expect(tryOut(world.as(person), files)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(tryOut(world.as({ kind: "visitor" }), files)).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
  const { seen } = await tryOut(ctx, files, false);
  for (const other of [
    { files, list: "social", publish: true },
    { files, list: "government", publish: false },
    { files: [json(aForeignService("守门", { alert: "换了" }))], list: "social", publish: false },
  ] as const)
    await expect(importHsds(ctx, { ...other, seen })).rejects.toMatchObject({ code: "DRY_RUN_FIRST" });
  expect(await takenIn(db, "守门")).toBeUndefined();

  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => importHsds(ctx, { files, list: "social", publish: false, seen })),
  );
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CHANGED_MEANWHILE" });
  const item = await takenIn(db, "守门");
  expect(item?.state).toBe("draft");
  expect(
    await db
      .select({ event: journal.event, to: journal.toState })
      .from(journal)
      .where(eq(journal.entityId, item?.id ?? "")),
  ).toEqual([{ event: "list_item.import", to: "draft" }]);
  const numbers = (await db.select({ number: listItems.number }).from(listItems)).map((row) => row.number);
  expect(new Set(numbers).size).toBe(numbers.length);
});
