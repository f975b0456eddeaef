import { asc, eq, inArray } from "drizzle-orm";
import { zipSync } from "fflate";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { importHsds } from "~/domain/directory/hsds/importHsds.server";
import type { InputFile } from "~/domain/directory/hsds/readPackage.server";
import { Service } from "~/domain/directory/hsds/shapes";
import { LIST_ITEM } from "~/domain/directory/keeping/machines.server";
import { transition } from "~/domain/kernel/transition.server";
import { loader as services } from "~/routes/api/hsds/services";
import type { Database } from "~db/client";
import { listItems, listRules } from "~db/schema/directory";
import { journal } from "~db/schema/journal";
import { aForeignService, idOf, json, ndjson, table } from "../../factories/hsds";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { argsForAnybody } from "../../support/routeArgs";
import { aWorld, type World } from "../../support/world";

type Ctx = ReturnType<World["as"]>;

const anOperator = async (world: World): Promise<Ctx> => world.as(await aPerson(world, { role: "operator", scope: { kind: "city" } }));
const everything = async (world: World): Promise<string> => (await services(argsForAnybody(world, "http://portal.test/api/hsds/services?format=ndjson&full=true"))).text();
const read = (ctx: Ctx, files: readonly InputFile[], publish = true) => importHsds(ctx, { files, list: "social", publish });
const write = async (ctx: Ctx, files: readonly InputFile[], publish = true) => importHsds(ctx, { files, list: "social", publish, seen: (await read(ctx, files, publish)).seen });
const told = (answer: { notes: readonly { outcome: string; file: string; row: number; code: string; detail: string }[] }) =>
  answer.notes.map(({ outcome, file, row, code, detail }) => `${outcome} ${file} ${row} ${code}${detail === "" ? "" : `: ${detail}`}`);
const steps = async (db: Database) => (await db.select({ id: journal.id }).from(journal).where(eq(journal.entity, "list_item"))).length;
const itemOf = async (db: Database, name: string) =>
  (
    await db
      .select()
      .from(listItems)
      .where(eq(listItems.hsdsId, idOf(name)))
  )[0];

async function furnish(db: Database): Promise<void> {
  const full = {
    howToApply: "带身份证办理。",
    papers: ["身份证", "户口簿"],
    url: "https://example.org/服务",
    phone: "0760-00000001转12、0760-00000002",
    checkedAt: new Date("2026-02-03T04:05:06Z"),
  };
  await db
    .update(listItems)
    .set({ ...full, place: "石岐街道公共服务办", hours: "周一至周五；周六上午", townCodes: ["442000001", "442000105"] })
    .where(eq(listItems.code, "GW001"));
  await db
    .update(listItems)
    .set({ nameEn: "Folic acid", audiences: ["woman", "everyone"], situations: ["pregnancy"] })
    .where(eq(listItems.code, "GW004"));
}

