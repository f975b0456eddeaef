import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { releaseGift } from "~/domain/giving/changeGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { resumeNeed, suspendNeed } from "~/domain/needs/endNeed.server";
import { listWishes } from "~/domain/needs/queries.server";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { publicNeeds } from "~db/schema/needs";
import { searchedNeeds } from "~db/schema/needSearch";
import { gapOf } from "~db/schema/needVocabulary";
import { aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const gapNow = async ({ db }: World, needId: string) => {
  const [row] = await db
    .select({ gap: publicNeeds.gap })
    .from(publicNeeds)
    .where(eq(publicNeeds.needId, needId));
  return row?.gap;
};

const listed = async (world: World, filter: WishFilter) =>
  (await listWishes(world.system, filter)).cards.map(({ code }) => code);

async function wrongOf({ db }: World): Promise<string[]> {
  const results = await runChecks(db);
  return results.flatMap(({ wrong }) => wrong);
}

test("the database names a gap as the code does", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId, line } = await aPublishedWish(world, team, { lines: [{ quantity: 12n }] });
  for (let open = 12n; open > 0n; open -= 1n) {
    const [row] = await db.execute<{ gap: string }>(sql`select gap_of(${needId}) as gap`);
    expect([open, row?.gap, await gapNow(world, needId)]).toEqual([open, gapOf(open), gapOf(open)]);
    await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, line.id));
  }

  expect(await gapNow(world, needId)).toBe(gapOf(0n));
});

test("a gap is that of all lines together, also where two are taken from at the same moment", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wishes = await Promise.all(
    [1, 2, 3].map(() =>
      aPublishedWish(world, team, { lines: [{ quantity: 6n }, { quantity: 5n }], heads: 9 }),
    ),
  );
  for (const { needId } of wishes) expect(await gapNow(world, needId)).toBe("many");
  // Each takes one of eleven: neither alone makes few of many.
  const givers = await Promise.all(
    wishes.flatMap(({ lines }) => lines.map(async (line) => ({ line, donor: await aDonor(world) }))),
  );
  await Promise.all(givers.map(({ line, donor }) => pledgeItems(world.as(donor), aPledgeOf(world, line.id))));
  for (const { needId, code } of wishes) {
    expect(await gapNow(world, needId)).toBe("few");
    expect(await listed(world, { gap: "few" })).toContain(code);
    expect(await listed(world, { gap: "many" })).not.toContain(code);
  }

  expect(await wrongOf(world)).toEqual([]);
});

test("what a wish is listed by follows its steps: taken, given back, suspended, resumed, withdrawn", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId, code, line } = await aPublishedWish(world, team, { lines: [{ quantity: 2n }] });
  const where = async () => ({
    few: (await listed(world, { gap: "few", kind: "goods" })).includes(code),
    one: (await listed(world, { gap: "one" })).includes(code),
    done: (await listed(world, { q: "书包", done: "yes" })).includes(code),
  });

  expect(await where()).toEqual({ few: true, one: false, done: false });
  const donor = await aDonor(world);
  const { giftCode } = await pledgeItems(world.as(donor), aPledgeOf(world, line.id));
  expect(await where()).toEqual({ few: false, one: true, done: false });
  await releaseGift(world.as(donor), giftCode);
  expect(await where()).toEqual({ few: true, one: false, done: false });
  await suspendNeed(world.as(team.operator), needId, "complaint");
  expect(await where()).toEqual({ few: false, one: false, done: true });
  await resumeNeed(world.as(team.operator), needId);
  expect(await where()).toEqual({ few: true, one: false, done: false });
  await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, line.id, 2n));
  expect(await where()).toEqual({ few: false, one: false, done: true });
  expect(await wrongOf(world)).toEqual([]);
  await withdrawNeed(world.as(team.caseworker), needId, "moved");
  expect(await where()).toEqual({ few: false, one: false, done: false });
  expect(await db.$count(searchedNeeds, eq(searchedNeeds.needId, needId))).toBe(0);
  expect(await wrongOf(world)).toEqual([]);
});

test("a gap that is not true, words that are missing and a row too many are each found by a check", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  await aPublishedWish(world, team);
  expect(await wrongOf(world)).toEqual([]);
  const broken = async (statement: string) => {
    await owner.unsafe(statement);
    const results = await runChecks(db);
    // Every gap written anew: the trigger puts right what hangs on it.
    await owner`update public_need set gap = gap_of(need_id)`;
    return results.filter(({ wrong }) => wrong.length > 0).map(({ name }) => name);
  };

  expect(await broken("update public_need set gap = 'many'")).toEqual(["needs.accepts"]);
  expect(await broken("update need_search set words = ts_delete(words, '=gap:few')")).toEqual([
    "needs.searched",
  ]);
  expect(await broken("delete from need_search")).toEqual(["needs.searched"]);
  expect(await broken("update need_search set is_open = not is_open")).toEqual(["needs.searched"]);
  expect(await wrongOf(world)).toEqual([]);
});
