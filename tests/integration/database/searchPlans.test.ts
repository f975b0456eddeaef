import { afterAll, beforeAll, expect, test } from "vitest";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { PageKey } from "~/domain/needs/listOrder.server";
import { listWishes } from "~/domain/needs/queries.server";
import { countWishes } from "~/domain/needs/wishCounts.server";
import { writePeople, writeWishes } from "../../bench/wishes";
import { fillDatabase, type FilledDatabase } from "../../support/filledDatabase";
import { nodes, type Plan } from "../../support/plans";

let database: FilledDatabase;
let ctx: UseCaseContext;

beforeAll(async () => {
  database = await fillDatabase("search_plans", async (filling) => {
    await writePeople(filling, 1);
    await writeWishes(filling, 20_000, { units: 3, lines: true });
  });
  ctx = database.ctx;
}, 120_000);

afterAll(() => database.end());

/** How many rows of the narrow table some scans looked at, or gave. */
const rowsOf = (plan: readonly Plan[], how: "seen" | "given"): number =>
  plan
    .filter((node) => /^need_search/.test(node["Relation Name"] ?? ""))
    .reduce((sum, node) => {
      const passedBy = how === "seen" ? (node["Rows Removed by Filter"] ?? 0) : 0;
      return sum + ((node["Actual Rows"] ?? 0) + passedBy) * (node["Actual Loops"] ?? 0);
    }, 0);

/** The plan of what a search asks inside its function, under the function's own settings. */
async function planOfFound(asked: string): Promise<Plan[]> {
  const [made] = await database.plain.unsafe<{ source: string; settings: string }[]>(
    "select prosrc as source, array_to_string(proconfig, ' ') as settings from pg_proc where proname = 'needs_found'",
  );
  const [, found = ""] = /return query\s+([^;]+);/.exec(made?.source ?? "") ?? [];
  const values = {
    asked: `'${asked.replaceAll("'", "''")}'::tsquery`,
    opened: "true",
    waiting_before: "'infinity'",
    most: "5001",
  };
  const query = Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), value),
    found,
  );
  return database.plain.begin(async (sql) => {
    for (const setting of made?.settings.split(" ") ?? [])
      await sql.unsafe(`set local ${setting.replace("=", " = ")}`);
    const [row] = await sql.unsafe<{ "QUERY PLAN": readonly [{ Plan: Plan }] }[]>(
      `explain (analyze, format json) ${query}`,
    );
    return row ? nodes(row["QUERY PLAN"][0].Plan) : [];
  });
}

for (const [what, asked, found] of [
  ["something rare", "'助听' & '听器'", 200],
  ["something common", "'书包'", 5_001],
  ["what nobody can say how often it is there", "'~zhutingqi':* | '~zutingqi':* | '~hutingqi':*", 200],
  ["one character wrong", "('助听' & '听机') | '助_机' | '~zhutingji':*", 0],
  ["a choice that few have", "'=gap:many'", 0],
  ["words and choices", "'助听' & '听器' & '=town:442000001'", undefined],
] as const)
  test(`a search for ${what} reads what it finds, by the index of words alone`, async () => {
    const plan = await planOfFound(asked);
    const scans = plan.filter((node) => node["Node Type"].includes("Scan"));
    expect(scans.length).toBeGreaterThan(0);
    expect(
      scans.filter(({ "Node Type": type }) => !["Bitmap Heap Scan", "Bitmap Index Scan"].includes(type)),
    ).toEqual([]);
    const indexes = plan.flatMap((node) => (node["Index Name"] === undefined ? [] : [node["Index Name"]]));
    expect(indexes.filter((name) => !/^need_search_\d+_words_idx/.test(name))).toEqual([]);
    if (found !== undefined) expect(rowsOf(plan, "given")).toBe(found);
  });

test("a page of a search knows what people say for a thing, and counts the choices beside the hits", async () => {
  await countWishes(ctx, { q: "台灯" });
  const asked = await database.askedBy(async () => {
    const counted = await countWishes(ctx, { q: "台登" });
    await listWishes(ctx, { q: "台登" }, undefined, counted);
    expect(counted.near).toBe(true);
  });
  expect(asked.filter(({ query }) => query.includes('"everyday_word"'))).toEqual([]);
  // What was typed is counted, what is near is counted; its first page and their lines are read by ids.
  expect(asked.filter(({ query }) => /needs_found/.test(query))).toHaveLength(2);
  expect(asked.filter(({ query }) => /"public_need"|"need_line"/.test(query))).toHaveLength(2);
});