test("the lists given out and taken in where nothing was before are given out again byte by byte; taken in twice, nothing changes", async ({ db }) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await furnish(db);
  const before = await everything(world);
  const lines = before.trimEnd().split("\n").length;
  expect(lines).toBeGreaterThan(160);

  // Into the same lists: every record reads as it does already.
  expect(await write(ctx, [ndjson(before)])).toMatchObject({ fresh: 0, changes: [], same: lines, rows: { total: lines, refused: 0 } });
  expect(await steps(db)).toBe(0);

  await db.delete(listRules);
  await db.delete(listItems);
  const dry = await read(ctx, [ndjson(before)]);
  expect([dry.fresh, dry.written, (await db.select().from(listItems)).length]).toEqual([lines, false, 0]);
  expect(dry.notes.filter((note) => note.outcome === "refused" || note.code === "not_kept")).toEqual([]);
  await write(ctx, [ndjson(before)]);
  expect(await everything(world)).toBe(before);
  const rows = await db.select().from(listItems).orderBy(asc(listItems.number));
  expect([rows[0]?.code, rows.map((row) => row.number), rows.every((row) => row.hsdsId === null)]).toEqual(["GW001", rows.map((_row, index) => index + 1), true]);

  const again = await write(ctx, [ndjson(before)]);
  expect([again.fresh, again.changes, again.same, await steps(db)]).toEqual([0, [], lines, lines]);
  expect((await db.select().from(listItems)).every((row) => row.version === 1)).toBe(true);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

const PLACE = {
  id: idOf("location"),
  location_type: "physical",
  name: "演示中心一楼",
  latitude: 22.5,
  longitude: 113.4,
  addresses: [{ id: idOf("address"), address_1: "示例路 1 号", city: "示例市", state_province: "示例省", postal_code: "000000", country: "CN", address_type: "physical" }],
};

test("a service of elsewhere keeps its id, gets a code of ours, and comes out again as it went in", async ({ db }) => {
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
      { id: idOf("morning"), freq: "WEEKLY", byday: "MO,TU,WE", opens_at: "09:00", closes_at: "12:00", timezone: 8 },
      { id: idOf("afternoon"), freq: "WEEKLY", byday: "MO,TU,WE", opens_at: "14:00", closes_at: "17:00", timezone: 8 },
    ],
    service_at_locations: [{ id: idOf("at"), location: PLACE }],
    required_documents: [{ id: idOf("document"), document: "身份证" }],
  });
  const answer = await write(ctx, [json(record)]);
  expect(told(answer)).toEqual(["warning services.json 1 no_category: 未分类"]);
  const item = await itemOf(db, "日间照料");
  expect(item).toMatchObject({
    list: "social",
    state: "published",
    category: "未分类",
    hours: "周一至周三 09:00–12:00；周一至周三 14:00–17:00",
    place: "演示中心一楼 示例路 1 号",
    phone: "0760-00000003转8",
  });
  expect(item?.code).toMatch(/^HS[0-9A-Z]{8}$/);
  const out = (await everything(world)).split("\n").find((line) => line.includes(idOf("日间照料"))) ?? "";
  const again = Service.parse(JSON.parse(out));
  for (const key of ["name", "description", "url", "minimum_age", "maximum_age", "assured_date", "last_modified", "application_process", "eligibility_description"] as const)
    expect(again[key]).toBe(record[key]);
  expect(again.schedules?.map(({ id: _id, ...hours }) => hours)).toEqual((record["schedules"] as { id: string }[]).map(({ id: _id, ...hours }) => hours));
  expect(again.service_at_locations?.[0]?.location).toMatchObject({ latitude: 22.5, addresses: [{ address_1: "示例路 1 号", postal_code: "000000" }] });
  // What came out is taken in as nothing new, and comes out alike from an empty house.
  expect(await write(ctx, [ndjson(out)])).toMatchObject({ fresh: 0, changes: [], same: 1 });
  await db.delete(listItems).where(eq(listItems.code, item?.code ?? ""));
  await write(ctx, [ndjson(out)]);
  expect((await everything(world)).split("\n")).toContain(out);
  // Whoever corrects the words at the desk is right: the parts no longer say something else.
  await db
    .update(listItems)
    .set({ hours: "周二下午", place: "二楼" })
    .where(eq(listItems.hsdsId, idOf("日间照料")));
  const corrected = Service.parse(JSON.parse((await everything(world)).split("\n").find((line) => line.includes(idOf("日间照料"))) ?? ""));
  expect([corrected.schedules?.[0]?.description, corrected.service_at_locations?.[0]?.location?.name, corrected.service_at_locations?.[0]?.location?.addresses]).toEqual([
    "周二下午",
    "二楼",
    undefined,
  ]);
});

