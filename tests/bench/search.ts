import postgres from "postgres";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { PAGE_SIZE, type PageKey } from "~/domain/needs/listOrder.server";
import { listWishes } from "~/domain/needs/queries.server";
import { countWishes } from "~/domain/needs/wishCounts.server";
import { readFilter } from "~/domain/needs/wishFilter";
import { facetNames } from "~/domain/reference/queries.server";
import { connect, type Database } from "~db/client";
import { median, milliseconds, percentile, rounded, say, withDatabase } from "./support";
import { indexWishes, openForFilling, writePeople, writeWishes } from "./wishes";

const ROWS = 1_000_000;
const TRIES = 40;
const DEEP_PAGES = 400;

/** What people type: how common it is, and how long. */
const TERMS = [
  { name: "hot", typed: "书包" },
  { name: "middle", typed: "助听器" },
  { name: "rare", typed: "缝纫机" },
  { name: "two rare characters", typed: "缝纫" },
  { name: "two characters across words", typed: "阿婆" },
  { name: "two terms", typed: "书包 走廊写作业" },
  { name: "two common terms, rare together", typed: "助听器 阿婆" },
  { name: "two common terms, never together", typed: "书包 每天都要用到" },
] as const;

/**
 * What people ask the page of wishes, by the query of its address: each way of typing beside the plain one,
 * then filters.
 */
const ASKED = {
  plain: ["q=棉被", "q=纸尿裤", "q=台灯", "q=轮椅", "q=缝纫机"],
  "one mistake": ["q=棉背", "q=纸尿库", "q=台登", "q=论椅", "q=缝忍机", "q=航天飞机"],
  "everyday words": ["q=尿不湿", "q=加厚被", "q=尿片"],
  pinyin: ["q=lunyi", "q=mianbei", "q=taideng", "q=fengrenji"],
  "first letters": ["q=ly", "q=frj"],
  "a letter wrong": ["q=mianbai", "q=fengrenjo"],
  "another script": ["q=檯燈", "q=輪椅"],
  "one character": ["q=被", "q=缝"],
  everything: [""],
  "filters, common": ["town=442000001", "kind=goods", "gap=few"],
  "filters, rare": [
    "kind=service",
    "gap=many",
    "town=442000001&kind=goods&gap=many",
    "town=442000001&gap=one",
  ],
  "filters and words": ["q=轮椅&town=442000001", "q=lunyi&gap=many", "q=尿不湿&kind=goods&gap=few"],
} as const;

/** The pool of the portal's public pages keeps its statements parsed. */
const AS_VISITORS_ARE_READ = { max: 4, keepsReads: "parsed" } as const;

/** Only what a public read asks of its context. */
const reader = (db: Database) =>
  ({ db, now: () => new Date("2026-02-01T00:00:00Z") }) as unknown as UseCaseContext;

/**
 * Search over a million wishes: the portal's own list query (page of 24, longest waiting first) over the same
 * page found by a trigram index with LIKE, which is what PostgreSQL offers for substrings. `ratio`: the
 * trigrams' 95th percentile over all two-character searches, over ours (which counts its hits as well).
 * Beside it: a page far behind over the first; and the whole page of wishes as it is asked today, with names,
 * hits, cards and counts of its choices, for each kind of question.
 */
