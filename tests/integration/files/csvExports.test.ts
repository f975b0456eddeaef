import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { AT_ONCE } from "~/domain/imports/rows";
import { readTable } from "~/domain/kernel/tables/readTable.server";
import type { TableShape } from "~/domain/kernel/tables/table";
import { shanghaiDay } from "~/domain/kernel/time";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import type { RouteArgs } from "~/http/context.server";
import { loader as trailOfUse } from "~/routes/audit/trailCsv";
import { loader as listExport } from "~/routes/desk/exportCsv";
import { action as hsdsNotes } from "~/routes/desk/hsdsNotes";
import { loader as keptNotes } from "~/routes/desk/importNotes";
import { loader as listTemplate } from "~/routes/desk/templateCsv";
import { loader as wishTemplate } from "~/routes/field/templateCsv";
import { loader as goodsBook } from "~/routes/finance/goodsCsv";
import { loader as moneyBook } from "~/routes/finance/moneyCsv";
import { loader as giftPath } from "~/routes/giving/giftCsv";
import { loader as yearFile } from "~/routes/giving/myYearCsv";
import { readSettings } from "~/settings.server";
import { listItems } from "~db/schema/directory";
import { aStockedWish } from "../../factories/delivery";
import { aForeignService, idOf, json, takeIn } from "../../factories/hsds";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { aPaidWish, test } from "../../support/payments";
import { argsFor } from "../../support/routeArgs";
import { runningCells, strictRows } from "../../support/strictRows";
import type { World } from "../../support/world";

/** Words that a spreadsheet would run, and every sign that ends a cell or a row for somebody. */
const NASTY = '=HYPERLINK("http://x")\n第二行;+1\t@甲|，“乙”, ＝1';

type Export = Readonly<{
  route: string;
  shape?: TableShape;
  read: (world: World, databaseUrl: string) => Promise<Response>;
}>;

const operator = (world: World) => aPerson(world, { role: "operator", scope: { kind: "city" } });
const auditor = (world: World) => aPerson(world, { role: "auditor", scope: { kind: "city" } });
const address = (path: string) => `http://portal.test/${path}`;

async function listOf(world: World, list: "government" | "social"): Promise<Response> {
  const [item] = await world.db.select().from(listItems).where(eq(listItems.list, list));
  await world.db
    .update(listItems)
    .set({ hours: NASTY })
    .where(eq(listItems.id, item?.id ?? ""));
  return listExport(
    await argsFor(world, await operator(world), address(`lists-desk/export.csv?list=${list}`)),
  );
}

/**
 * What an operator gets who sends this package; the thread beside the portal reaches the database of this
 * test.
 */
