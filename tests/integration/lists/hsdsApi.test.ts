import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { ApiInfo, ApiRefusal, HSDS_LISTS, type HsdsListName, pageShape } from "~/domain/lists/hsds/endpoints";
import { type ShapeName, SHAPES } from "~/domain/lists/hsds/shapes";
import type { RouteArgs } from "~/http/context.server";
import { loader as info } from "~/routes/api/hsds/info";
import { loader as openApi } from "~/routes/api/hsds/openApi";
import { loader as organization } from "~/routes/api/hsds/organization";
import { loader as organizations } from "~/routes/api/hsds/organizations";
import { loader as service } from "~/routes/api/hsds/service";
import { loader as serviceAtLocation } from "~/routes/api/hsds/serviceAtLocation";
import { loader as serviceAtLocations } from "~/routes/api/hsds/serviceAtLocations";
import { loader as services } from "~/routes/api/hsds/services";
import { loader as taxonomies } from "~/routes/api/hsds/taxonomies";
import { loader as taxonomy } from "~/routes/api/hsds/taxonomy";
import { loader as taxonomyTerm } from "~/routes/api/hsds/taxonomyTerm";
import { loader as taxonomyTerms } from "~/routes/api/hsds/taxonomyTerms";
import { listItems } from "~db/schema/directory";
import { test } from "../../support/database";
import { publishedSchemas, readPublishedSchemas } from "../../support/hsdsSchemas";
import { argsForAnybody } from "../../support/routeArgs";
import { aWorld, type World } from "../../support/world";

type Loader = (args: RouteArgs) => Promise<Response>;
const ROUTES: Readonly<Record<HsdsListName, readonly [list: Loader, one: Loader]>> = {
  services: [services, service],
  organizations: [organizations, organization],
  service_at_locations: [serviceAtLocations, serviceAtLocation],
  taxonomies: [taxonomies, taxonomy],
  taxonomy_terms: [taxonomyTerms, taxonomyTerm],
};
const LIST_NAMES = Object.keys(ROUTES) as HsdsListName[];

const published = publishedSchemas === undefined ? undefined : readPublishedSchemas(publishedSchemas);

/**
 * What is wrong with a record: by our own strict shape, and by the published schema where those lie beside
 * the checkout.
 */
function faults(name: ShapeName, record: unknown): string[] {
  const ours = SHAPES[name].safeParse(record);
  return [
    ...(ours.success ? [] : ours.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)),
    ...(published?.(name, record) ?? []),
  ];
}

type Page = {
  total_items: number;
  total_pages: number;
  page_number: number;
  size: number;
  last_page: boolean;
  empty: boolean;
  contents: { id: string }[];
};

const ask = (world: World, list: HsdsListName, question = "", headers = {}) =>
  ROUTES[list][0](argsForAnybody(world, `http://portal.test/api/hsds/${list}${question}`, {}, headers));
const pageOf = async (world: World, list: HsdsListName, question = "") =>
  (await (await ask(world, list, question)).json()) as Page;
const one = (world: World, list: HsdsListName, id: string) =>
  ROUTES[list][1](argsForAnybody(world, `http://portal.test/api/hsds/${list}/${id}`, { id }));

/** Entries with everything that an entry can have, so that no branch of the mapping goes unlooked at. */
async function furnished(world: World): Promise<void> {
  const full = {
    howToApply: "带身份证到镇街公共服务办。",
    papers: ["身份证", "户口簿"],
    url: "https://example.org/服务?a=1",
    audiences: ["older_person" as const],
    situations: ["old_age" as const],
  };
  await world.db
    .update(listItems)
    .set({
      ...full,
      place: "石岐街道公共服务办",
      phone: "0760-00000001转12、0760-00000002",
      hours: "周一至周五上班时间",
      townCodes: ["442000001"],
    })
    .where(eq(listItems.code, "GW001"));
  await world.db.update(listItems).set({ state: "draft" }).where(eq(listItems.code, "SS002"));
}

// Where the schemas lie is where the checkout lies: both runs are right, and the name says which one it was.
test(`records are checked against our own strict shapes, and against the published schemas: ${published ? "yes" : "no, they do not lie beside this checkout"}`, () => {
  expect(SHAPES.service.safeParse({ id: "x" }).success).toBe(false);
  if (published) expect(published("service", { id: "x", more: 1 }).length).toBeGreaterThan(3);
});

