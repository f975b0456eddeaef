import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject } from "vitest";
import { inTransaction } from "~/domain/kernel/context.server";
import { refreshScreening, refreshWhenDue } from "~/domain/screening/refreshScreening.server";
import { listParameters } from "~db/schema/directory";
import {
  householdFacts,
  householdMembers,
  householdScreenings,
  screeningRefreshes,
} from "~db/schema/screening";
import { aHousehold } from "../../factories/households";
import { asked, CHECK_UP, onVisit, pushesTo, sound } from "../../factories/screening";
import { test } from "../../support/database";
import { aWorld, Clock } from "../../support/world";

test("a birthday that passes a limit, and a dated value that changes, are found by the daily refresh, once, also by two workers at once", async ({
  db,
}) => {
  const world = aWorld(db);
  const birthday = await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59" });
  await onVisit(world, birthday, asked({}, { bornMonth: "1961-04" }));
  const poor = await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59" });
  await onVisit(
    world,
    poor,
    asked(
      { incomePerHead: "1250", assetsWithinLimit: "yes" },
      { bornMonth: "1990-01" },
      { membersComplete: "yes" },
    ),
  );
  expect((await pushesTo(world, birthday)).filter((push) => push.itemCode === CHECK_UP)).toEqual([]);
  await refreshScreening(world.system);
  expect(await refreshScreening(world.system)).toBe(0);
  world.clock.advance({ days: 60 });
  await db.insert(listParameters).values({
    id: world.system.newId(),
    code: "dibao_standard_fen",
    value: 130_000,
    validFrom: world.clock.now(),
    source: "test",
    state: "approved",
    createdAt: world.clock.now(),
  });
  await Promise.all([refreshScreening(world.system, { page: 3 }), refreshScreening(world.system)]);
  expect((await pushesTo(world, birthday)).filter((push) => push.itemCode === CHECK_UP)).toMatchObject([
    { trigger: "refresh" },
  ]);
  expect((await pushesTo(world, poor)).filter((push) => push.itemCode === "GW055")).toHaveLength(1);
  await sound(world);
});

test("a value that changes during the day screens everybody anew within minutes and says why; where nothing changed, nobody is screened", async ({
  db,
}) => {
  const world = aWorld(db, { clock: new Clock(new Date("2029-03-02T01:00:00Z")) });
  const poor = await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59" });
  await onVisit(
    world,
    poor,
    asked(
      { incomePerHead: "1400", assetsWithinLimit: "yes" },
      { bornMonth: "1990-01" },
      { membersComplete: "yes" },
    ),
  );
  const done = () => db.$count(screeningRefreshes);
  const before = await done();
  await refreshWhenDue(world.system);
  await refreshWhenDue(world.system);
  expect(await done()).toBe(before + 1);
  const value = {
    code: "dibao_standard_fen",
    validFrom: world.clock.now(),
    source: "test",
    state: "approved",
    createdAt: world.clock.now(),
  } as const;
  await db.insert(listParameters).values({ ...value, id: world.system.newId(), value: 150_000 });
  const broken = { ...world.system, newId: () => "no id" };
  await expect(refreshWhenDue(broken)).rejects.toThrow();
  expect(await done()).toBe(before + 1);
  expect(await refreshWhenDue(world.system)).toBeGreaterThan(0);
  expect(await refreshWhenDue(world.system)).toBe(0);
  expect((await pushesTo(world, poor)).filter((push) => push.itemCode === "GW055")).toMatchObject([
    { trigger: "rule" },
  ]);
  world.clock.advance({ days: 1 });
  await refreshWhenDue(world.system);
  expect(await done()).toBe(before + 3);
});

