import { type ChildProcess, fork } from "node:child_process";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { trackHash } from "~/domain/giving/confirmGift.server";
import { makeCode } from "~/domain/kernel/codes";
import { as, DONORS, type Figures, give, type Order } from "./giving";
import { findPgbench, pgbench } from "./pgbench";
import { scriptOf, type Statement } from "./script";
import { median, rounded, say, withDatabase } from "./support";
import { donorId, lineId, openForFilling, writePeople, writeWishes } from "./wishes";

const CLIENTS = 8;
const ROUNDS = 3;
const WISHES = 10_000;
/** The one wish that everybody wants is written after the others. */
const HOT = WISHES + 1;
const WHERE = { spread: { first: 1, last: WISHES }, hot: { first: HOT, last: HOT } } as const;
type Where = keyof typeof WHERE;

const sameBytes = (count: number): Buffer => Buffer.alloc(count, 0xa5);

/** Every statement that one gift really sends, in order, with what it sends along. */
async function statementsOfOneGift(url: string): Promise<Statement[]> {
  let seen: Omit<Statement, "types">[] = [];
  const client = postgres(url, {
    max: 1,
    fetch_types: false,
    debug: (_connection, query, parameters) => {
      seen.push({ query, parameters: parameters as unknown[] });
    },
  });
  let ids = 0;
  // Ids and random bytes that can be told apart again in the statements.
  const newId = () => `ffffffff-0000-7000-8000-${(ids += 1).toString(16).padStart(12, "0")}`;
  const db = drizzle(client);
  // The first gift reads the limits, which the next ones know.
  await give(as(db, donorId(DONORS)), lineId(WISHES));
  seen = [];
  await give(as(db, donorId(DONORS), { newId, randomBytes: sameBytes }), lineId(WISHES));
  await client.end();
  return withTypes(url, seen);
}

/** The server itself says of what type each parameter is. */
async function withTypes(url: string, statements: readonly Omit<Statement, "types">[]): Promise<Statement[]> {
  const sql = postgres(url, { max: 1, fetch_types: false });
  const typed: Statement[] = [];
  for (const [index, statement] of statements.entries()) {
    if (statement.parameters.length === 0) {
      typed.push({ ...statement, types: [] });
      continue;
    }

    await sql.unsafe(`prepare s${index} as ${statement.query}`);
    const [row] = await sql<
      { types: string }[]
    >`select array_to_string(parameter_types, ',') as types from pg_prepared_statements where name = ${`s${index}`}`;
    typed.push({ ...statement, types: (row?.types ?? "").split(",") });
  }

  await sql.end();
  return typed;
}

/** Copies of the portal's use cases, each in a process of its own, that give at the same time. */
function startCopies(url: string) {
  const copies = [1, 2].map(() => fork("tests/bench/copy.ts", [url], { execArgv: ["--import", "tsx"] }));
  const told = (copy: ChildProcess, order: Order) =>
    new Promise<Figures>((resolve, reject) => {
      const lost = () => {
        reject(new Error("a copy ended before it had answered"));
      };

      copy.once("exit", lost).once("message", (figures) => {
        copy.off("exit", lost);
        resolve(figures as Figures);
      });
      copy.send(order);
    });
  return {
    give: async (many: number, where: Where, seconds: number): Promise<Figures> => {
      const figures = await Promise.all(
        copies
          .slice(0, many)
          .map((copy) => told(copy, { ...WHERE[where], seconds, clients: CLIENTS / many })),
      );
      const perSecond = figures.reduce((sum, copy) => sum + copy.perSecond, 0);
      return {
        perSecond,
        cpuMilliseconds: figures.reduce((sum, copy) => sum + copy.cpuMilliseconds, 0) / many,
      };
    },
    end: () => {
      for (const copy of copies) copy.kill();
    },
  };
}

/**
 * How close the real use cases come to the database's own limit: a gift held and confirmed, spread over many
 * wishes and all on one, over pgbench sending the very same statements; by turns in rounds, medians. `ratio`
 * is the lower of the two with one copy of the portal, which can use one core; beside it two copies with as
 * many donors together.
 */
