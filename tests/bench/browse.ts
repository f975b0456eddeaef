import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import os from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import portalRoutes from "../../app/routes";
import type { PlainWish } from "./PlainCard";
import { ended, started, startPortal } from "./portal";
import { processMilliseconds, serverMilliseconds } from "./processor";
import { median, percentile, rounded, say, withDatabase } from "./support";
import { openForFilling, writePeople, writeWishes } from "./wishes";

const CLIENTS = 16;
const ROUNDS = 3;
const WISHES = 2_000;
const CARDS = 24;

/** As browsers ask. */
const ZIPPED = { "accept-encoding": "gzip, deflate, br" };

type Load = Readonly<{ perSecond: number; p95: number; bytes: number; times: number }>;

/** Made anew, kept, and the two baselines. */
type Way = "made" | "cardsAlone" | "kept" | "bytesAlone";
type Measured = Load & Readonly<{ processMs: number; databaseMs: number }>;

let addresses = 0;
/** An address of the same page that nobody asked for yet: what is kept of others is of no use to it. */
const anew = (url: string): string => `${url}?n=${(addresses += 1)}`;

/**
 * Asks again and again over kept connections, so many at a time, and takes pages zipped.
 * @throws for anything but 200
 */
async function load(urlOf: () => string, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const times: number[] = [];
  let bytes = 0;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const startedAt = performance.now();
      get(urlOf(), { agent, headers: ZIPPED }, (answer) => {
        let size = 0;
        answer.on("data", (chunk: Buffer) => (size += chunk.length));
        answer.on("end", () => {
          if (answer.statusCode !== 200) {
            reject(new Error(`the page answered ${String(answer.statusCode)}`));
            return;
          }

          times.push(performance.now() - startedAt);
          bytes = size;
          resolve();
        });
      }).on("error", reject);
    });
  const until = performance.now() + seconds * 1_000;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < until) await ask();
    }),
  );
  agent.destroy();
  return {
    perSecond: (times.length / (performance.now() - startedAt)) * 1_000,
    p95: percentile(times, 0.95),
    bytes,
    times: times.length,
  };
}

/** The wishes as the list shows them, for the baseline to draw. */
const plainWishes = (): PlainWish[] =>
  Array.from({ length: CARDS }, (_card, index) => ({
    href: `/wishes/WB${index}`,
    title: "想要学习桌椅",
    who: "困境儿童 · 石岐街道",
    item: "学习桌椅",
    price: "每个约 ¥120",
    claimed: "已认捐 0 / 3 个",
    gap: "还差 3 个",
    verified: "2026年1月1日 核实",
    share: index % 2 === 0 ? 0 : 40,
  }));

/**
 * The list of wishes through the whole portal as a browser takes it, zipped: made anew for each request, and
 * kept. Beside the first 24 cards of the same markup in plain renderToString on node:http, beside the second
 * node:http with the very bytes. Each in a process of its own, by turns; processor time of each.
 */
