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

const linesOf = (costs: readonly Cost[], what: (cost: Cost) => string | undefined): string[] =>
  costs.flatMap((cost) => {
    const said = what(cost);
    return said === undefined ? [] : [`${cost.page.split(" as ")[0] ?? ""}: ${said}`];
  });
