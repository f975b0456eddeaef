import { isNotNull, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { findItems } from "~/domain/lists/items.server";
import { connect } from "~db/client";
import { listItems } from "~db/schema/directory";
import { anOperator, ndjson, takeIn } from "../factories/hsds";
import { aWorld } from "../support/world";
import { aService } from "./services";
import { milliseconds, percentile, rounded, say, withDatabase } from "./support";

const SERVICES = 4_000;
const TRIES = 40;

/** What people type into the search of the lists, and in how many ways. */
const TYPED = [
  { name: "a common word", q: "老人" },
  { name: "a name", q: "老年人福利补贴" },
  { name: "two words", q: "残疾人 康复" },
  { name: "traditional", q: "殘疾人護理" },
  { name: "pinyin", q: "dibao" },
  { name: "first letters", q: "lnrfl" },
  { name: "English", q: "allowance" },
  { name: "a wrong character of the right sound", q: "老年人福力补贴" },
  { name: "a wrong character", q: "老年人福荣补贴" },
  { name: "a long mistake", q: "困难残疾人生或补贴" },
  { name: "nothing to find", q: "飞行执照考试" },
] as const;

/**
 * Both lists among thousands of services of other directories: how long it takes to take those in as HSDS 3.0
 * (tried out, then written), and then a page of search results as the portal makes it, with counts of what it
 * could be narrowed by. `ratio`: the 95th percentile of all searches over that of the same page found by
 * ILIKE in the database, which knows neither sounds nor mistakes.
 */
export async function lists(flags: ReadonlyMap<string, number>) {
  const services = flags.get("rows") ?? SERVICES;
  return withDatabase({ durable: true }, async (server) => {
    const connection = connect(server.appUrl, { max: 4 });
    const world = aWorld(connection.db);
    const operator = await anOperator(world);
    const file = ndjson(
      Array.from({ length: services }, (_, index) => JSON.stringify(aService(index))).join("\n"),
    );
    let answer: Awaited<ReturnType<typeof takeIn>> | undefined;
    const importing = await milliseconds(async () => {
      answer = await takeIn(operator, [file]);
    });
    if (
      answer?.fresh !== services ||
      (await connection.db.select({ id: listItems.id }).from(listItems).where(isNotNull(listItems.hsdsId)))
        .length < services
    )
      throw new Error(`of ${services} services ${answer?.fresh ?? 0} were taken in`);
    say(
      `${services} services (${rounded(file.bytes.length / 1e6, 1)} MB) tried out and written in ${rounded(importing / 1_000, 1)} s`,
    );

    const visitor: UseCaseContext = { ...world.system, actor: { kind: "visitor" } };
    const first = await milliseconds(() => findItems(visitor, { q: "老人" }));
    const ours: number[] = [];
    const plain: number[] = [];
    for (const { name, q } of TYPED) {
      const times: number[] = [];
      let total = 0;
      for (let turn = 0; turn < TRIES; turn += 1) {
        times.push(await milliseconds(async () => (total = (await findItems(visitor, { q })).total)));
        plain.push(await milliseconds(() => byLike(visitor, q)));
      }

      ours.push(...times);
      say(`${name} (${q}): ${total} found, p95 ${rounded(percentile(times, 0.95), 1)} ms`);
      if (name === "nothing to find" ? total > 0 : total === 0) throw new Error(`${q} found ${total}`);
    }

    await connection.close();
    const [searchMs, likeMs] = [percentile(ours, 0.95), percentile(plain, 0.95)];
    return {
      ratio: rounded(searchMs / likeMs, 2),
      means:
        "95th percentile of a page of results over both lists, over the same page by ILIKE; lower is better",
      entries: await published(server.ownerUrl),
      searchP95Ms: rounded(searchMs, 1),
      likeP95Ms: rounded(likeMs, 1),
      firstSearchAfterAChangeMs: rounded(first, 0),
      services,
      importSeconds: rounded(importing / 1_000, 1),
    };
  });
}

/** A page and its count by substrings in the database. */
const byLike = (ctx: UseCaseContext, typed: string) => {
  const matches = sql.join(
    typed
      .split(" ")
      .map(
        (word) =>
          sql`${listItems.name} || ' ' || ${listItems.targetGroup} || ' ' || ${listItems.content} || ' ' || ${listItems.nameEn} ilike ${`%${word}%`}`,
      ),
    sql` and `,
  );
  return ctx.db.execute(
    sql`select *, count(*) over () from ${listItems} where ${listItems.state} = 'published' and ${matches} order by ${listItems.sort} limit 20`,
  );
};

async function published(url: string): Promise<number> {
  const connection = connect(url, { max: 1 });
  const count = await connection.db.$count(listItems, sql`${listItems.state} = 'published'`);
  await connection.close();
  return count;
}