for (const list of LIST_NAMES) {
  test(`every page of ${list}, every line of its stream and every single record is valid HSDS 3.0`, async ({
    db,
  }) => {
    const world = aWorld(db);
    await furnished(world);
    const { name, shape, parameters } = HSDS_LISTS[list];
    const forms = (parameters as readonly string[]).includes("full") ? ["", "&full=true"] : [""];
    if (list === "services") forms.push("&minimal=true");
    for (const form of forms) {
      const records: { id: string }[] = [];
      for (let number = 1, last = false; !last; number += 1) {
        const page = await pageOf(world, list, `?per_page=60&page=${number}${form}`);
        expect(pageShape(shape).safeParse(page).error).toBeUndefined();
        records.push(...page.contents);
        last = page.last_page;
      }

      expect(records.flatMap((record) => faults(name, record))).toEqual([]);
      const stream = await (await ask(world, list, `?format=ndjson${form}`)).text();
      expect(
        stream
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual(records);
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      const single = (await (await one(world, list, records[0]?.id ?? "")).json()) as { id: string };
      expect([single.id, faults(name, single)]).toEqual([records[0]?.id, []]);
    }

    expect((await pageOf(world, list, "?page=1000000")).empty).toBe(true);
    expect((await one(world, list, "00000000-0000-4000-8000-000000000000")).status).toBe(404);
    expect((await one(world, list, "not-an-id")).status).toBe(404);
  });
}

test("an entry says whom it is for, how to apply, where and when; drafts are not told of", async ({ db }) => {
  const world = aWorld(db);
  await furnished(world);
  const { total_items } = await pageOf(world, "services");
  expect(total_items).toBe(
    (await db.select().from(listItems).where(eq(listItems.state, "published"))).length,
  );
  const [found] = (await pageOf(world, "services", "?search=农村免费孕前优生健康检查&full=true")).contents;
  expect(found).toMatchObject({
    name: "农村免费孕前优生健康检查",
    status: "active",
    eligibility_description: "符合条件的计划怀孕夫妇",
    application_process: "带身份证到镇街公共服务办。",
    url: "https://example.org/%E6%9C%8D%E5%8A%A1?a=1",
    phones: [{ number: "0760-00000001", extension: 12 }, { number: "0760-00000002" }],
    schedules: [{ description: "周一至周五上班时间" }],
    service_areas: [{ name: "石岐街道", extent: "442000001", extent_type: "CN-GB2260" }],
    service_at_locations: [{ location: { location_type: "physical", name: "石岐街道公共服务办" } }],
    organization: { name: "市卫生健康局" },
    program: { name: "政府福利清单" },
    required_documents: [{ document: "身份证" }, { document: "户口簿" }],
  });
  // Where no place is known none is made up; an age is told where it is all that the rule asks.
  const [checks] = (await pageOf(world, "services", "?search=老年人健康管理&full=true")).contents;
  expect(checks).toMatchObject({ minimum_age: 65, service_areas: [{ name: "全市", extent: "442000" }] });
  expect(checks).not.toHaveProperty("service_at_locations");
});

test("questions find by organization, by term and what lies under it, by taxonomy, and by what is new", async ({
  db,
}) => {
  const world = aWorld(db);
  await furnished(world);
  const total = async (list: HsdsListName, question: string) =>
    (await pageOf(world, list, question)).total_items;
  const rows = await db.select().from(listItems).where(eq(listItems.state, "published"));
  const provider = (await pageOf(world, "organizations", "?search=市卫生健康局")).contents[0]?.id ?? "";
  const byProvider = rows.filter((row) => row.provider === "市卫生健康局").length;
  expect(byProvider).toBeGreaterThan(1);
  expect([
    await total("services", `?organization_id=${provider}`),
    await total("service_at_locations", `?organization_id=${provider}`),
  ]).toEqual([byProvider, 1]);
  const term = async (search: string) =>
    (await pageOf(world, "taxonomy_terms", `?search=${search}`)).contents[0]?.id ?? "";
  expect(await total("services", `?taxonomy_term_id=${await term("幼有所育")}`)).toBe(
    rows.filter((row) => row.category.startsWith("幼有所育")).length,
  );
  expect(await total("services", `?taxonomy_term_id=${await term("老年人")}`)).toBe(
    rows.filter((row) => row.audiences.includes("older_person")).length,
  );
  for (const { id } of (await pageOf(world, "taxonomies")).contents) {
    expect(await total("taxonomy_terms", `?taxonomy_id=${id}`)).toBeGreaterThan(0);
    expect(await total("services", `?taxonomy_id=${id}`)).toBeGreaterThan(0);
  }

  expect(await total("services", `?taxonomy_term_id=${world.system.newId()}`)).toBe(0);
  await db
    .update(listItems)
    .set({ updatedAt: new Date("2026-02-10T00:00:00Z") })
    .where(eq(listItems.code, "GW003"));
  expect([
    await total("services", "?modified_after=2026-02-10T08:00:00%2B08:00"),
    await total("services", "?modified_after=2026-02-11"),
  ]).toEqual([1, 0]);
});

test("a question that cannot be answered is refused in words that name its parameter", async ({ db }) => {
  const world = aWorld(db);
  for (const [question, parameter] of [
    ["?page=0", "page"],
    ["?per_page=101", "per_page"],
    ["?per_page=many", "per_page"],
    ["?format=xml", "format"],
    ["?taxonomy_id=zs-list", "taxonomy_id"],
    ["?taxonomy_term_id=1", "taxonomy_term_id"],
    ["?organization_id='", "organization_id"],
    ["?modified_after=yesterday", "modified_after"],
    ["?modified_after=2026-02-10T08:00:00", "modified_after"],
    ["?minimal=1", "minimal"],
    ["?full=", "full"],
    [`?search=${"长".repeat(101)}`, "search"],
    ["?postcode=528400", "postcode"],
  ] as const) {
    const answer = await ask(world, "services", question);
    const body = ApiRefusal.parse(await answer.json());
    expect([answer.status, body.error.parameter, body.error.message.startsWith(parameter)], question).toEqual(
      [400, parameter, true],
    );
  }

  expect((await ask(world, "taxonomies", "?minimal=true")).status).toBe(400);
});

test("every site may read it, caches may keep it for a while, and whoever has it already is told so", async ({
  db,
}) => {
  const world = aWorld(db);
  for (const question of ["", "?format=ndjson"]) {
    const first = await ask(world, "services", question);
    const tag = first.headers.get("etag") ?? "";
    expect([first.headers.get("access-control-allow-origin"), first.headers.get("cache-control")]).toEqual([
      "*",
      "public, max-age=300",
    ]);
    const again = await ask(world, "services", question, { "if-none-match": `"other", ${tag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
  }

  const before = (await ask(world, "services", "?format=ndjson")).headers.get("etag");
  await db.update(listItems).set({ version: 2, name: "改了名字" }).where(eq(listItems.code, "GW003"));
  expect((await ask(world, "services", "?format=ndjson")).headers.get("etag")).not.toBe(before);
  expect((await ask(world, "services", "?page=0")).headers.get("cache-control")).toBe("no-store");
});

test("the address says what it is, and its OpenAPI document names every list with every parameter that it takes", async ({
  db,
}) => {
  const world = aWorld(db);
  const about = ApiInfo.parse(
    await (await info(argsForAnybody(world, "http://portal.test/api/hsds"))).json(),
  );
  expect(about).toMatchObject({ version: "3.0", openapi_url: "http://portal.test/api/hsds/openapi.json" });
  const document = (await (await openApi(argsForAnybody(world, about.openapi_url))).json()) as {
    openapi: string;
    paths: Record<string, { get: { parameters: { name: string }[] } }>;
    components: { schemas: Record<string, { required: string[]; additionalProperties: boolean }> };
  };
  expect(document.openapi).toBe("3.1.0");
  for (const list of LIST_NAMES) {
    expect(document.paths[`/${list}`]?.get.parameters.map((parameter) => parameter.name)).toEqual([
      ...HSDS_LISTS[list].parameters,
    ]);
    expect(document.paths[`/${list}/{id}`]).toBeDefined();
  }

  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(Object.keys(SHAPES)));
  expect(document.components.schemas["service"]).toMatchObject({
    required: ["id", "name", "status"],
    additionalProperties: false,
  });
  // Every reference leads to a schema of the document.
  const text = JSON.stringify(document);
  const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  expect([
    referred.length > 20,
    referred.filter((name) => !(name in document.components.schemas)),
    text.includes('"$id"'),
  ]).toEqual([true, [], false]);
});
