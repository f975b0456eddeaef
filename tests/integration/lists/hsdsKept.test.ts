import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { finderItems } from "~/domain/finder/finderItems.server";
import { gathered } from "~/domain/kernel/batches";
import { exportLists } from "~/domain/lists/desk/exportLists.server";
import { importLists } from "~/domain/lists/desk/importLists.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { publishItem, takeIntoFinder } from "~/domain/lists/desk/standItem.server";
import type { HsdsParameters } from "~/domain/lists/hsds/endpoints";
import { listServices, publishedService, readOrganization } from "~/domain/lists/hsds/published.server";
import { csvResponse } from "~/http/csv.server";
import { xlsxResponse } from "~/http/xlsx.server";
import { journal } from "~db/schema/journal";
import {
  aForeignService,
  anOperator,
  idOf,
  json,
  PLACE,
  stepsOfEntries,
  takeIn,
  takenIn,
  told,
} from "../../factories/hsds";
import { aTeam } from "../../factories/people";
import { aTable } from "../../factories/tables";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("doubt makes a draft, and nothing is made up: no area, no place, no category, no phone, no paper", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const answer = await takeIn(ctx, [
    json(
      aForeignService("没说地区", { service_areas: undefined }),
      aForeignService("别的地区", { service_areas: [{ id: idOf("far"), name: "别的城市" }] }),
      aForeignService("什么也没有"),
      aForeignService("只说没有", {
        phones: [{ id: idOf("none"), number: "无" }],
        required_documents: [{ id: idOf("no paper"), document: "无需材料" }],
      }),
    ),
  ]);
  expect(told(answer).filter((line) => /_area\b/.test(line))).toEqual([
    "warning services.json 1 no_area",
    "warning services.json 2 unknown_area: 别的城市",
  ]);
  expect((await takenIn(db, "没说地区"))?.state).toBe("draft");
  expect((await takenIn(db, "别的地区"))?.state).toBe("draft");
  const bare = await takenIn(db, "什么也没有");
  expect(bare).toMatchObject({
    state: "published",
    category: "",
    phone: null,
    place: null,
    papers: [],
    inFinder: false,
  });
  // Published by hand all the same, they are not given out as covering the city.
  for (const name of ["没说地区", "别的地区", "只说没有"])
    await publishItem(ctx, (await takenIn(db, name))?.code ?? "");
  for (const name of ["没说地区", "别的地区", "什么也没有", "只说没有"]) {
    const given = await publishedService(ctx, idOf(name));
    for (const key of ["service_at_locations", "phones", "required_documents"] as const)
      expect(given[key], `${name} ${key}`).toBeUndefined();
    expect(given.service_areas === undefined, name).toBe(["没说地区", "别的地区"].includes(name));
    expect(given.attributes?.some(({ link_type }) => link_type === "category")).toBe(false);
  }
});

test("who provides a service is kept and given out as it came: id, description, website, mail, numbers", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  const organization = {
    id: idOf("foundation"),
    name: "演示基金会",
    alternate_name: "基金会",
    description: "为老人办事的基金会",
    email: "info@example.org",
    website: "https://example.org/about",
    organization_identifiers: [
      { id: idOf("uscc"), identifier_type: "CN-USCC", identifier: "53100000500000000X" },
    ],
  };
  const phone = { id: idOf("desk"), number: "0760-00000011", type: "fax", description: "前台" };
  const place = { ...PLACE, phones: [{ id: idOf("place phone"), number: "0760-00000012" }] };
  const answer = await takeIn(ctx, [
    json(
      aForeignService("有单位", {
        organization,
        phones: [phone],
        service_at_locations: [{ id: idOf("there"), location: place }],
      }),
    ),
  ]);
  expect(told(answer)).toEqual(["warning services.json 1 no_category"]);
  const given = await publishedService(ctx, idOf("有单位"));
  expect(given.organization).toEqual(organization);
  expect(await readOrganization(ctx, organization.id)).toEqual(organization);
  expect(given.phones?.map(({ id: _id, ...line }) => line)).toEqual([
    { number: "0760-00000011", type: "fax", description: "前台" },
  ]);
  expect(given.service_at_locations?.[0]?.location?.phones?.[0]?.number).toBe("0760-00000012");
  const found = await listServices(ctx, readAll({ organization_id: organization.id }));
  expect(found.keys).toHaveLength(1);
});

test("what was taken in is not in the finder until somebody of the city takes it in, which the journal tells", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await takeIn(ctx, [json(aForeignService("等人核对"))]);
  const item = await takenIn(db, "等人核对");
  const codes = async () => (await finderItems(ctx)).items.map(({ code }) => code);
  expect([item?.state, (await codes()).includes(item?.code ?? "")]).toEqual(["published", false]);
  await expect(
    takeIntoFinder(world.as((await aTeam(world)).caseworker), item?.code ?? ""),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await takeIntoFinder(ctx, item?.code ?? "");
  await takeIntoFinder(ctx, item?.code ?? "");
  expect((await codes()).includes(item?.code ?? "")).toBe(true);
  const steps = await db
    .select({ event: journal.event })
    .from(journal)
    .where(eq(journal.entityId, item?.id ?? ""));
  expect(steps.map(({ event }) => event).sort()).toEqual(["list_item.import", "list_item.take_in"]);
});

test("after an import of services the lists still go out and come back as CSV and XLSX, and nothing changes", async ({
  db,
}) => {
  const world = aWorld(db);
  const ctx = await anOperator(world);
  await takeIn(ctx, [
    json(
      aForeignService("很长", {
        description: `第一行\n${"长".repeat(3_000)}`,
        eligibility_description: undefined,
        service_at_locations: [{ id: idOf("at2"), location: PLACE }],
      }),
      aForeignService("=cmd|'/c calc'!A1", {
        required_documents: Array.from({ length: 30 }, (_, index) => ({
          id: idOf(`doc${index}`),
          document: `材料${index};=1+1`,
        })),
      }),
    ),
  ]);
  const { header, batches } = await exportLists(ctx, "social");
  const rows = await gathered(batches);
  const before = await stepsOfEntries(db);
  for (const [name, file] of [
    ["social.csv", await csvResponse(ctx, "social.csv", header, rows)],
    ["social.xlsx", await xlsxResponse(ctx, "social.xlsx", header, rows)],
  ] as const) {
    const table = aTable({ name, bytes: new Uint8Array(await file.arrayBuffer()) }, LIST_TABLE);
    expect(await importLists(ctx, { table, write: true }), name).toMatchObject({
      problems: [],
      added: 0,
      changed: 0,
      same: rows.length,
      written: true,
    });
  }

  expect(await stepsOfEntries(db)).toBe(before);
  // One of them corrected in the file: only what was corrected is read and must be right.
  const own = (await takenIn(db, "很长"))?.code ?? "";
  const corrected = rows
    .filter(([code]) => code === own)
    .map((row) => row.map((cell, index) => (header[index] === "phone" ? "0760-00000021" : cell)));
  const table = aTable(
    {
      name: "one.csv",
      bytes: new Uint8Array(await (await csvResponse(ctx, "one.csv", header, corrected)).arrayBuffer()),
    },
    LIST_TABLE,
  );
  expect(await importLists(ctx, { table, write: true })).toMatchObject({
    problems: [],
    changed: 1,
    rows: [{ code: own, columns: ["phone"] }],
  });
});

const readAll = (filter: Partial<HsdsParameters>): HsdsParameters => ({
  page: 1,
  per_page: 50,
  format: "json",
  minimal: "false",
  full: "false",
  ...filter,
});
