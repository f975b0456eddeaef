import type postgres from "postgres";
import type { Settings } from "~/settings.server";
import { startBuiltPortal } from "../../support/builtPortal";
import { type Asked, nodes, type Plan, writtenOut } from "../../support/plans";
import { serverMilliseconds } from "../processor";
import { median } from "../support";
import { type Page, pagesOfPortal } from "./pages";
import { STAYS } from "./template";

/** What one page cost: its median time, its statements, and what they read. */
export type Cost = Readonly<{
  page: string;
  ms: number;
  /** Of portal, database and whoever asks; unlike time it hardly grows where others use the machine. */
  processorMs: number;
  statements: number;
  /** Of the slowest statement. */ slowest: Readonly<{ ms: number; query: string; plan: string }>;
  /** Where no index serves: the table and what was asked. */
  scans: readonly Readonly<{ table: string; query: string }>[];
  /** Of the statement that reads most of what grows with the city: how many rows. */
  most: Readonly<{ rows: number; query: string }>;
}>;

/** Asked so often by itself; the first time what is kept for a minute or for the process is read as well. */
const TIMES = 3;

type Found = Readonly<{ at: string; who: string | null }>;

/** Begins and ends of transactions ask for nothing. */
const isQuestion = (query: string): boolean =>
  !/^\s*(begin|commit|rollback|savepoint|release|set )/i.test(query);
const isPlanned = (query: string): boolean => /^\s*(with|select|insert|update|delete|\()/i.test(query);

/**
 * Asks every page of the built portal as whoever uses it. `database` is a superuser's connection to what the
 * portal reads. Pages that no row of theirs opens are in `shut`.
 */
export async function tour(
  settings: Settings,
  database: postgres.Sql,
  {
    only = () => true,
    timed = true,
    say,
  }: Readonly<{
    only?: (route: string) => boolean;
    /** Whether the slowest statement is looked for as well, and time is a median. */ timed?: boolean;
    say?: (words: string) => void;
  }> = {},
): Promise<Readonly<{ costs: readonly Cost[]; shut: readonly string[]; missing: readonly string[] }>> {
  let heard: Asked[] = [];
  const portal = await startBuiltPortal(settings, new Date(), (query, parameters) => {
    if (isQuestion(query)) heard.push({ query, parameters });
  });
  const costs: Cost[] = [];
  const shut: string[] = [];
  const { pages, missing } = pagesOfPortal();
  await planAsWhenLarge(database);

  const costOf = async (page: Page): Promise<Cost | undefined> => {
    for (const { at, who } of await database.unsafe<Found[]>(page.statement)) {
      heard = [];
      const ask = async () => {
        const began = performance.now();
        const answer = await portal.ask(at, who);
        return { ms: await waitedFor(answer, began), status: answer.status };
      };

      if ((await ask()).status !== 200) continue;
      const cold = heard;
      const times: number[] = [];
      const usedBefore = await processorMilliseconds(database);
      for (let time = 0; time < (timed ? TIMES : 1); time += 1) {
        heard = [];
        times.push((await ask()).ms);
      }

      const used = (await processorMilliseconds(database)) - usedBefore;

      return {
        page: `${page.route} as ${at.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…")}`,
        ms: median(times),
        processorMs: used / times.length,
        statements: heard.length,
        slowest: timed ? await slowestOf(database, heard) : NOT_LOOKED_FOR,
        ...(await readBy(database, cold)),
      };
    }

    return undefined;
  };

  try {
    for (const page of pages.filter(({ route }) => only(route))) {
      const cost = await costOf(page);
      if (cost) costs.push(cost);
      else shut.push(`${page.route}: ${page.statement.slice(0, 80)}`);
      if (cost && cost.ms > 1_000) say?.(`${Math.round(cost.ms)} ms ${cost.page}`);
    }
  } finally {
    await portal.close();
    await database`reset all`;
  }

  return { costs, shut, missing };
}

/** What portal and database have used by now. */
const processorMilliseconds = async (database: postgres.Sql): Promise<number> => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + (await serverMilliseconds(database));
};

/** So much is taken of a file, which may be of any length. */
const PIECES = 10;

/**
 * How long whoever asks waits: for a whole page; of a file, which comes piece by piece, for its first piece
 * or for any of the next ones, whichever is longest.
 */
async function waitedFor(answer: Response, began: number): Promise<number> {
  const isFile = answer.headers.get("Content-Disposition")?.startsWith("attachment");
  const reader = answer.body?.getReader();
  let [longest, last] = [0, began];
  for (let piece = 0; reader && !(isFile && piece === PIECES); piece += 1) {
    const { done } = await reader.read();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (done) break;
  }

  await reader?.cancel();
  return isFile ? longest : performance.now() - began;
}

const NOT_LOOKED_FOR: Cost["slowest"] = { ms: 0, query: "", plan: "" };

/**
 * Small tables are best read whole and joined by hashes. With both switched off the planner goes by indexes,
 * as it does where tables are large, and one that serves nothing shows by the rows that are read.
 */
export const planAsWhenLarge = (database: postgres.Sql) =>
  database.unsafe("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");

async function planOf(database: postgres.Sql, asked: Asked, how: string): Promise<Plan[]> {
  const [row] = await database.unsafe<{ "QUERY PLAN": readonly [{ Plan: Plan }] }[]>(
    `explain (${how}format json) ${writtenOut(asked)}`,
  );
  return row ? nodes(row["QUERY PLAN"][0].Plan) : [];
}

const isRead = ({ query }: Asked): boolean =>
  /^\s*(with|select|\()/i.test(query) && !/ for (no key )?update/i.test(query);

/** What is read of the tables that grow with the city. What is written is planned, and not done again. */
export async function readBy(
  database: postgres.Sql,
  heard: readonly Asked[],
): Promise<Pick<Cost, "scans" | "most">> {
  const scans = new Map<string, { table: string; query: string }>();
  let most = { rows: 0, query: "" };
  for (const asked of heard.filter(({ query }) => isPlanned(query))) {
    const growing = (await planOf(database, asked, isRead(asked) ? "analyze, timing off, " : "")).filter(
      ({ "Relation Name": table }) => table !== undefined && !STAYS.has(table),
    );
    for (const { "Node Type": type, "Relation Name": table = "" } of growing)
      if (type === "Seq Scan") scans.set(`${table} ${asked.query}`, { table, query: asked.query });
    const rows = growing.reduce((sum, node) => sum + rowsRead(node), 0);
    if (rows > most.rows) most = { rows, query: asked.query };
  }

  return { scans: [...scans.values()], most };
}

/** What a node looked at, whether or not it was what it looked for. */
const rowsRead = (node: Plan): number =>
  ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 0);

/** Which of a page's questions takes the database longest. */
async function slowestOf(database: postgres.Sql, heard: readonly Asked[]): Promise<Cost["slowest"]> {
  let slowest: Asked | undefined;
  let most = 0;
  await database`reset all`;
  for (const asked of heard.filter(
    ({ query }) => /^\s*(with|select|\()/i.test(query) && !/for update/i.test(query),
  )) {
    const began = performance.now();
    await database.unsafe(writtenOut(asked));
    const ms = performance.now() - began;
    if (ms > most) [most, slowest] = [ms, asked];
  }

  const plan = slowest
    ? await database.unsafe<{ "QUERY PLAN": string }[]>(`explain (costs off) ${writtenOut(slowest)}`)
    : [];
  await planAsWhenLarge(database);
  return {
    ms: most,
    query: slowest?.query ?? "",
    plan: plan.map((line) => `    ${line["QUERY PLAN"]}`).join("\n"),
  };
}