export async function search(flags: ReadonlyMap<string, number>) {
  const rows = flags.get("rows") ?? ROWS;
  return withDatabase({ durable: false }, async (server) => {
    const sql = await openForFilling(server.superuserUrl);
    await sql.unsafe("set maintenance_work_mem = '512MB'");
    await writePeople(sql, 1);
    const filling = await milliseconds(() => writeWishes(sql, rows, { units: 3, lines: true }));
    say(`${rows} wishes written and indexed in ${rounded(filling / 1_000, 0)} s`);
    await sql.unsafe("create extension pg_trgm");
    const building = await milliseconds(() =>
      sql.unsafe("create index public_need_trgm on public_need using gin (search_text gin_trgm_ops)"),
    );
    // Few wait for one piece alone, and fewer for very many.
    await sql.unsafe(
      "update need_line set requested = case when get_byte(uuid_send(id), 15) = 7 then 1 when get_byte(uuid_send(id), 15) = 8 and get_byte(uuid_send(id), 14) = 8 then 40 else 3 end",
    );
    await indexWishes(sql);
    await sql.unsafe("vacuum analyze public_need");
    await sql.unsafe("vacuum analyze need_search");
    await sql.unsafe("vacuum analyze need_line");
    const [size] = await sql<{ grams: number; trgm: number }[]>`
      select sum(pg_relation_size(inhrelid))::float8 as grams, pg_relation_size('public_need_trgm')::float8 as trgm
      from pg_inherits where inhparent = 'need_search_open'::regclass`;
    say(
      `the trigram index took ${rounded(building / 1_000, 0)} s; grams ${rounded((size?.grams ?? 0) / 1e6, 0)} MB, trigrams ${rounded((size?.trgm ?? 0) / 1e6, 0)} MB`,
    );
    await sql.end();

    const connection = connect(server.appUrl, { ...AS_VISITORS_ARE_READ, max: 1 });
    const plain = postgres(server.appUrl, { max: 1, fetch_types: false });
    const ctx = reader(connection.db);
    const terms = [];
    for (const { name, typed } of TERMS) {
      const ours = await timed(async () =>
        listWishes(ctx, { q: typed }, undefined, await countWishes(ctx, { q: typed })),
      );
      const like = typed.split(" ").map((word) => `%${word}%`);
      const trigrams = await timed(
        () => plain`
        select * from public_need where is_open and ${like.map((pattern, at) => plain`${at === 0 ? plain`` : plain`and`} search_text like ${pattern}`)}
        order by waiting_since, need_id limit ${PAGE_SIZE + 1}`,
      );
      const found = {
        ours: (await listWishes(ctx, { q: typed })).cards.length,
        trigrams: Math.min(PAGE_SIZE, trigrams.rows),
      };
      if (found.ours !== found.trigrams)
        throw new Error(`${typed}: ${found.ours} found, the trigrams find ${found.trigrams}`);
      terms.push({
        name,
        typed,
        p95: ours.p95,
        trigramP95: trigrams.p95,
        times: trigrams.p95 / ours.p95,
        ours: ours.times,
        trigrams: trigrams.times,
      });
      say(
        `${name} (${typed}): p95 ${rounded(ours.p95, 1)} ms, trigrams ${rounded(trigrams.p95, 1)} ms, ${rounded(trigrams.p95 / ours.p95, 1)} times`,
      );
    }

    const pages = await deepOverFirst(ctx);
    const asked = await wholePages(server.appUrl);
    await plain.end();
    await connection.close();
    const two = terms.filter((term) => term.typed.length === 2);
    return {
      ratio: rounded(
        percentile(
          two.flatMap((term) => term.trigrams),
          0.95,
        ) /
          percentile(
            two.flatMap((term) => term.ours),
            0.95,
          ),
        2,
      ),
      means:
        "95th percentile of two-character searches through a trigram index over the portal's own: how many times faster ours is, higher is better",
      rows,
      terms: Object.fromEntries(
        terms.map((term) => [
          term.name,
          {
            p95: rounded(term.p95, 1),
            trigramP95: rounded(term.trigramP95, 1),
            times: rounded(term.times, 2),
          },
        ]),
      ),
      deepOverFirstPage: rounded(pages, 2),
      wholePageP95Ms: asked,
      indexOverTrigramIndex: rounded((size?.grams ?? 0) / (size?.trgm ?? 1), 2),
    };
  });
}

/**
 * How long the page of wishes reads, with as many connections as the portal has: the 95th percentile of the
 * slowest question of each kind.
 */
async function wholePages(url: string): Promise<Readonly<Record<string, number>>> {
  const connection = connect(url, AS_VISITORS_ARE_READ);
  const ctx = reader(connection.db);
  const page = async (query: string) => {
    await facetNames(ctx);
    const filter = readFilter(new URLSearchParams(query));
    const counted = await countWishes(ctx, filter);
    await listWishes(ctx, filter, undefined, counted);
    return [counted];
  };

  const slowest: Record<string, number> = {};
  for (const [kind, queries] of Object.entries(ASKED)) {
    for (const query of queries) {
      const [counted] = await page(query);
      const { p95 } = await timed(() => page(query));
      say(
        `/wishes?${query}: ${counted?.total ?? 0} found${counted?.near ? " with one mistake" : ""}, p95 ${rounded(p95, 1)} ms`,
      );
      slowest[kind] = Math.max(slowest[kind] ?? 0, rounded(p95, 1));
    }
  }

  await connection.close();
  return slowest;
}

async function timed(
  work: () => PromiseLike<unknown>,
): Promise<{ p95: number; rows: number; times: number[] }> {
  const times: number[] = [];
  let rows = 0;
  for (let round = 0; round < TRIES + 5; round += 1) {
    const startedAt = performance.now();
    const answer = await work();
    if (round >= 5) times.push(performance.now() - startedAt);
    rows = Array.isArray(answer) ? answer.length : 0;
  }

  return { p95: percentile(times, 0.95), rows, times };
}

/** A page some hundred pages behind, by its key, over the first one: medians. */
async function deepOverFirst(ctx: UseCaseContext): Promise<number> {
  let key: PageKey | undefined;
  for (let page = 0; page < DEEP_PAGES; page += 1) key = (await listWishes(ctx, {}, key)).next;
  const times = async (at: PageKey | undefined) => {
    const measured: number[] = [];
    for (let round = 0; round < TRIES; round += 1)
      measured.push(await milliseconds(() => listWishes(ctx, {}, at)));
    return median(measured);
  };

  return (await times(key)) / (await times(undefined));
}