test("each row of a dirty package is taken, taken with a warning, or refused with its file, row and reason", async ({ db }) => {
  const ctx = await anOperator(aWorld(db));
  const [one, two, three, bare] = ["one", "two", "three", "bare"].map(idOf);
  const files = [
    table("organizations", "id,name,description,colour", `${idOf("org")},演示中心,演示,red`, `${idOf("idle")},无事可做,演示,`),
    table(
      "services",
      "id,organization_id,name,description,status,eligibility_description,email,last_modified",
      `${one},${idOf("org")},送餐,每天送餐,active,60周岁以上的老年人,,2026-01-01T00:00:00Z`,
      `${two},${idOf("nobody")},没有主人,内容,active,所有人,,`,
      `${three},${idOf("org")},洗澡,助浴,open,所有人,,`,
      `${bare},${idOf("org")},理发,上门理发,active,,not a mail,2026-01-01`,
      `${one},${idOf("org")},送餐又一次,每天送餐,active,所有人,,`,
      `GW001,${idOf("org")},没有编号,内容,active,所有人,,`,
      `${idOf("free")},,无主,内容,active,所有人,,`,
    ),
    table("locations", "id,location_type,name", `${idOf("here")},physical,演示楼`, `${idOf("unused")},physical,空楼`),
    table("service_at_location", "id,service_id,location_id", `${idOf("sal")},${one},${idOf("here")}`, `${idOf("lost")},${one},${idOf("nowhere")}`),
    table(
      "addresses",
      "id,location_id,address_1,city,state_province,postal_code,country,address_type",
      `${idOf("a1")},${idOf("here")},示例路 1 号,示例市,示例省,,CN,physical`,
      `${idOf("a2")},${idOf("nowhere")},示例路 2 号,示例市,示例省,000000,CN,physical`,
    ),
    table(
      "schedules",
      "id,service_id,freq,byday,opens_at,closes_at,timezone",
      `${idOf("s1")},${one},WEEKLY,MO,09:00,,8`,
      `${idOf("s2")},${one},,MO,09:00,17:00,8`,
      `${idOf("s3")},${one},WEEKLY,"MO,FR",09:00,17:00,8`,
    ),
    table("phones", "id,service_id,number,extension", `${idOf("p1")},${one},0760-00000004,12`, `${idOf("p2")},${three},0760-00000005,`, `${idOf("p3")},${one},,`),
    table("contacts", "id,service_id,name", `${idOf("c1")},${one},演示联系人`),
    table("taxonomy_terms", "id,name,description", `${idOf("t1")},老年人,`),
    table(
      "attributes",
      "id,link_id,link_entity,link_type,taxonomy_term_id",
      `${idOf("x1")},${one},service,eligibility,${idOf("t1")}`,
      `${idOf("x2")},${one},service,eligibility,${idOf("t2")}`,
      `${idOf("x3")},${idOf("nobody")},service,eligibility,${idOf("t1")}`,
    ),
    table("service_areas", "id,service_id,name", `${idOf("v1")},${one},石岐街道`, `${idOf("v2")},${bare},别的城市`),
    table("metadata", "id", "1"),
    table("eligibility", "id,service_id,eligibility", `1,${one},老年人`),
  ];
  const answer = await read(ctx, files);
  expect(told(answer).sort()).toEqual(
    [
      "refused addresses.csv 2 address_without_postal_code: service_at_locations[1].location.addresses[1].postal_code",
      "refused addresses.csv 3 links_to_nothing",
      `refused attributes.csv 3 links_to_nothing: taxonomy_term_id ${idOf("t2")}`,
      "refused attributes.csv 4 links_to_nothing",
      "refused eligibility.csv 0 unknown_file",
      "refused locations.csv 3 links_to_nothing",
      "refused organizations.csv 3 links_to_nothing",
      "refused phones.csv 3 links_to_nothing",
      "refused phones.csv 4 missing_value: phones[2].number",
      "refused schedules.csv 2 half_schedule: schedules[1]",
      "refused schedules.csv 3 half_schedule: schedules[2]",
      `refused service_at_location.csv 3 links_to_nothing: location_id ${idOf("nowhere")}`,
      `refused services.csv 3 no_such_organization: ${idOf("nobody")}`,
      "refused services.csv 4 bad_value: status",
      `refused services.csv 6 twice: ${one}`,
      "refused services.csv 7 bad_value: id",
      "refused services.csv 8 no_organization",
      "warning attributes.csv 2 not_kept: link_type",
      "warning contacts.csv 2 not_kept: name",
      "warning metadata.csv 0 not_read",
      "warning organizations.csv 1 unknown_key: colour",
      "warning organizations.csv 2 not_kept: description",
      "warning service_areas.csv 3 unknown_area: 别的城市",
      "warning service_areas.csv 3 not_kept: name",
      "warning services.csv 2 age_in_text: ≥ 60",
      "warning services.csv 2 no_category: 未分类",
      "warning services.csv 5 no_category: 未分类",
      "warning services.csv 5 no_text",
      "warning services.csv 5 value_dropped: email",
      "warning services.csv 5 value_dropped: last_modified",
      "warning taxonomy_terms.csv 2 no_description: taxonomy_term",
      "warning taxonomy_terms.csv 2 not_kept: name",
    ].sort(),
  );
  expect(answer).toMatchObject({ fresh: 2, rows: { total: 28, refused: 16, warned: 8 } });
  expect(answer.rows.refused + answer.rows.warned).toBeLessThan(answer.rows.total);

  await write(ctx, files);
  expect(await itemOf(db, "one")).toMatchObject({
    state: "published",
    townCodes: ["442000001"],
    hours: "周一、周五 09:00–17:00",
    place: "演示楼",
    phone: "0760-00000004转12",
    hsdsParts: { digest: expect.any(String) as string },
  });
  // An age in a text stays a suggestion; what has something to clear up waits for a person.
  expect((await itemOf(db, "one"))?.hsdsParts).not.toHaveProperty("minimumAge");
  expect(await itemOf(db, "bare")).toMatchObject({ state: "draft", townCodes: [] });
  const versions = async () =>
    (
      await db
        .select({ version: listItems.version })
        .from(listItems)
        .where(inArray(listItems.hsdsId, [one ?? "", bare ?? ""]))
    ).map((row) => row.version);
  const before = await steps(db);
  expect(await write(ctx, files)).toMatchObject({ fresh: 0, changes: [], same: 2 });
  expect([await steps(db), await versions()]).toEqual([before, [1, 1]]);
});

