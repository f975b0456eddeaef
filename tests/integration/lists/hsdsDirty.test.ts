import { inArray } from "drizzle-orm";
import { zipSync } from "fflate";
import { expect } from "vitest";
import type { InputFile } from "~/domain/lists/hsds/readPackage.server";
import { listItems } from "~db/schema/directory";
import {
  aForeignService,
  anOperator,
  idOf,
  json,
  PLACE,
  stepsOfEntries,
  table,
  takeIn,
  takenIn,
  told,
  tryOut,
} from "../../factories/hsds";
import { zipByHand } from "../../factories/tables";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("each row of a dirty package is taken, taken with a warning, or refused with its file, row and reason", async ({
  db,
}) => {
  const ctx = await anOperator(aWorld(db));
  const [one, two, three, bare] = [idOf("one"), idOf("two"), idOf("three"), idOf("bare")];
  const files = [
    table(
      "organizations",
      "id,name,description,colour",
      `${idOf("org")},演示中心,演示,red`,
      `${idOf("idle")},无事可做,演示,`,
    ),
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
    table(
      "locations",
      "id,location_type,name",
      `${idOf("here")},physical,演示楼`,
      `${idOf("unused")},physical,空楼`,
    ),
    table(
      "service_at_location",
      "id,service_id,location_id",
      `${idOf("sal")},${one},${idOf("here")}`,
      `${idOf("lost")},${one},${idOf("nowhere")}`,
    ),
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
    table(
      "phones",
      "id,service_id,number,extension",
      `${idOf("p1")},${one},0760-00000004,12`,
      `${idOf("p2")},${three},0760-00000005,`,
      `${idOf("p3")},${one},,`,
    ),
    table("contacts", "id,service_id,name", `${idOf("c1")},${one},演示联系人`),
    table("taxonomy_terms", "id,name,description", `${idOf("t1")},老年人,`),
    table(
      "attributes",
      "id,link_id,link_entity,link_type,taxonomy_term_id",
      `${idOf("x1")},${one},service,eligibility,${idOf("t1")}`,
      `${idOf("x2")},${one},service,eligibility,${idOf("t2")}`,
      `${idOf("x3")},${idOf("nobody")},service,eligibility,${idOf("t1")}`,
    ),
    table(
      "service_areas",
      "id,service_id,name",
      `${idOf("v1")},${one},石岐街道`,
      `${idOf("v2")},${bare},别的城市`,
    ),
    table("metadata", "id", "1"),
    table("eligibility", "id,service_id,eligibility", `1,${one},老年人`),
  ];
  const answer = await tryOut(ctx, files);
  expect(told(answer).sort()).toEqual(
    [
      "refused addresses.csv 2 address_without_postal_code: service_at_locations[1].location.addresses[1]",
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
      "warning service_areas.csv 3 unknown_area: 别的城市",
      "warning service_areas.csv 3 not_kept: name",
      "warning services.csv 2 age_in_text: ≥ 60",
      "warning services.csv 2 no_category",
      "warning services.csv 5 no_category",
      "warning services.csv 5 no_text",
      "warning services.csv 5 value_dropped: email",
      "warning services.csv 5 value_dropped: last_modified",
      "warning taxonomy_terms.csv 2 no_description: taxonomy_term",
      "warning taxonomy_terms.csv 2 not_kept: name",
    ].sort(),
  );
  expect(answer).toMatchObject({ fresh: 2, rows: { total: 28, refused: 16, warned: 7 } });
  expect(answer.rows.refused + answer.rows.warned).toBeLessThan(answer.rows.total);

  await takeIn(ctx, files);
  expect(await takenIn(db, "one")).toMatchObject({
    state: "published",
    townCodes: ["442000001"],
    hours: "周一、周五 09:00–17:00",
    place: "演示楼",
    phone: "0760-00000004转12",
    hsdsParts: { digest: expect.any(String) as string },
  });
  // An age in a text stays a suggestion; what has something to clear up waits for a person.
  expect((await takenIn(db, "one"))?.hsdsParts).not.toHaveProperty("minimumAge");
  expect(await takenIn(db, "bare")).toMatchObject({ state: "draft", townCodes: [] });
  const versions = async () =>
    (
      await db
        .select({ version: listItems.version })
        .from(listItems)
        .where(inArray(listItems.hsdsId, [one, bare]))
    ).map((row) => row.version);
  const before = await stepsOfEntries(db);
  expect(await takeIn(ctx, files)).toMatchObject({ fresh: 0, changes: [], same: 2 });
  expect([await stepsOfEntries(db), await versions()]).toEqual([before, [1, 1]]);
});