export async function pledge(flags: ReadonlyMap<string, number>) {
  const program = findPgbench();
  const seconds = flags.get("seconds") ?? 8;
  return withDatabase({ durable: true }, async (server) => {
    const sql = await openForFilling(server.superuserUrl);
    await writePeople(sql, DONORS);
    await writeWishes(sql, HOT, { units: 10_000_000, lines: true });
    const script = scriptOf(await statementsOfOneGift(server.appUrl), {
      donors: DONORS,
      code: makeCode("G", sameBytes),
      token: trackHash(sameBytes(20).toString("base64url")),
    });
    const promised = async (): Promise<number> =>
      Number((await sql<{ n: string }[]>`select sum(pledged) as n from need_line`)[0]?.n);
    let run = 0;
    /** @throws when the replay did not promise one unit for each run: then it would measure something else */
    const replayed = async (where: Where, lasting: number): Promise<number> => {
      const before = await promised();
      const { perSecond, runs } = pgbench(program, {
        url: server.appUrl,
        script,
        clients: CLIENTS,
        seconds: lasting,
        variables: { ...WHERE[where], c: 0, run: (run += 1) },
      });
      const units = (await promised()) - before;
      if (units !== runs) throw new Error(`pgbench replayed ${runs} gifts, and ${units} units were promised`);
      return perSecond;
    };

    const copies = startCopies(server.appUrl);
    const round = async (where: Where) => {
      const one = await copies.give(1, where, seconds);
      const limit = await replayed(where, seconds);
      const two = await copies.give(2, where, seconds);
      const gift = `${rounded(one.cpuMilliseconds, 2)} ms of its processor each`;
      say(
        `${where}: one copy ${rounded(one.perSecond, 0)} gifts a second (${gift}), two copies ${rounded(two.perSecond, 0)}, pgbench ${rounded(limit, 0)}`,
      );
      return {
        one: one.perSecond,
        cpu: one.cpuMilliseconds,
        two: two.perSecond,
        pgbench: limit,
        ratio: one.perSecond / limit,
        ratioOfTwo: two.perSecond / limit,
      };
    };

    const rounds: Record<Where, Awaited<ReturnType<typeof round>>[]> = { spread: [], hot: [] };
    try {
      await copies.give(1, "spread", 3);
      await copies.give(2, "spread", 3);
      await replayed("spread", 2);
      for (let turn = 0; turn < ROUNDS; turn += 1)
        for (const where of ["spread", "hot"] as const) rounds[where].push(await round(where));
    } finally {
      copies.end();
    }

    const bare = pgbench(program, {
      url: server.appUrl,
      clients: CLIENTS,
      seconds: Math.ceil(seconds / 2),
      script: `\\set r random(1, ${WISHES})\nupdate need_line set held = held + 1, version = version + 1 where id = ('00000000-0000-7000-b000-' || lpad(to_hex(:r::bigint), 12, '0'))::uuid and open >= 1 and accepts;`,
    }).perSecond;
    const [wrong] = await sql<{ n: number }[]>`
      select count(*)::int as n from need_line l
      where l.pledged <> (select coalesce(sum(quantity), 0) from pledge p where p.line_id = l.id and p.state = 'confirmed')`;
    const tpcb = await tpcB(program, server.superuserUrl, sql, Math.ceil(seconds / 2));
    await sql.end();
    if (wrong?.n !== 0) throw new Error(`${String(wrong?.n)} lines count other units than their promises`);
    say(
      `pgbench, the bare conditional UPDATE: ${rounded(bare, 0)} a second; TPC-B: ${rounded(tpcb, 0)} a second`,
    );
    const middle = (of: keyof (typeof rounds.spread)[number], digits: number) => {
      const middleOf = (where: Where) => rounded(median(rounds[where].map((figures) => figures[of])), digits);
      return { spread: middleOf("spread"), hot: middleOf("hot") };
    };

    const ratios = middle("ratio", 3);
    return {
      ratio: Math.min(ratios.spread, ratios.hot),
      means:
        "gifts a second through the use cases of one copy of the portal over pgbench sending the same statements, the lower of spread and hot: higher is better, 1 is the database's own limit",
      ratios,
      ratiosOfTwoCopies: middle("ratioOfTwo", 3),
      giftsPerSecond: middle("one", 0),
      giftsPerSecondOfTwoCopies: middle("two", 0),
      cpuMillisecondsPerGift: middle("cpu", 2),
      pgbenchPerSecond: { ...middle("pgbench", 0), bareUpdate: rounded(bare, 0), tpcB: rounded(tpcb, 0) },
      statements: script.split(";").length - 1,
    };
  });
}

async function tpcB(
  program: string,
  url: string,
  sql: Awaited<ReturnType<typeof openForFilling>>,
  seconds: number,
): Promise<number> {
  const name = "tpcb";
  await sql.unsafe(`create database ${name}`);
  const there = new URL(url);
  there.pathname = `/${name}`;
  const { spawnSync } = await import("node:child_process");
  const filled = spawnSync(program, ["-i", "-s", "10", "-q", there.href], { encoding: "utf8" });
  if (filled.status !== 0) throw new Error(`pgbench -i failed: ${filled.stderr}`);
  return pgbench(program, { url: there.href, clients: CLIENTS, seconds }).perSecond;
}