test("JSON as it comes: nulls, unknown keys and broken parts are named, and the rest of the record is taken", async ({ db }) => {
  const ctx = await anOperator(aWorld(db));
  const answer = await read(ctx, [
    json(
      aForeignService("甲", { alternate_name: null, email: "", url: "www.example.org", capacities: [], phones: [{ id: idOf("p"), number: "1", main: true }, { id: idOf("q") }] }),
      aForeignService("乙", { service_at_locations: [{ id: idOf("at"), location: { ...PLACE, addresses: [{ ...PLACE.addresses[0], postal_code: null }] } }] }),
      aForeignService("丙", {
        status: "temporarily closed",
        assured_date: "2027-01-01",
        last_modified: "2030-01-01T00:00:00Z",
        attributes: [{ id: idOf("x"), link_type: "eligibility" }],
      }),
      aForeignService("丁", { organization: { id: idOf("org"), name: "只有名字" }, alternate_name: "别名", fees_description: "免费" }),
      { ...aForeignService("戊"), organization: undefined },
      "not a record",
      { id: idOf("己"), name: "己" },
    ),
    { name: "broken.json", bytes: Buffer.from("[{]\n}") },
    { name: "lines.ndjson", bytes: Buffer.from(`{\n\n${JSON.stringify(aForeignService("庚"))}\n`) },
    { name: "broken.csv", bytes: Buffer.from("x") },
    { name: "services.csv", bytes: Buffer.from('id,name\n"a"b",c') },
    { name: "photo.png", bytes: Buffer.from("x") },
  ]);
  expect(
    told(answer)
      .filter((line) => !line.includes("no_category"))
      .sort(),
  ).toEqual(
    [
      "refused broken.csv 0 unknown_file",
      "refused broken.json 0 unreadable_file",
      "refused lines.ndjson 1 not_a_record",
      "refused photo.png 0 unknown_file",
      "refused services.csv 0 unreadable_file",
      "refused services.json 5 no_organization",
      "refused services.json 6 not_a_record",
      "refused services.json 7 missing_value: status",
      "warning services.json 1 unknown_key: phones[1].main",
      "warning services.json 1 missing_value: phones[2].number",
      "warning services.json 1 unknown_key: capacities",
      "warning services.json 1 nulls_dropped: 1",
      "warning services.json 1 value_dropped: url",
      "warning services.json 2 nulls_dropped: 1",
      "warning services.json 2 address_without_postal_code: service_at_locations[1].location.addresses[1].postal_code",
      "warning services.json 3 not_active: temporarily closed",
      "warning services.json 3 links_to_nothing: eligibility",
      "warning services.json 3 in_the_future: assured_date",
      "warning services.json 3 in_the_future: last_modified",
      "warning services.json 3 not_kept: attributes.link_type",
      "warning services.json 4 no_description: organization",
      "warning services.json 4 not_kept: alternate_name, fees_description",
    ].sort(),
  );
  expect(answer).toMatchObject({ fresh: 5 });
});