test("of a page that was counted, one is closed meanwhile: it is not shown, and the list goes on", async () => {
  const filter = { q: "助听器" };
  const counted = await countWishes(ctx, filter);
  const [closed = ""] = counted.first;
  await database.plain`update public_need set is_open = false where need_id = ${closed}`;
  try {
    const { cards, next } = await listWishes(ctx, filter, undefined, counted);
    expect(cards.map(({ needId }) => needId)).toEqual(counted.first.slice(1));
    const second = await listWishes(ctx, filter, next, counted);
    expect(second.cards).toHaveLength(24);
    expect(second.cards.map(({ needId }) => needId)).not.toContain(cards.at(-1)?.needId);
  } finally {
    await database.plain`update public_need set is_open = true where need_id = ${closed}`;
  }
});

test("of terms that are found by themselves none is looked for with a mistake in it", async () => {
  const counted = await countWishes(ctx, { q: "助听器 书包" });
  expect([counted.total, counted.near]).toEqual([0, false]);
  const wrong = await countWishes(ctx, { q: "助停器 书包" });
  expect([wrong.total, wrong.near]).toEqual([0, true]);
});

test("where the first part shows that they are many, nothing more is counted", async () => {
  const sure = 454;
  const plan = await database.plansOf("need_search", () => countWishes(ctx, {}));
  expect(rowsOf(plan, "seen")).toBe(sure);
  for (const filter of [{}, { q: "想要" }, { town: "442000001", q: "想要" }] as const) {
    const [counted] = await database.plain<{ n: number }[]>`
      select count(*)::int as n from public_need where is_open and town_code like ${"town" in filter ? filter.town : "%"}`;
    expect((await countWishes(ctx, filter)).total).toBe(Math.min(counted?.n ?? 0, 5_001));
  }
});

test("many in the first part, but not in all, are counted one by one", async () => {
  await database.plain`
    update public_need set search_text = search_text || ' 洪水' where need_id in (
      (select need_id from need_search_0 limit 453) union all (select need_id from need_search_1 limit 1200)
      union all (select need_id from need_search_2 limit 1200) union all (select need_id from need_search_3 limit 1200)
    )`;
  const { total, few, first } = await countWishes(ctx, { q: "洪水" });
  expect([total, few, first.length]).toEqual([4_053, true, 25]);
});

test("many that match are walked in order, and a page of them reads few", async () => {
  const counted = await countWishes(ctx, { q: "书包" });
  expect([counted.total, counted.few]).toEqual([5_001, false]);
  const plan = await database.plansOf("need_search", () =>
    listWishes(ctx, { q: "书包" }, undefined, counted),
  );
  const walked = plan.filter((node) => /^need_search/.test(node["Relation Name"] ?? ""));
  expect(walked.filter((node) => node["Node Type"] !== "Index Scan")).toEqual([]);
  expect(rowsOf(walked, "seen")).toBeLessThan(200);
});

test("what only the newest have is not walked to: all of it is sorted, page by page", async () => {
  const filter = { q: "台风" };
  await database.plain`
    update public_need set search_text = search_text || ' 台风'
    where need_id in (select need_id from public_need order by waiting_since desc limit 5500)`;
  const counted = await countWishes(ctx, filter);
  expect([counted.total, counted.few]).toEqual([5_001, false]);
  const plan = await database.plansOf("need_search", () => listWishes(ctx, filter, undefined, counted));
  expect(rowsOf(plan, "seen")).toBeLessThan(10_100);
  const inOrder = await database.plain<{ code: string }[]>`
    select code from public_need where search_text like '%台风%' order by waiting_since, need_id limit 72`;
  const pages: string[] = [];
  let key: PageKey | undefined;
  for (let turned = 0; turned < 3; turned += 1) {
    const { cards, next } = await listWishes(ctx, filter, key, counted);
    pages.push(...cards.map(({ code }) => code));
    key = next;
  }

  expect(pages).toEqual(inOrder.map(({ code }) => code));
  const { cards, next } = await listWishes(ctx, { ...filter, sort: "newest" }, undefined, counted);
  expect(cards.map(({ code }) => code)).not.toContain(pages[0]);
  expect(next).toBeDefined();
});