async function notesOf(world: World, databaseUrl: string): Promise<Response> {
  const args = await argsFor(world, await operator(world), address("lists-desk/hsds/notes.csv"));
  const key = Buffer.alloc(32, 7).toString("base64");
  const settings = readSettings({
    ...{
      DATABASE_URL: databaseUrl,
      MIGRATION_URL: databaseUrl,
      PUBLIC_URL: "http://portal.test",
      FILES_DIR: world.filesFolder,
    },
    ...{
      DATA_KEY: `test:${key}`,
      HASH_KEY: key,
      STRIPE_SECRET_KEY: "sk_test_x",
      STRIPE_WEBHOOK_SECRET: "whsec_test",
    },
  });
  const body = new FormData();
  body.append("list", "social");
  body.append("files", new File([`[{"id":"x"},"y",{"name":${JSON.stringify(NASTY)}}]`], "=services.json"));
  const request = new Request(args.request.url, {
    method: "POST",
    headers: { cookie: args.request.headers.get("cookie") ?? "" },
    body,
  });
  const sent: RouteArgs = {
    ...args,
    request,
    context: { ...args.context, runtime: { ...args.context.runtime, settings } },
  };
  const answer = await hsdsNotes(sent);
  if (!(answer instanceof Response)) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The same of a package whose import began. */
async function keptNotesOf(world: World): Promise<Response> {
  const keeper = await operator(world);
  const services = Array.from({ length: AT_ONCE + 1 }, (_, n) =>
    aForeignService(`服务${n}`, { service_areas: [{ id: idOf(`there ${n}`), name: NASTY }] }),
  );
  const { jobId = "" } = await takeIn(world.as(keeper), [json(...services)]);
  return keptNotes(
    await argsFor(world, keeper, address(`lists-desk/imports/${jobId}/notes.csv`), { id: jobId }),
  );
}

/** Every address of the portal that gives out a table as CSV. */
const EXPORTS: readonly Export[] = [
  {
    route: "gifts/:code/path.csv",
    read: async (world) => {
      const { donor, gift } = await aStockedWish(world, await aTeam(world));
      return giftPath(
        await argsFor(world, donor, address(`gifts/${gift.giftCode}/path.csv`), { code: gift.giftCode }),
      );
    },
  },
  {
    route: "me/year.csv",
    read: async (world) => {
      const { donor } = await aStockedWish(world, await aTeam(world));
      return yearFile(await argsFor(world, donor, address("me/year.csv")));
    },
  },
  {
    route: "field/import/template.csv",
    shape: WISH_TABLE,
    read: async (world) =>
      wishTemplate(
        await argsFor(world, (await aTeam(world)).caseworker, address("field/import/template.csv")),
      ),
  },
  {
    route: "lists-desk/template.csv",
    shape: LIST_TABLE,
    read: async (world) =>
      listTemplate(await argsFor(world, await operator(world), address("lists-desk/template.csv"))),
  },
  { route: "lists-desk/export.csv", shape: LIST_TABLE, read: (world) => listOf(world, "government") },
  { route: "lists-desk/export.csv", shape: LIST_TABLE, read: (world) => listOf(world, "social") },
  { route: "lists-desk/hsds/notes.csv", read: notesOf },
  { route: "lists-desk/imports/:id/notes.csv", read: keptNotesOf },
  {
    route: "finance/money.csv",
    read: async (world) =>
      moneyBook(await argsFor(world, await auditor(world), address("finance/money.csv"))),
  },
  {
    route: "finance/goods.csv",
    read: async (world) =>
      goodsBook(await argsFor(world, await auditor(world), address("finance/goods.csv"))),
  },
  {
    route: "audit/use.csv",
    read: async (world) =>
      trailOfUse(
        await argsFor(
          world,
          await auditor(world),
          address(`audit/use.csv?day=${shanghaiDay(world.clock.now())}`),
        ),
      ),
  },
];

test("every address that ends in .csv, and every route that makes one, is in the table of exports", () => {
  const routes = [
    ...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*)", "(routes\/[^"]*)"/g),
  ].map(([, route = "", file = ""]) => ({ route, file }));
  const given = routes
    .filter(
      ({ route, file }) =>
        route.endsWith(".csv") || /csv(?:Response|Stream|Answer)\(/.test(readFileSync(`app/${file}`, "utf8")),
    )
    .map(({ route }) => route);
  expect(given.length).toBeGreaterThan(6);
  expect(given.sort()).toEqual([...new Set(EXPORTS.map(({ route }) => route))].sort());
});

for (const [index, { route, shape, read }] of EXPORTS.entries()) {
  test(`${route} (${index + 1}) is read by a strict reader, by another parser and by the portal, row for row, and nothing in it runs`, async ({
    world,
    desk,
    databaseUrl,
  }) => {
    await aPaidWish(world, desk);
    await aStockedWish(world, await aTeam(world));
    const answer = await read(world, databaseUrl);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(["private, no-store", "private, no-store, no-transform"]).toContain(
      answer.headers.get("cache-control"),
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = Buffer.from(bytes).toString("utf8");
    const [head = [], ...rows] = strictRows(text);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(head).size).toBe(head.length);
    expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
    expect(runningCells(rows)).toEqual([]);
    expect(parse(text, { bom: true })).toEqual([head, ...rows]);
    if (shape === undefined) return;
    const back = readTable({ name: "back.csv", bytes }, shape);
    if (route.endsWith("template.csv"))
      expect(back).toEqual({ kind: "trouble", trouble: { problem: "tables.onlyExplained" } });
    else {
      if (back.kind !== "table") throw new Error(JSON.stringify(back));
      expect(back.problems).toEqual([]);
      expect(back.rows).toHaveLength(rows.length);
      expect(
        back.rows
          .flatMap(({ cells }) => Object.values(cells))
          .filter((cell) => cell.startsWith("=HYPERLINK")),
      ).toHaveLength(1);
    }
  });
}

test("a table is given out to whoever may have it, and to nobody else", async ({ world }) => {
  const stranger = await aDonor(world);
  const { gift } = await aStockedWish(world, await aTeam(world));
  const asks: readonly (readonly [
    (args: RouteArgs) => Promise<Response>,
    string,
    Readonly<Record<string, string>>?,
  ])[] = [
    [giftPath, "gifts/x/path.csv", { code: gift.giftCode }],
    [wishTemplate, "field/import/template.csv"],
    [listTemplate, "lists-desk/template.csv"],
    [listExport, "lists-desk/export.csv"],
    [moneyBook, "finance/money.csv"],
    [goodsBook, "finance/goods.csv"],
    [trailOfUse, "audit/use.csv"],
    [keptNotes, "lists-desk/imports/x/notes.csv", { id: world.system.newId() }],
  ];
  for (const [loader, path, params] of asks)
    await expect(loader(await argsFor(world, stranger, address(path), params)), path).rejects.toMatchObject({
      init: { status: expect.toBeOneOf([403, 404]) as unknown },
    });
});
