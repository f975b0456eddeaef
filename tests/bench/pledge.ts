import { randomBytes } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { confirmGift, trackHash } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { makeCode } from "~/domain/kernel/codes";
import type { UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { connect, type Database } from "~db/client";
import { findPgbench, pgbench } from "./pgbench";
import { scriptOf, type Statement } from "./script";
import { median, rounded, say, withDatabase } from "./support";
import { donorId, lineId, openForFilling, writePeople, writeWishes } from "./wishes";

const CLIENTS = 8;
const ROUNDS = 3;
const WISHES = 10_000;
const DONORS = 1_000;
/** The one wish that everybody wants is written after the others. */
const HOT = WISHES + 1;

type Fixed = Partial<Pick<UseCaseContext, "newId" | "randomBytes" | "now">>;

/** One donor's context on this database; nothing of it leaves the database but the answer. */
const as = (db: Database, donor: string, fixed: Fixed = {}): UseCaseContext<UserActor> => ({
  db,
  actor: { kind: "user", userId: donor, displayName: "", grants: [] },
  locale: "zh-Hans",
  now: () => new Date(),
  newId: uuidv7,
  randomBytes,
  publicUrl: "http://portal.test",
  ...fixed,
  // Promising goods asks neither keys nor the world outside.
  keys: undefined as never,
  ports: undefined as never,
});

const CHOICES = { arrivalWay: "drop_off", displayChoice: "kind_person", ifGone: "ask_me", notRelative: "yes", receipt: "waived" } as const;

/** One whole gift: held, then confirmed, as the two requests of a donor do it. */
async function give(ctx: UseCaseContext, line: string): Promise<void> {
  const { giftCode } = await pledgeItems(ctx, { lines: [{ lineId: line, quantity: 1n }], requestKey: ctx.newId() });
  await confirmGift(ctx, giftCode, { ...CHOICES, requestKey: ctx.newId() });
}

type Figures = Readonly<{ perSecond: number; cpuMilliseconds: number }>;

/** Gifts a second through the real use cases, so many donors at a time, and the portal's own processor time for each. */
async function gifts(db: Database, seconds: number, line: () => string): Promise<Figures> {
  const until = performance.now() + seconds * 1_000;
  let done = 0;
  const donor = async () => {
    while (performance.now() < until) {
      await give(as(db, donorId(1 + Math.floor(Math.random() * DONORS))), line());
      done += 1;
    }
  };
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: CLIENTS }, donor));
  const cpu = process.cpuUsage(cpuBefore);
  return { perSecond: (done / (performance.now() - startedAt)) * 1_000, cpuMilliseconds: (cpu.user + cpu.system) / 1_000 / done };
}

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
    const [row] = await sql<{ types: string }[]>`select array_to_string(parameter_types, ',') as types from pg_prepared_statements where name = ${`s${index}`}`;
    typed.push({ ...statement, types: (row?.types ?? "").split(",") });
  }
  await sql.end();
  return typed;
}

/**
 * How close the real use cases come to the database's own limit: a gift held and confirmed, spread over many wishes and all on
 * one, over pgbench sending the very same statements; by turns in rounds, medians. `ratio` is the lower of the two.
 */
export async function pledge(flags: ReadonlyMap<string, number>) {
  const program = findPgbench();
  const seconds = flags.get("seconds") ?? 8;
  return withDatabase({ durable: true }, async (server) => {
    const sql = await openForFilling(server.superuserUrl);
    await writePeople(sql, DONORS);
    await writeWishes(sql, HOT, { units: 10_000_000, lines: true });
    const script = scriptOf(await statementsOfOneGift(server.appUrl), { donors: DONORS, code: makeCode("G", sameBytes(6)), token: trackHash(sameBytes(20).toString("base64url")) });
    const connection = connect(server.appUrl, { max: CLIENTS });
    const promised = async (): Promise<number> => Number((await sql<{ n: string }[]>`select sum(pledged) as n from need_line`)[0]?.n);
    let run = 0;
    /** @throws when the replay did not promise one unit for each run: then it would measure something else */
    const replayed = async (first: number, last: number, lasting: number): Promise<number> => {
      const before = await promised();
      const { perSecond, runs } = pgbench(program, { url: server.appUrl, script, clients: CLIENTS, seconds: lasting, variables: { first, last, c: 0, run: (run += 1) } });
      const units = (await promised()) - before;
      if (units !== runs) throw new Error(`pgbench replayed ${runs} gifts, and ${units} units were promised`);
      return perSecond;
    };
    const round = async (which: string, first: number, last: number): Promise<Figures & { pgbench: number; ratio: number }> => {
      const ours = await gifts(connection.db, seconds, () => lineId(first + Math.floor(Math.random() * (last - first + 1))));
      const limit = await replayed(first, last, seconds);
      const ratio = ours.perSecond / limit;
      say(
        `${which}: use cases ${rounded(ours.perSecond, 0)} gifts a second (${rounded(ours.cpuMilliseconds, 2)} ms of the portal's processor each), pgbench ${rounded(limit, 0)}: ${rounded(ratio)}`,
      );
      return { ...ours, pgbench: limit, ratio };
    };
    await gifts(connection.db, 3, () => lineId(1 + Math.floor(Math.random() * WISHES)));
    await replayed(1, WISHES, 2);
    const rounds = { spread: [] as Awaited<ReturnType<typeof round>>[], hot: [] as Awaited<ReturnType<typeof round>>[] };
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      rounds.spread.push(await round("spread over 10,000 wishes", 1, WISHES));
      rounds.hot.push(await round("all on one hot wish", HOT, HOT));
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
    await connection.close();
    const tpcb = await tpcB(program, server.superuserUrl, sql, Math.ceil(seconds / 2));
    await sql.end();
    if (wrong?.n !== 0) throw new Error(`${wrong?.n} lines count other units than their promises`);
    say(`pgbench, the bare conditional UPDATE: ${rounded(bare, 0)} a second; TPC-B: ${rounded(tpcb, 0)} a second`);
    const middle = (of: keyof (typeof rounds.spread)[number], digits: number) => ({
      spread: rounded(median(rounds.spread.map((figures) => figures[of])), digits),
      hot: rounded(median(rounds.hot.map((figures) => figures[of])), digits),
    });
    const ratios = middle("ratio", 3);
    return {
      ratio: Math.min(ratios.spread, ratios.hot),
      means: "gifts a second through the use cases over pgbench sending the same statements, the lower of spread and hot: higher is better, 1 is what the database itself can do",
      ratios,
      giftsPerSecond: middle("perSecond", 0),
      cpuMillisecondsPerGift: middle("cpuMilliseconds", 2),
      pgbenchPerSecond: { ...middle("pgbench", 0), bareUpdate: rounded(bare, 0), tpcB: rounded(tpcb, 0) },
      statements: script.split(";").length - 1,
    };
  });
}

async function tpcB(program: string, url: string, sql: Awaited<ReturnType<typeof openForFilling>>, seconds: number): Promise<number> {
  const name = "tpcb";
  await sql.unsafe(`create database ${name}`);
  const there = new URL(url);
  there.pathname = `/${name}`;
  const { spawnSync } = await import("node:child_process");
  const filled = spawnSync(program, ["-i", "-s", "10", "-q", there.href], { encoding: "utf8" });
  if (filled.status !== 0) throw new Error(`pgbench -i failed: ${filled.stderr}`);
  return pgbench(program, { url: there.href, clients: CLIENTS, seconds }).perSecond;
}
