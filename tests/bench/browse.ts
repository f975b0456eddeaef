import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import os from "node:os";
import path from "node:path";
import portalRoutes from "../../app/routes";
import type { PlainWish } from "./PlainCard";
import { ended, started, startPortal } from "./portal";
import { median, percentile, rounded, say, withDatabase } from "./support";
import { openForFilling, writePeople, writeWishes } from "./wishes";

const CLIENTS = 16;
const ROUNDS = 3;
const WISHES = 2_000;
const CARDS = 24;

/**
 * Somebody with a cookie that the portal does not know gets each page made anew, as everybody with a basket
 * or a session does.
 */
const UNKNOWN_COOKIE = { cookie: "somebody=1" };

type Load = Readonly<{ perSecond: number; p95: number; bytes: number }>;

/** Asks again and again over kept connections, so many at a time. @throws for anything but 200 */
async function load(
  url: string,
  seconds: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const times: number[] = [];
  let bytes = 0;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const startedAt = performance.now();
      get(url, { agent, headers }, (answer) => {
        let size = 0;
        answer.on("data", (chunk: Buffer) => (size += chunk.length));
        answer.on("end", () => {
          if (answer.statusCode !== 200) reject(new Error(`${url} answered ${String(answer.statusCode)}`));
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
 * The list of wishes through the whole portal (route table, loaders, database, headers), made anew for each
 * request, over 24 cards of the same markup in plain renderToString on node:http; beside it the same list
 * kept for visitors. Each in a process of its own, by turns.
 */
export async function browse(flags: ReadonlyMap<string, number>) {
  const seconds = flags.get("seconds") ?? 10;
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-browse-"));
  return withDatabase({ durable: false }, async (database) => {
    const sql = await openForFilling(database.superuserUrl);
    await writePeople(sql, 1);
    await writeWishes(sql, WISHES, { units: 3, lines: true });
    await sql.end();
    const cards = path.join(folder, "cards.json");
    writeFileSync(cards, JSON.stringify(plainWishes()));
    const portal = await startPortal(database, path.join(folder, "files"));
    const plain = await started(["tests/bench/plainCards.ts", cards], { NODE_ENV: "production" }, /^(\d+)\n/);
    try {
      const urls = {
        portal: `http://127.0.0.1:${portal.said}/wishes`,
        plain: `http://127.0.0.1:${plain.said}/`,
      };
      await load(urls.portal, 3, UNKNOWN_COOKIE);
      await load(urls.portal, 1);
      await load(urls.plain, 1);
      const rounds: { portal: Load; kept: Load; plain: Load }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const measured = {
          portal: await load(urls.portal, seconds, UNKNOWN_COOKIE),
          plain: await load(urls.plain, seconds / 2),
          kept: await load(urls.portal, seconds / 2),
        };
        rounds.push(measured);
        const { portal: made, plain: bare, kept } = measured;
        say(
          `round ${round + 1}: /wishes ${rounded(made.perSecond, 0)} a second (p95 ${rounded(made.p95, 0)} ms), kept ${rounded(kept.perSecond, 0)}, plain ${rounded(bare.perSecond, 0)}`,
        );
      }

      const ratios = rounds.map((round) => round.portal.perSecond / round.plain.perSecond);
      const middle = (which: "portal" | "kept" | "plain", of: "perSecond" | "p95") =>
        median(rounds.map((round) => round[which][of]));
      return {
        ratio: rounded(median(ratios), 4),
        means:
          "uncached pages of /wishes a second over the same 24 cards in plain renderToString on node:http: higher is better, 1 is a page without a portal around it",
        ratios: ratios.map((ratio) => rounded(ratio, 4)),
        keptRatio: rounded(median(rounds.map((round) => round.kept.perSecond / round.plain.perSecond)), 3),
        perSecond: {
          portal: rounded(middle("portal", "perSecond"), 0),
          kept: rounded(middle("kept", "perSecond"), 0),
          plain: rounded(middle("plain", "perSecond"), 0),
        },
        p95Milliseconds: {
          portal: rounded(middle("portal", "p95"), 1),
          kept: rounded(middle("kept", "p95"), 1),
        },
        bytes: { portal: rounds[0]?.portal.bytes, plain: rounds[0]?.plain.bytes },
        routes: portalRoutes.flatMap((route) => [route, ...(route.children ?? [])]).length,
      };
    } finally {
      await Promise.all([ended(portal.child), ended(plain.child)]);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
