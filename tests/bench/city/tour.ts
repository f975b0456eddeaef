import type postgres from "postgres";
import type { Settings } from "~/settings.server";
import { startBuiltPortal } from "../../support/builtPortal";
import { type Asked, nodes, type Plan, writtenOut } from "../../support/plans";
import { median } from "../support";
import { type Page, pagesOfPortal } from "./pages";
import { STAYS } from "./template";

/** What one page cost: its median time, its statements, and which tables it could only read from end to end. */
export type Cost = Readonly<{
  page: string;
  ms: number;
  statements: number;
  /** Of the slowest statement. */ slowest: Readonly<{ ms: number; query: string }>;
  /** Where no index serves: the table and what was asked. */
  scans: readonly Readonly<{ table: string; query: string }>[];
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
  say: (words: string) => void,
): Promise<Readonly<{ costs: readonly Cost[]; shut: readonly string[]; missing: readonly string[] }>> {
  let heard: Asked[] = [];
  const portal = await startBuiltPortal(settings, new Date(), (query, parameters) => {
    if (isQuestion(query)) heard.push({ query, parameters });
  });
  const costs: Cost[] = [];
  const shut: string[] = [];
  const { pages, missing } = pagesOfPortal();
  // With this, a scan that remains in a plan is one for which there is no index at all.
  await database`set enable_seqscan = off`;

  const costOf = async (page: Page): Promise<Cost | undefined> => {
    for (const { at, who } of await database.unsafe<Found[]>(page.statement)) {
      heard = [];
      const ask = async () => {
        const began = performance.now();
        const answer = await portal.ask(at, who);
        await answer.arrayBuffer();
        return { ms: performance.now() - began, status: answer.status };
      };

      if ((await ask()).status !== 200) continue;
      const cold = heard;
      const times: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        heard = [];
        times.push((await ask()).ms);
      }

      return {
        page: `${page.route} as ${at.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…")}`,
        ms: median(times),
        statements: heard.length,
        slowest: await slowestOf(database, heard),
        scans: await scansOf(database, cold),
      };
    }

    return undefined;
  };

  try {
    for (const page of pages) {
      const cost = await costOf(page);
      if (cost) costs.push(cost);
      else shut.push(`${page.route}: ${page.statement.slice(0, 80)}`);
      if (cost && cost.ms > 1_000) say(`${Math.round(cost.ms)} ms ${cost.page}`);
    }
  } finally {
    await portal.close();
    await database`reset enable_seqscan`;
  }

  return { costs, shut, missing };
}

async function planOf(database: postgres.Sql, asked: Asked, how: string): Promise<Plan[]> {
  const [row] = await database.unsafe<{ "QUERY PLAN": readonly [{ Plan: Plan }] }[]>(
    `explain (${how}format json) ${writtenOut(asked)}`,
  );
  return row ? nodes(row["QUERY PLAN"][0].Plan) : [];
}

/** Tables that grow with the city and that a page can read only from end to end. */
async function scansOf(database: postgres.Sql, heard: readonly Asked[]): Promise<Cost["scans"]> {
  const scans = new Map<string, { table: string; query: string }>();
  for (const asked of heard.filter(({ query }) => isPlanned(query))) {
    for (const { "Node Type": type, "Relation Name": table = "" } of await planOf(database, asked, ""))
      if (type === "Seq Scan" && !STAYS.has(table))
        scans.set(`${table} ${asked.query}`, { table, query: asked.query });
  }

  return [...scans.values()];
}

/** Which of a page's questions takes the database longest. */
async function slowestOf(database: postgres.Sql, heard: readonly Asked[]): Promise<Cost["slowest"]> {
  let slowest = { ms: 0, query: "" };
  await database`reset enable_seqscan`;
  for (const asked of heard.filter(
    ({ query }) => /^\s*(with|select|\()/i.test(query) && !/for update/i.test(query),
  )) {
    const began = performance.now();
    await database.unsafe(writtenOut(asked));
    const ms = performance.now() - began;
    if (ms > slowest.ms) slowest = { ms, query: asked.query };
  }

  await database`set enable_seqscan = off`;
  return slowest;
}
