import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_CHECKS, runChecks } from "~/domain/checks.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { ASKED_LATELY } from "~/domain/lately.server";
import { CLOCKS } from "~/worker/clocks.server";
import { connect } from "~db/client";
import { askClocks } from "../bench/city/clocks";
import { type DemoHistory, playDemo } from "../bench/city/demo";
import { fillCity } from "../bench/city/fill";
import { type Cost, tour } from "../bench/city/tour";

/**
 * Some 1,200 households with all that became of them: small enough to be asked each time, and large enough
 * that whatever reads a table reads far more rows than any page shows.
 */
const SIZE = 0.4;
const MOST_STATEMENTS = 15;
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

/** Pages that may read more of a table than they show, and why. */
const READ_MORE: Readonly<Record<string, string>> = {
  wishes: "its choices are counted as far as 5,000 wishes, and not at all beyond",
  "finance/goods.csv": "some batches of the file, each by the index of days",
  "sign-in": "the one-click accounts of a demo",
};

/** Clocks that may, and why. */
const FINDS_MORE: Readonly<Record<string, string>> = {
  expireNeeds: "all whose days are over, in a city in which no clock ever ran",
};

const routeOf = ({ page }: Cost): string => page.split(" as ")[0] ?? "";

test("the city that is measured is one: every rule of the house holds in it", async () => {
  const connection = connect(demo.settings.DATABASE_URL, { max: 1, statementMs: 60_000 });
  const results = await runChecks(connection.db);
  await connection.close();
  expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(results.find(({ name }) => name === "journal.unbroken")?.examined).toBeGreaterThan(20_000);
}, 120_000);

test("asked of what was told since its beginning, a check goes through all that it goes through whole; since any moment it finds nothing", async () => {
  const connection = connect(demo.settings.DATABASE_URL, { max: 1, statementMs: 60_000 });
  const asked = ALL_CHECKS.filter(({ name }) => ASKED_LATELY.includes(name));
  const examined = async (since?: Date) =>
    (await runChecks(connection.db, asked, since)).map(({ name, examined: n }) => `${name} ${n}`);
  expect(asked).toHaveLength(ASKED_LATELY.length);
  expect(await examined(new Date(1))).toEqual(await examined());
  const moments = await database<{ at: Date }[]>`
    select unnest(percentile_disc(array[0.1, 0.5, 0.9, 0.99]) within group (order by recorded_at)) as at from journal`;
  for (const { at } of moments)
    expect((await runChecks(connection.db, asked, at)).flatMap(({ wrong }) => wrong)).toEqual([]);
  await connection.close();
}, 120_000);

test("every page is asked; none needs many statements, or reads a table that grows from end to end, or more of it than it shows", async () => {
  const { costs, shut, missing } = await tour(demo.settings, database, { timed: false });
  expect([missing, shut]).toEqual([[], []]);
  expect(costs.length).toBeGreaterThan(130);
  expect(
    costs
      .filter(({ statements }) => statements > MOST_STATEMENTS)
      .map(({ page, statements }) => `${page}: ${statements} statements`),
  ).toEqual([]);
  // The planner has to take an index here, however small the table: a scan that is left has none at all, and
  // one that only leads through the whole table shows by the rows below.
  expect(
    costs.flatMap(({ page, scans }) => scans.map(({ table, query }) => `${page}: ${table} by ${query}`)),
  ).toEqual([]);
  expect(
    costs
      .filter((cost) => cost.most.rows > MOST_ROWS && !(routeOf(cost) in READ_MORE))
      .map(({ page, most }) => `${page}: ${most.rows} rows by ${most.query}`),
  ).toEqual([]);
}, 300_000);

test("every clock finds what is due by an index, and reads no more than that", async () => {
  const costs = await askClocks(demo.settings, database, new Date());
  expect(costs.length).toBe(CLOCKS.length);
  expect(
    costs.flatMap(({ clock, scans }) => scans.map(({ table, query }) => `${clock}: ${table} by ${query}`)),
  ).toEqual([]);
  expect(
    costs
      .filter(({ clock, most }) => most.rows > MOST_ROWS && !(clock in FINDS_MORE))
      .map(({ clock, most }) => `${clock}: ${most.rows} rows by ${most.query}`),
  ).toEqual([]);
}, 120_000);

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