test("a refresh that is broken off goes on where it was, however it ended, and does not begin at the first again", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  for (let count = 0; count < 7; count += 1) await aHousehold(world, { ageBand: "80_up" });
  const inOrder = async () =>
    (await db.select().from(householdScreenings).orderBy(householdScreenings.householdId)).map((row) =>
      row.likely.includes(9_999),
    );
  const spoil = (ids: readonly string[]) =>
    owner`update household_screening set likely = '{9999}' where household_id in ${owner(ids)}`;
  const ids = (
    await db
      .select({ id: householdScreenings.householdId })
      .from(householdScreenings)
      .orderBy(householdScreenings.householdId)
  ).map(({ id }) => id);
  expect(ids).toHaveLength(7);
  await spoil(ids);

  // The fifth cannot be written: what stands before it is kept, also where its page was the first.
  await owner.unsafe(
    `create trigger stuck before update on household_screening for each row when (new.household_id = '${ids[4] ?? ""}' and new.likely <> '{9999}') execute function refuse_change()`,
  );
  await expect(refreshWhenDue(world.system, { page: 2 })).rejects.toThrow();
  expect(await inOrder()).toEqual([false, false, false, false, true, true, true]);
  await expect(refreshWhenDue(world.system, { page: 2 })).rejects.toThrow();
  await owner`drop trigger stuck on household_screening`;

  // Whoever was screened is not asked again: what is spoilt there stays until the next day.
  await spoil(ids.slice(0, 2));
  expect(await refreshWhenDue(world.system, { page: 2, pages: 1 })).toBe(2);
  expect(await inOrder()).toEqual([true, true, false, false, false, false, true]);
  expect(await refreshWhenDue(world.system, { page: 2 })).toBe(1);
  expect(await inOrder()).toEqual([true, true, false, false, false, false, false]);
  expect(await refreshWhenDue(world.system, { page: 2 })).toBe(0);
  const [finished, ...others] = await db.select().from(screeningRefreshes);
  expect([finished?.changed, finished?.reached, others]).toEqual([7, null, []]);

  // A refresh that the day overtook is given up, and the new one begins at the first.
  await spoil(ids);
  world.clock.advance({ days: 1 });
  await refreshWhenDue(world.system, { page: 2, pages: 1 });
  await spoil(ids.slice(0, 2));
  world.clock.advance({ days: 1 });
  expect(
    await Promise.all([refreshWhenDue(world.system, { page: 2 }), refreshWhenDue(world.system, { page: 3 })]),
  ).toContainEqual(expect.any(Number));
  expect(await inOrder()).toEqual(ids.map(() => false));
  expect(await db.$count(screeningRefreshes)).toBe(2);
  await sound(world);
});

test("a page that is too much for its time is asked in smaller ones", async ({ db, databaseUrl }) => {
  const world = aWorld(db);
  for (let count = 0; count < 25; count += 1) await aHousehold(world, { ageBand: "80_up" });
  // Only a superuser makes functions in a copy of the template.
  const superuser = postgres(
    Object.assign(new URL(inject("superuserUrl")), { pathname: new URL(databaseUrl).pathname }).href,
    { max: 1, fetch_types: false },
  );
  await superuser`update household_screening set likely = '{9999}'`;
  // More than twelve at once are too many.
  await superuser.unsafe(`
    create function too_many() returns trigger language plpgsql as $$ begin if (select count(*) from moved) > 12 then raise exception 'too many' using errcode = '57014'; end if; return null; end $$;
    create trigger too_many after update on household_screening referencing new table as moved for each statement execute function too_many()`);
  await superuser.end();
  expect(await refreshWhenDue(world.system)).toBe(25);
  expect(await db.$count(householdScreenings, sql`likely = '{9999}'`)).toBe(0);
});

test("the refresh by SQL and the screening of one household agree for every household", async ({ db }) => {
  const world = aWorld(db);
  for (const what of [
    { ageBand: "80_up" },
    { groupCode: "hard_to_employ", ageBand: "18_to_59" },
    { groupCode: "dibao", ageBand: "6_to_13" },
    { heads: 3 },
  ] as const)
    await aHousehold(world, what);
  await onVisit(
    world,
    await aHousehold(world, { ageBand: "80_up" }),
    asked({ status: "dibao" }, { ageYears: "82" }, { membersComplete: "yes" }),
  );
  const before = await db.select().from(householdScreenings);
  expect(before.length).toBeGreaterThan(3);
  await db.update(householdScreenings).set({ likely: [], maybe: [] });
  await refreshScreening(world.system, { page: 2 });
  const after = await db.select().from(householdScreenings);
  const numbers = (rows: typeof after) =>
    new Map(rows.map((row) => [row.householdId, [row.likely.toSorted(), row.maybe.toSorted()]]));
  const single = new Map<string, unknown>();
  for (const row of after) {
    const id = await aHousehold(world, { groupCode: "hard_to_employ" });
    const [facts] = await db
      .select()
      .from(householdFacts)
      .where(eq(householdFacts.householdId, row.householdId));
    const people = await db
      .select()
      .from(householdMembers)
      .where(eq(householdMembers.householdId, row.householdId));
    if (!facts) throw new Error("a screening without facts");
    await db.delete(householdMembers).where(eq(householdMembers.householdId, id));
    const { householdId: _other, incomeHeadMinFen: _min, incomeHeadMaxFen: _max, ...copied } = facts;
    await db.update(householdFacts).set(copied).where(eq(householdFacts.householdId, id));
    if (people.length > 0)
      await db.insert(householdMembers).values(people.map((person) => ({ ...person, householdId: id })));
    single.set(row.householdId, id);
  }

  const { screenHousehold } = await import("~/domain/screening/screenHousehold.server");
  for (const id of single.values())
    await inTransaction(world.system, (tx) => screenHousehold(tx, world.system, String(id)));
  const copies = numbers(await db.select().from(householdScreenings));
  for (const [original, numbersOf] of numbers(after))
    expect(copies.get(String(single.get(original))), original).toEqual(numbersOf);
});
