import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { DONORS, type Figures, type Order } from "./giving";
import { findPgbench, pgbench } from "./pgbench";
import { serverMilliseconds } from "./processor";
import { median, rounded, say, withDatabase } from "./support";
import { openForFilling, type Superuser, writePeople, writeWishes } from "./wishes";

const ROUNDS = 3;
const WISHES = 10_000;
/** The one wish that everybody wants is written after the others. */
const HOT = WISHES + 1;
const WHERE = { spread: { first: 1, last: WISHES }, hot: { first: HOT, last: HOT } } as const;
type Where = keyof typeof WHERE;

/** So many donors at a time: a busy day, and a rush. */
const CROWDS = [8, 64] as const;
type Case = `${Where}${(typeof CROWDS)[number]}`;
const CASES = CROWDS.flatMap((clients) =>
  (["spread", "hot"] as const).map((where) => ({ clients, where, name: `${where}${clients}` as const })),
);

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
    give: async (many: number, where: Where, clients: number, seconds: number): Promise<Figures> => {
      const figures = await Promise.all(
        copies
          .slice(0, many)
          .map((copy) => told(copy, { ...WHERE[where], seconds, clients: clients / many })),
      );
      return {
        perSecond: figures.reduce((sum, copy) => sum + copy.perSecond, 0),
        cpuMilliseconds: figures.reduce((sum, copy) => sum + copy.cpuMilliseconds, 0) / many,
      };
    },
    end: () => {
      for (const copy of copies) copy.kill();
    },
  };
}

/** The server's processor time for each thing that was done so often a second. */
async function withServer<Done extends Readonly<{ perSecond: number }>>(
  sql: Superuser,
  work: () => Done | Promise<Done>,
): Promise<Done & { serverMs: number }> {
  const [startedAt, before] = [performance.now(), await serverMilliseconds(sql)];
  const done = await work();
  const times = (done.perSecond * (performance.now() - startedAt)) / 1_000;
  return { ...done, serverMs: ((await serverMilliseconds(sql)) - before) / times };
}

/**
 * How close the real use cases come to the least that the database has to do: a gift held and confirmed, over
 * pgbench calling two functions that write its rows with the same guarantees (`pledge/reference.sql`, which
 * is frozen). Eight donors and sixty-four, spread over many wishes and all on one, by turns in rounds,
 * medians. `ratio` is the lowest of the four with one copy of the portal, which can use one core; beside it
 * two copies with as many donors together.
 */
export async function pledge(flags: ReadonlyMap<string, number>) {
  const program = findPgbench();
  const seconds = flags.get("seconds") ?? 5;
  return withDatabase({ durable: true }, async (server) => {
    const sql = await openForFilling(server.superuserUrl);
    await writePeople(sql, DONORS);
    await writeWishes(sql, HOT, { units: 10_000_000, lines: true });
    await sql.unsafe(readFileSync("tests/bench/pledge/reference.sql", "utf8"));
    const script = readFileSync("tests/bench/pledge/gift.pgbench", "utf8");
    const promised = async (): Promise<number> =>
      Number((await sql<{ n: string }[]>`select sum(pledged) as n from need_line`)[0]?.n);
    /** @throws when it did not promise one unit for each run: then it would measure another thing */
    const reference = async (where: Where, clients: number, lasting: number) => {
      const before = await promised();
      const variables = { ...WHERE[where], donors: DONORS };
      const run = { url: server.appUrl, script, clients, seconds: lasting, variables };
      const { perSecond, runs } = pgbench(program, run);
      const units = (await promised()) - before;
      if (units !== runs) throw new Error(`pgbench made ${runs} gifts, and ${units} units were promised`);
      return { perSecond };
    };

    const copies = startCopies(server.appUrl);
    const round = async ({ where, clients, name }: (typeof CASES)[number]) => {
      const one = await withServer(sql, () => copies.give(1, where, clients, seconds));
      const limit = await withServer(sql, () => reference(where, clients, seconds));
      const two = await copies.give(2, where, clients, seconds);
      const gift = `${rounded(one.cpuMilliseconds, 2)} + ${rounded(one.serverMs, 2)} ms of processor each`;
      const baseline = `pgbench ${rounded(limit.perSecond, 0)} (${rounded(limit.serverMs, 2)} ms)`;
      const [gifts, ofTwo] = [rounded(one.perSecond, 0), rounded(two.perSecond, 0)];
      say(`${name}: one copy ${gifts} gifts a second (${gift}), two copies ${ofTwo}, ${baseline}`);
      return {
        gifts: one.perSecond,
        ratio: one.perSecond / limit.perSecond,
        twoOverOne: two.perSecond / one.perSecond,
        reference: limit.perSecond,
        portalMs: one.cpuMilliseconds,
        databaseMs: one.serverMs,
        referenceMs: limit.serverMs,
      };
    };

    const rounds = new Map<Case, Awaited<ReturnType<typeof round>>[]>(CASES.map(({ name }) => [name, []]));
    try {
      await copies.give(1, "spread", 8, 3);
      await copies.give(2, "spread", 8, 3);
      await reference("spread", 8, 2);
      // Plans that are kept were made for empty tables; after a minute a server has seen them grow.
      await sql.unsafe("vacuum analyze");
      for (let turn = 0; turn < ROUNDS; turn += 1)
        for (const each of CASES) rounds.get(each.name)?.push(await round(each));
    } finally {
      copies.end();
    }

    const bare = pgbench(program, {
      url: server.appUrl,
      clients: 8,
      seconds,
      script: `\\set r random(1, ${WISHES})\nupdate need_line set held = held + 1, version = version + 1 where id = ('00000000-0000-7000-b000-' || lpad(to_hex(:r::bigint), 12, '0'))::uuid and open >= 1 and accepts;`,
    }).perSecond;
    const [wrong] = await sql<{ n: number }[]>`
      select count(*)::int as n from need_line l
      where l.pledged <> (select coalesce(sum(quantity), 0) from pledge p where p.line_id = l.id and p.state = 'confirmed')`;
    await sql.end();
    if (wrong?.n !== 0) throw new Error(`${String(wrong?.n)} lines count other units than their promises`);

    type Figure = keyof Awaited<ReturnType<typeof round>>;
    const middle = (of: Figure, digits: number) =>
      Object.fromEntries(
        [...rounds].map(([name, figures]) => [
          name,
          rounded(median(figures.map((each) => each[of])), digits),
        ]),
      );
    const ratios = middle("ratio", 3);
    return {
      ratio: Math.min(...Object.values(ratios)),
      means:
        "gifts a second through the use cases of one copy of the portal over pgbench calling the frozen reference, the lowest of 8 and 64 donors, spread and hot: higher is better, 1 is the least that the database has to do",
      ratios,
      giftsPerSecond: middle("gifts", 0),
      referencePerSecond: middle("reference", 0),
      twoCopiesOverOne: middle("twoOverOne", 2),
      portalMillisecondsPerGift: middle("portalMs", 2),
      databaseMillisecondsPerGift: middle("databaseMs", 2),
      referenceMillisecondsPerGift: middle("referenceMs", 2),
      bareUpdatesPerSecond: rounded(bare, 0),
    };
  });
}
