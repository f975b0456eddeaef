import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { goodsNow, goodsTotals } from "~/domain/books/goodsQueries.server";
import { moneyTotals, publicStanding } from "~/domain/books/moneyTotals.server";
import { TALLY_CHECKS } from "~/domain/books/tallyChecks.server";
import { runChecks } from "~/domain/checks.server";
import { foldTallies, talliesOf, tallyCheck } from "~/domain/kernel/tally.server";
import { suspendNeed } from "~/domain/needs/endNeed.server";
import { liveNumbers } from "~/domain/trace/frontPage.server";
import type { Database } from "~db/client";
import { lots, lotStock } from "~db/schema/books";
import { needLines } from "~db/schema/needs";
import { tallies, tallyChanges } from "~db/schema/tallies";
import { aParcelOut, aStockedWish, discarding, handedOver } from "../../factories/delivery";
import { aPublishedWish } from "../../factories/needs";
import { aPerson, aTeam } from "../../factories/people";
import { aPaidWish, test } from "../../support/payments";
import type { World } from "../../support/world";

const wrongs = async (db: Database) => (await runChecks(db, TALLY_CHECKS)).flatMap(({ wrong }) => wrong);

/** Every number that is read from kept sums. */
async function numbers(world: World) {
  const auditor = world.as(await aPerson(world, { role: "auditor", scope: { kind: "city" } }));
  return {
    live: await liveNumbers(world.system),
    open: await publicStanding(world.as({ kind: "visitor" })),
    ways: await goodsTotals(auditor, {}),
    stands: await goodsNow(auditor),
    money: await moneyTotals(auditor, {}),
  };
}

test("a number is the same before and after it is folded, and whatever happens next is in it at once", async ({
  world,
  desk,
  db,
}) => {
  const team = await aTeam(world);
  await aPaidWish(world, desk, 2n);
  await handedOver(world, team, { quantity: 3n });
  await aParcelOut(world, team, { quantity: 2n });

  const before = await numbers(world);
  expect(before.live).toMatchObject({ delivered: 3 });
  expect(before.stands.map(({ kind, units }) => [kind, units])).toEqual([
    ["courier", 2n],
    ["recipient", 3n],
  ]);
  // However few are folded at once, none is left.
  expect(await foldTallies(world.system, 2)).toBeGreaterThan(5);
  expect(await db.$count(tallyChanges)).toBe(0);
  expect(await numbers(world)).toEqual(before);

  await handedOver(world, team, { quantity: 1n });
  const after = await numbers(world);
  expect(after.live).toMatchObject({ delivered: 4 });
  expect(after.stands).toContainEqual({ kind: "recipient", units: 4n, valueFen: 48_000n });
  expect(await wrongs(db)).toEqual([]);
  await foldTallies(world.system);
  expect(await foldTallies(world.system)).toBe(0);
  expect(await numbers(world)).toEqual(after);
  expect(await wrongs(db)).toEqual([]);
});

test("what stands where is what the stock of every place adds up to", async ({ world, db }) => {
  const team = await aTeam(world);
  await aStockedWish(world, team, { quantity: 5n });
  await handedOver(world, team, { quantity: 2n });

  const rows = await db
    .select({
      kind: sql<string>`split_part(${lotStock.place}, ':', 1)`,
      units: sql<string>`sum(${lotStock.quantity})`,
      value: sql<string>`sum(${lotStock.quantity} * ${lots.unitValueFen})`,
    })
    .from(lotStock)
    .innerJoin(lots, eq(lots.id, lotStock.lotId))
    .where(sql`${lotStock.quantity} > 0`)
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  const { stands } = await numbers(world);
  expect(stands).toEqual(
    rows.map(({ kind, units, value }) => ({ kind, units: BigInt(units), valueFen: BigInt(value) })),
  );
});

test("what is taken back was never in a sum, and a wish that is suspended and its money lines count nothing", async ({
  world,
  db,
}) => {
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 5n }] });
  expect(await liveNumbers(world.system)).toMatchObject({ open: 5 });

  const broken = db.transaction(async (tx) => {
    await tx.update(needLines).set({ delivered: 2n }).where(eq(needLines.id, wish.line.id));
    throw new Error("broken off");
  });
  await expect(broken).rejects.toThrow("broken off");
  expect(await liveNumbers(world.system)).toMatchObject({ open: 5, delivered: 0 });

  await suspendNeed(world.as(team.operator), wish.needId, "complaint");
  expect(await liveNumbers(world.system)).toMatchObject({ open: 0 });
  expect(await wrongs(db)).toEqual([]);
});

test("ten move goods while others fold and read: nothing is lost, and nothing counted twice", async ({
  world,
  db,
}) => {
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team, { quantity: 10n });
  const move = await discarding(world, team, wish.label);
  const readUnits = async () => {
    const sums = await talliesOf(db, "goods");
    return sums.find(({ part }) => part === "point disposed")?.units ?? 0n;
  };

  const read: bigint[] = [];
  await Promise.all([
    ...Array.from({ length: 10 }, move),
    ...Array.from({ length: 10 }, async () => {
      await foldTallies(world.system);
      read.push(await readUnits());
    }),
  ]);
  expect(await readUnits()).toBe(10n);
  expect(read.filter((units) => units < 0n || units > 10n)).toEqual([]);
  expect(await wrongs(db)).toEqual([]);
});

test("a sum that is not what its table counts is named, with its day", async ({ world, desk, db }) => {
  await aPaidWish(world, desk);
  await handedOver(world, await aTeam(world), { quantity: 1n });
  await foldTallies(world.system);
  expect(await wrongs(db)).toEqual([]);

  await db.execute(
    sql`update ${tallies} set units = units + 1, fen = fen + 1 where (name, day, part) in (select name, max(day), min(part) from ${tallies} where day is not null group by name)`,
  );
  await db.insert(tallyChanges).values([
    { name: "lines", part: "open", units: 1n },
    { name: "towns", part: "442000001 open", units: 1n },
    { name: "days", part: "442000001 3", units: 1n, entries: 1n },
    { name: "told", day: "2026-01-01", part: "need escalate", entries: 1n },
  ]);
  const wrong = await wrongs(db);
  expect(wrong.map((line) => line.replace(/[0-9a-f-]{36} /, ""))).toEqual([
    expect.stringMatching(/^books\.tally\.goods: \w+ \w+ of \d{4}-\d\d-\d\d$/) as string,
    expect.stringMatching(/^books\.tally\.money: \w+ of \d{4}-\d\d-\d\d$/) as string,
    expect.stringMatching(/^books\.tally\.standing: \w+ of \d{4}-\d\d-\d\d$/) as string,
    "books.tally.lines: open",
    "books.tally.towns: 442000001 open",
    "books.tally.days: 442000001 3",
    "books.tally.told: need escalate of 2026-01-01",
  ]);
});

test("a sum that is missing is named as well", async ({ world, db }) => {
  await handedOver(world, await aTeam(world), { quantity: 1n });
  await db.delete(tallyChanges).where(eq(tallyChanges.name, "lines"));
  const check = tallyCheck(
    "any",
    "any",
    "lines",
    sql`select null::date as day, 'delivered' as part, 0 as entries, 1 as units, 0 as fen`,
  );
  expect((await runChecks(db, [check])).flatMap(({ wrong }) => wrong)).toEqual(["any: delivered"]);
});