export async function browse(flags: ReadonlyMap<string, number>) {
  const seconds = flags.get("seconds") ?? 10;
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-browse-"));
  return withDatabase({ durable: false }, async (database) => {
    const sql = await openForFilling(database.superuserUrl);
    await writePeople(sql, 1);
    await writeWishes(sql, WISHES, { units: 3, lines: true });
    const cards = path.join(folder, "cards.json");
    writeFileSync(cards, JSON.stringify(plainWishes()));
    const portal = await startPortal(database, path.join(folder, "files"));
    const list = `http://127.0.0.1:${portal.said}/wishes`;
    const page = await pageOf(list);
    const file = path.join(folder, "page.br");
    writeFileSync(file, page.zipped);
    const baseline = (script: string, what: string) =>
      started([script, what], { NODE_ENV: "production" }, /^(\d+)\n/);
    const plain = await baseline("tests/bench/plainCards.ts", cards);
    const bytes = await baseline("tests/bench/plainBytes.ts", file);
    try {
      const at = ({ said }: { said: string }) => `http://127.0.0.1:${said}/`;
      /** How it went, and what one answer cost the process that gave it, and the database. */
      const measured = async (
        child: ChildProcess,
        urlOf: () => string,
        lasting: number,
      ): Promise<Measured> => {
        const [process, database] = [processMilliseconds(child.pid), await serverMilliseconds(sql)];
        const went = await load(urlOf, lasting);
        return {
          ...went,
          processMs: (processMilliseconds(child.pid) - process) / went.times,
          databaseMs: ((await serverMilliseconds(sql)) - database) / went.times,
        };
      };

      await load(() => anew(list), 3);
      await load(() => list, 1);
      for (const one of [plain, bytes]) await load(() => at(one), 1);
      const rounds: Record<Way, Measured>[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const made = await measured(portal.child, () => anew(list), seconds);
        const cardsAlone = await measured(plain.child, () => at(plain), seconds / 2);
        const kept = await measured(portal.child, () => list, seconds / 2);
        const bytesAlone = await measured(bytes.child, () => at(bytes), seconds / 2);
        rounds.push({ made, cardsAlone, kept, bytesAlone });
        say(
          `round ${round + 1}: made anew ${rounded(made.perSecond, 0)} a second (p95 ${rounded(made.p95, 0)} ms, ${rounded(made.processMs, 2)} + ${rounded(made.databaseMs, 2)} ms of processor), plain cards ${rounded(cardsAlone.perSecond, 0)}; kept ${rounded(kept.perSecond, 0)} (${rounded(kept.processMs, 3)} ms), the same bytes ${rounded(bytesAlone.perSecond, 0)} (${rounded(bytesAlone.processMs, 3)} ms)`,
        );
      }

      const middle = (way: Way, of: "perSecond" | "p95" | "processMs" | "databaseMs") =>
        median(rounds.map((round) => round[way][of]));
      const ratios = rounds.map(({ kept, bytesAlone }) => bytesAlone.processMs / kept.processMs);
      return {
        ratio: rounded(median(ratios), 3),
        means:
          "processor time of an answer of node:http with the same zipped bytes over that of /wishes as it is kept: higher is better, 1 is a page without a portal around it",
        ratios: ratios.map((ratio) => rounded(ratio, 3)),
        madeOverPlainCards: rounded(
          median(rounds.map(({ made, cardsAlone }) => made.perSecond / cardsAlone.perSecond)),
          4,
        ),
        perSecond: {
          made: rounded(middle("made", "perSecond"), 0),
          plainCards: rounded(middle("cardsAlone", "perSecond"), 0),
          kept: rounded(middle("kept", "perSecond"), 0),
          bytes: rounded(middle("bytesAlone", "perSecond"), 0),
        },
        processorMilliseconds: {
          made: [rounded(middle("made", "processMs"), 2), rounded(middle("made", "databaseMs"), 2)],
          kept: [rounded(middle("kept", "processMs"), 3), rounded(middle("kept", "databaseMs"), 3)],
          bytes: rounded(middle("bytesAlone", "processMs"), 3),
        },
        p95Milliseconds: { made: rounded(middle("made", "p95"), 1), kept: rounded(middle("kept", "p95"), 1) },
        bytes: { page: page.plain, zipped: page.zipped.length },
        routes: portalRoutes.flatMap((route) => [route, ...(route.children ?? [])]).length,
      };
    } finally {
      await Promise.all([sql.end(), ...[portal, plain, bytes].map(({ child }) => ended(child))]);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** A page as it goes out zipped, and how many bytes it is before. */
async function pageOf(url: string): Promise<Readonly<{ plain: number; zipped: Buffer }>> {
  const zipped = await new Promise<Buffer>((resolve, reject) => {
    get(url, { headers: ZIPPED }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        resolve(Buffer.concat(chunks));
      });
    }).on("error", reject);
  });
  return { plain: brotliDecompressSync(zipped).length, zipped };
}