test("what a person changed here is not overwritten by an older record; a newer one is taken, and says what changes", async ({ db }) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await write(ctx, [json(aForeignService("编辑"))]);
  const item = await itemOf(db, "编辑");
  if (!item) throw new Error("not imported");
  const newer = (name: string, last_modified: string) => json(aForeignService("编辑", { application_process: name, last_modified }));

  expect((await write(ctx, [newer("先打电话。", "2026-02-02T00:00:00Z")])).changes).toEqual([{ code: item.code, name: "编辑", keys: ["application_process"] }]);
  expect(await itemOf(db, "编辑")).toMatchObject({ version: 2, howToApply: "先打电话。" });
  world.clock.advance({ days: 1 });
  const byHand = await db.transaction((tx) =>
    transition(tx, ctx, LIST_ITEM, { ...item, version: 2 }, "edit", { by: "operator", set: { phone: "0760-00000009", updatedAt: world.clock.now() } }),
  );
  expect(byHand.version).toBe(3);
  // The same record as last time brings nothing new; another one that is older than the change here is refused.
  expect(await write(ctx, [newer("先打电话。", "2026-02-02T00:00:00Z")])).toMatchObject({ same: 1, changes: [] });
  const older = await write(ctx, [newer("上网申请。", "2026-02-03T00:00:00Z")]);
  expect([told(older), older.changes]).toEqual([[`refused services.json 1 changed_here: ${item.code}`], []]);
  expect(await itemOf(db, "编辑")).toMatchObject({ version: 3, howToApply: "先打电话。", phone: "0760-00000009" });
  world.clock.advance({ days: 1 });
  const latest = await write(ctx, [newer("上网申请。", "2026-03-04T00:00:00Z")]);
  expect(latest.changes[0]?.keys).toEqual(["application_process", "phones"]);
  expect(await itemOf(db, "编辑")).toMatchObject({ version: 4, howToApply: "上网申请。", phone: null });

  await db.transaction((tx) => transition(tx, ctx, LIST_ITEM, { ...item, version: 4 }, "retire", { by: "operator" }));
  expect(told(await write(ctx, [newer("又一次。", "2026-03-05T00:00:00Z")]))).toContain(`warning services.json 1 retired_here: ${item.code}`);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("nothing is written that was not shown first, by anybody but an operator, or twice at once", async ({ db }) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const files = [json(aForeignService("守门"))];
  const team = await aTeam(world);
  for (const person of [await aDonor(world), team.caseworker, team.reviewer, team.storekeeper])
    await expect(read(world.as(person), files)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(read(world.as({ kind: "visitor" }), files)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  const { seen } = await read(ctx, files, false);
  for (const other of [
    { files, list: "social", publish: true },
    { files, list: "government", publish: false },
    { files: [json(aForeignService("守门", { alert: "换了" }))], list: "social", publish: false },
  ] as const)
    await expect(importHsds(ctx, { ...other, seen })).rejects.toMatchObject({ code: "DRY_RUN_FIRST" });
  expect(await itemOf(db, "守门")).toBeUndefined();

  const outcomes = await Promise.allSettled([1, 2, 3].map(() => importHsds(ctx, { files, list: "social", publish: false, seen })));
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CHANGED_MEANWHILE" });
  const item = await itemOf(db, "守门");
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

test("an archive is read like its files, and one that unpacks into too much is refused", async ({ db }) => {
  const ctx = await anOperator(aWorld(db));
  const bytes = Buffer.from(JSON.stringify([aForeignService("压缩")]));
  const archive = (entries: Record<string, Uint8Array>): InputFile => ({ name: "package.zip", bytes: zipSync(entries) });
  const inside = await read(ctx, [archive({ "lists/services.json": bytes, "__MACOSX/._services.json": bytes, "lists/.hidden.json": bytes })]);
  expect([inside.fresh, inside.rows.total]).toEqual([1, 1]);
  const huge = await read(ctx, [archive({ "a.json": new Uint8Array(65 * 1024 * 1024) })]);
  expect(told(huge)).toEqual(["refused package.zip 0 too_many"]);
  expect(told(await read(ctx, [{ name: "broken.zip", bytes: Buffer.from("PK broken") }]))).toEqual(["refused broken.zip 0 unreadable_file"]);
});