test("JSON as it comes: nulls, unknown keys and broken parts are named, and the rest of the record is taken", async ({
  db,
}) => {
  const ctx = await anOperator(aWorld(db));
  const answer = await tryOut(ctx, [
    json(
      aForeignService("甲", {
        alternate_name: null,
        email: "",
        url: "www.example.org",
        capacities: [],
        phones: [{ id: idOf("p"), number: "0760-00000001", main: true }, { id: idOf("q") }],
      }),
      aForeignService("乙", {
        service_at_locations: [
          {
            id: idOf("at"),
            location: { ...PLACE, addresses: [{ ...PLACE.addresses[0], postal_code: null }] },
          },
        ],
      }),
      aForeignService("丙", {
        status: "temporarily closed",
        assured_date: "2027-01-01",
        last_modified: "2030-01-01T00:00:00Z",
        attributes: [{ id: idOf("x"), link_type: "eligibility" }],
      }),
      aForeignService("丁", {
        organization: { id: idOf("org"), name: "只有名字" },
        alternate_name: "别名",
        fees_description: "免费",
      }),
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
      "warning services.json 2 address_without_postal_code: service_at_locations[1].location.addresses[1]",
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

test("an archive is read like its files, and one that unpacks into too much is refused", async ({ db }) => {
  const ctx = await anOperator(aWorld(db));
  const bytes = Buffer.from(JSON.stringify([aForeignService("压缩")]));
  const archive = (entries: Record<string, Uint8Array>): InputFile => ({
    name: "package.zip",
    bytes: zipSync(entries),
  });
  const inside = await tryOut(ctx, [
    archive({ "lists/services.json": bytes, "__MACOSX/._services.json": bytes, "lists/.hidden.json": bytes }),
  ]);
  expect([inside.fresh, inside.rows.total]).toEqual([1, 1]);
  const huge = await tryOut(ctx, [
    {
      name: "package.zip",
      bytes: zipByHand([{ name: "a.json", content: Buffer.alloc(129 * 1024 * 1024), claims: 1 }]),
    },
  ]);
  expect(told(huge)).toEqual(["refused package.zip 0 too_many"]);
  expect(told(await tryOut(ctx, [{ name: "broken.zip", bytes: Buffer.from("PK broken") }]))).toEqual([
    "refused broken.zip 0 unreadable_file",
  ]);
});

test("one bad optional value costs that value, or the part that cannot be without it, never the service", async ({
  db,
}) => {
  const ctx = await anOperator(aWorld(db));
  const whole = aForeignService("处处可坏", {
    url: "https://example.org",
    email: "a@example.org",
    phones: [{ id: idOf("p"), number: "0760-00000001", languages: [{ id: idOf("l"), code: "zh" }] }],
    schedules: [{ id: idOf("s"), freq: "WEEKLY", byday: "MO", opens_at: "09:00", closes_at: "17:00" }],
    contacts: [{ id: idOf("c"), email: "b@example.org" }],
    required_documents: [{ id: idOf("d"), document: "身份证", uri: "https://example.org" }],
    service_at_locations: [{ id: idOf("at"), location: PLACE }],
    organization: {
      id: idOf("organization"),
      name: "演示服务中心",
      description: "演示",
      website: "https://example.org",
      email: "c@example.org",
    },
    program: { id: idOf("programme"), name: "项目", description: "说明" },
    attributes: [
      {
        id: idOf("x"),
        link_type: "t",
        taxonomy_term: { id: idOf("term"), name: "n", description: "d", term_uri: "https://example.org" },
      },
    ],
  });
  const needed = /^(id|name|status|organization|organization\.(id|name|description))$/;
  const places = pathsOf(whole).filter((path) => !needed.test(path.join(".")));
  expect(places.length).toBeGreaterThan(40);
  const records = places.map((path, index) =>
    broken({ ...structuredClone(whole), id: idOf(`broken ${index}`) }, path),
  );
  const answer = await tryOut(ctx, [json(...records)]);
  expect(told(answer).filter((line) => line.startsWith("refused"))).toEqual([]);
  expect(answer.fresh).toBe(places.length);
});

test("a package of an earlier HSDS, or one with ids that are none, is told so in one sentence", async ({
  db,
}) => {
  const ctx = await anOperator(aWorld(db));
  const old = [
    table("services", "id,organization_id,name,status", "1,1,送餐,active"),
    table("physical_addresses", "id,location_id,address_1", "1,1,示例路"),
    table("regular_schedules", "id,service_id", "1,1"),
  ];
  expect(told(await tryOut(ctx, old))).toEqual(["refused physical_addresses.csv 0 old_version"]);
  expect(told(await tryOut(ctx, [json({ id: "1", name: "送餐", regular_schedules: [] })]))).toEqual([
    "refused services.json 0 old_version",
  ]);
  const numbered = Array.from({ length: 30 }, (_, index) => ({
    ...aForeignService(`第${index}项`),
    id: String(index + 1),
  }));
  expect(told(await tryOut(ctx, [json(...numbered)]))).toEqual(["refused services.json 0 other_ids"]);
  const tables = [
    table("organizations", "id,name,description", "1,演示中心,演示"),
    table("services", "id,organization_id,name,status", "1,1,送餐,active", "2,1,助浴,active"),
  ];
  expect(told(await tryOut(ctx, tables))).toEqual(["refused services.csv 0 other_ids"]);
  expect(
    told(await tryOut(ctx, [{ name: "services.json", bytes: Buffer.from("c5cca8b5c6d6d6", "hex") }])),
  ).toEqual(["refused services.json 0 other_letters"]);
});

type Path = readonly (string | number)[];

/** Every place within a record. */
const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => {
        const at = [...path, Array.isArray(value) ? parseInt(key, 10) : key];
        return [at, ...pathsOf(inner, at)];
      })
    : [];

/** The record with something at that place that nothing expects. */
function broken(record: object, path: Path): object {
  let holder: Record<string | number, unknown> = { ...record };
  const root = holder;
  for (const key of path.slice(0, -1)) holder = holder[key] as typeof holder;
  holder[path.at(-1) ?? ""] = "\0";
  return root;
}
