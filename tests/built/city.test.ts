import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { connect } from "~db/client";
import { type DemoHistory, playDemo } from "../bench/city/demo";
import { fillCity } from "../bench/city/fill";
import { type Cost, tour } from "../bench/city/tour";

/**
 * Some 1,200 households with all that became of them: small enough to be asked each time, and large enough
 * that whatever reads a table reads far more rows than any page shows.
 */
const SIZE = 0.4;
const MOST_STATEMENTS = 20;
const MOST_ROWS = 700;

let demo: DemoHistory;
let database: postgres.Sql;

beforeAll(async () => {
  demo = await playDemo();
  database = postgres(demo.server.superuserUrl, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { TimeZone: "UTC" },
  });
  await fillCity(database, readKeyring(demo.settings.DATA_KEY, demo.settings.HASH_KEY), SIZE);
}, 300_000);

afterAll(async () => {
  await database.end();
  await demo.end();
});

/** Pages that ask more than `MOST_STATEMENTS`, how many at most, and why: never one for each row. */
const MORE_STATEMENTS: Readonly<Record<string, readonly [most: number, why: string]>> = {
  "deliveries/:id": [45, "each moment on the way of its things is looked up with what bounds it"],
  "field/wishes/:id": [30, "its two visits, its cap and each consent are looked up with what bounds them"],
  "review/:id": [30, "the same, and what its household is entitled to"],
  "review/:id/compare/:otherId": [30, "two wishes at once"],
};

/** Pages that read a table that grows from end to end, and why; both are kept for everybody for seconds. */
const READ_WHOLE: Readonly<Record<string, string>> = {
  "": "the three numbers are sums of all lines, as they stand now",
  open: "the three numbers are sums of all lines, as they stand now",
};

/** Pages that may read more of a table than they show, and why. */
const READ_MORE: Readonly<Record<string, string>> = {
  ...READ_WHOLE,
  wishes: "its choices are counted as far as 10,000 wishes, and not at all beyond",
  "finance/goods": "the sums of the days that are asked for",
  "finance/goods.csv": "the file of the days that are asked for, batch by batch",
  "sign-in": "the one-click accounts of a demo",
};

const routeOf = ({ page }: Cost): string => page.split(" as ")[0] ?? "";

test("the city that is measured is one: every rule of the house holds in it", async () => {
  const connection = connect(demo.settings.DATABASE_URL, { max: 1, statementMs: 60_000 });
  const results = await runChecks(connection.db);
  await connection.close();
  expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(results.find(({ name }) => name === "journal.unbroken")?.examined).toBeGreaterThan(20_000);
}, 120_000);

test("every page is asked; none needs many statements, or reads a table that grows from end to end, or more of it than it shows", async () => {
  const { costs, shut, missing } = await tour(demo.settings, database, { timed: false });
  expect([missing, shut]).toEqual([[], []]);
  expect(costs.length).toBeGreaterThan(130);
  expect(
    costs
      .filter((cost) => cost.statements > (MORE_STATEMENTS[routeOf(cost)]?.[0] ?? MOST_STATEMENTS))
      .map(({ page, statements }) => `${page}: ${statements} statements`),
  ).toEqual([]);
  // The planner has to take an index here, however small the table: a scan that is left has none at all, and
  // one that only leads through the whole table shows by the rows below.
  expect(
    costs
      .filter((cost) => !(routeOf(cost) in READ_WHOLE))
      .flatMap(({ page, scans }) => scans.map(({ table, query }) => `${page}: ${table} by ${query}`)),
  ).toEqual([]);
  expect(
    costs
      .filter((cost) => cost.most.rows > MOST_ROWS && !(routeOf(cost) in READ_MORE))
      .map(({ page, most }) => `${page}: ${most.rows} rows by ${most.query}`),
  ).toEqual([]);
}, 300_000);

test("the tour sees that an index is missing", async () => {
  const [{ made } = { made: "" }] = await database<
    { made: string }[]
  >`select pg_get_indexdef('lot_by_pledge'::regclass) as made`;
  await database`drop index lot_by_pledge`;
  try {
    const { costs } = await tour(demo.settings, database, {
      only: (route) => route === "gifts/:code",
      timed: false,
    });
    expect(costs.map(({ most }) => most.rows > MOST_ROWS)).toContain(true);
  } finally {
    await database.unsafe(made);
  }
}, 60_000);
