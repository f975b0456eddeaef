import { and, eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject } from "vitest";
import { FactsInput } from "~/domain/directory/screening/factsInput";
import { callList, answerPush } from "~/domain/directory/screening/push.server";
import { householdSheet, storedSheet } from "~/domain/directory/screening/queries.server";
import { recordFacts } from "~/domain/directory/screening/recordFacts.server";
import { refreshScreening, refreshWhenDue } from "~/domain/directory/screening/refreshScreening.server";
import { entitlementGap } from "~/domain/directory/screening/screenHousehold.server";
import { recordConsents } from "~/domain/households/consents.server";
import { eraseHousehold } from "~/domain/households/eraseHousehold.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { inTransaction } from "~/domain/kernel/context.server";
import { runChecks } from "~/domain/checks.server";
import { drainOutbox } from "~/journal/drainOutbox.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { needs } from "~db/schema/needs";
import { listParameters } from "~db/schema/directory";
import {
  householdFacts,
  householdMembers,
  householdScreenings,
  pushes,
  screeningRefreshes,
} from "~db/schema/screening";
import { aHousehold } from "../../factories/households";
import { aWishInput } from "../../factories/needs";
import { aCaseworker, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, Clock, type World } from "../../support/world";

/** What a caseworker ticks; everything else stays unknown. */
const asked = (household: object = {}, member: object = {}, more: object = {}): FactsInput =>
  FactsInput.parse({ household, members: [member], ...more });

async function onVisit(world: World, householdId: string, input: FactsInput) {
  const ctx = world.as(await aCaseworker(world));
  await openRecord(ctx, { householdId, reason: "entitlements" });
  await recordFacts(ctx, householdId, { ...input, version: (await storedSheet(ctx, householdId)).opened });
  return ctx;
}

const pushesTo = (world: World, householdId: string) =>
  world.db.select().from(pushes).where(eq(pushes.householdId, householdId));
const sound = async (world: World) =>
  expect((await runChecks(world.db)).flatMap((check) => check.wrong)).toEqual([]);
/** GW048: health checks from 65; by number in the screening. */
const CHECK_UP = "GW048";

test("a household is screened from the day it is registered, and nothing is pushed for what was so from the beginning", async ({
  db,
}) => {
  const world = aWorld(db);
  const id = await aHousehold(world, { ageBand: "80_up" });
  const [screening] = await db
    .select()
    .from(householdScreenings)
    .where(eq(householdScreenings.householdId, id));
  expect(screening?.likely.length).toBeGreaterThan(0);
  expect(await pushesTo(world, id)).toEqual([]);
  const group = await aHousehold(world, { kind: "group", heads: 30 });
  expect(await db.select().from(householdFacts).where(eq(householdFacts.householdId, group))).toEqual([]);
});

test("what is newly likely after a visit is queued once, goes by text to those who agreed and to the call list of the town else", async ({
  db,
}) => {
  const world = aWorld(db);
  const [agreed, silent] = [
    await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59" }),
    await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59" }),
  ];
  const caseworker = world.as(await aCaseworker(world));
  await inTransaction(caseworker, (tx) =>
    recordConsents(tx, caseworker, agreed, {
      scopes: ["contact"],
      givenBy: "self",
      givenAt: world.clock.now(),
    }),
  );
  for (const id of [agreed, silent]) {
    await onVisit(world, id, asked({}, { bornMonth: "1950-03" }));
    await onVisit(world, id, asked({}, { bornMonth: "1950-03" }));
    expect((await pushesTo(world, id)).filter((push) => push.itemCode === CHECK_UP)).toHaveLength(1);
  }

  await drainOutbox(world.system, 100);
  await drainOutbox(world.system, 100);
  expect((await pushesTo(world, agreed)).map((push) => push.state)).not.toContain("call_list");
  expect((await pushesTo(world, silent)).map((push) => push.state)).not.toContain("sent");
  expect(world.texts.length).toBe((await pushesTo(world, agreed)).length);
  expect(JSON.stringify(world.texts)).not.toMatch(/老年人|健康管理|演示/);
  const checkUp = (await pushesTo(world, silent)).find((push) => push.itemCode === CHECK_UP);
  const call = (await callList(caseworker)).rows.find((row) => row.push.id === checkUp?.id);
  if (!call) throw new Error("nothing to call for");
  const elsewhere = world.as(await aCaseworker(world, GUZHEN));
  const answer = { pushId: call.push.id, version: call.push.version, answer: "interest" as const };
  expect((await callList(elsewhere)).rows).toEqual([]);
  await expect(answerPush(elsewhere, answer)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const both = await Promise.allSettled([answerPush(caseworker, answer), answerPush(caseworker, answer)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await sound(world);
});

test("the same item is told to the same household at most once in ninety days, however often it comes and goes", async ({
  db,
}) => {
  const world = aWorld(db);
  const id = await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59" });
  const told = async () => (await pushesTo(world, id)).filter((push) => push.itemCode === CHECK_UP).length;
  const old = () => onVisit(world, id, asked({}, { bornMonth: "1950-03" }));
  const young = () => onVisit(world, id, asked({}, { bornMonth: "1990-03" }));
  await old();
  await young();
  world.clock.advance({ days: 89 });
  await old();
  expect(await told()).toBe(1);
  await young();
  world.clock.advance({ days: 2 });
  await old();
  expect(await told()).toBe(2);
  await sound(world);
});

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
  // A year of its own: values stay in force for the tests that come after.
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

  const { screenHousehold } = await import("~/domain/directory/screening/screenHousehold.server");
  for (const id of single.values())
    await inTransaction(world.system, (tx) => screenHousehold(tx, world.system, String(id)));
  const copies = numbers(await db.select().from(householdScreenings));
  for (const [original, numbersOf] of numbers(after))
    expect(copies.get(String(single.get(original))), original).toEqual(numbersOf);
});

test("facts are written and read only by the town, with the record opened; what is received leaves the gap; erasing leaves nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const id = await aHousehold(world, { ageBand: "80_up" });
  const unopened = world.as(await aCaseworker(world));
  await expect(recordFacts(unopened, id, asked())).rejects.toMatchObject({ code: "RECORD_NOT_OPEN" });
  await expect(householdSheet(world.as(await aCaseworker(world, GUZHEN)), id)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect((await householdSheet(unopened, id)).opened).toBeUndefined();
  const ctx = await onVisit(
    world,
    id,
    asked({ status: "dibao" }, { ageYears: "82" }, { membersComplete: "yes" }),
  );
  const sheet = await householdSheet(ctx, id);
  if (!sheet.opened) throw new Error("the sheet was not opened");
  expect(sheet.likely.map((result) => result.item.code)).toContain("ZS001");
  expect(sheet.likely.find((result) => result.item.code === "ZS001")?.working).toMatchObject({
    eachFen: 48_000,
    people: 1,
  });
  const again = asked(
    { status: "dibao" },
    { ageYears: "82" },
    { membersComplete: "yes", receives: ["ZS001"] },
  );
  await recordFacts(ctx, id, { ...again, version: sheet.facts.stored.opened });
  const after = await householdSheet(ctx, id);
  if (!after.opened) throw new Error("the sheet was not opened");
  expect(after.likely.map((result) => result.item.code)).not.toContain("ZS001");
  expect(after.received.map((item) => item.code)).toEqual(["ZS001"]);
  // Whoever had the older sheet open writes nothing over it.
  const stale = {
    ...asked({ status: "dibao" }, { ageYears: "83" }, { membersComplete: "yes" }),
    version: sheet.facts.stored.opened,
  };
  await expect(recordFacts(ctx, id, stale)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect((await storedSheet(ctx, id)).opened).toBe(after.facts.stored.opened);
  await eraseHousehold(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } })), id, {
    code: sheet.household.code,
    reason: "person_asked",
  });
  expect(await db.select().from(householdFacts).where(eq(householdFacts.householdId, id))).toEqual([]);
  expect(await db.select().from(householdScreenings).where(eq(householdScreenings.householdId, id))).toEqual(
    [],
  );
  await sound(world);
});

test("a wish is submitted only after what is due was shown and a reason was chosen; both are kept with it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const input = aWishInput(world, { heads: 1 });
  const { needId } = await draftWish(filer, {
    ...input,
    household: { ...input.household, ageBand: "80_up" },
  });
  await expect(submitNeed(filer, needId, { judged: "different" })).rejects.toMatchObject({
    code: "ENTITLEMENTS_OPEN",
    params: { n: expect.any(Number) },
  });
  await submitNeed(filer, needId, { judged: "different", gapReason: "not_enough" });
  const [need] = await db
    .select({ gap: needs.entitlementGap })
    .from(needs)
    .where(and(eq(needs.id, needId)));
  expect(need?.gap).toMatchObject({ reason: "not_enough" });
  expect(need?.gap?.items).toContain("ZS001");
  await sound(world);
});

test("the income of all and the number of people are known apart, make the income for each, and are refused in words where they cannot be true", async ({
  db,
}) => {
  const world = aWorld(db);
  const id = await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "18_to_59", heads: 5 });
  const row = async () =>
    (await db.select().from(householdFacts).where(eq(householdFacts.householdId, id)))[0];
  expect(await row()).toMatchObject({ householdSizeMin: 5, householdSizeMax: 5, livesAlone: false });
  await onVisit(
    world,
    id,
    asked({ incomeTotal: "5,000", householdSize: "５", assetsWithinLimit: "yes" }, { bornMonth: "1985-01" }),
  );
  expect(await row()).toMatchObject({
    incomeTotalMinFen: 500_000,
    householdSizeMin: 5,
    incomePerHeadMinFen: null,
    incomeHeadMinFen: 100_000,
    incomeHeadMaxFen: 100_000,
  });
  expect((await pushesTo(world, id)).map((push) => push.itemCode)).toContain("GW055");
  // Once everybody is listed, the list says how many they are: one person alone earns all of it.
  await onVisit(
    world,
    id,
    asked(
      { incomeTotal: "5000", assetsWithinLimit: "yes" },
      { bornMonth: "1985-01" },
      { membersComplete: "yes" },
    ),
  );
  expect(await row()).toMatchObject({ householdSizeMin: 1, householdSizeMax: 1, incomeHeadMinFen: 500_000 });
  const wrong = (household: object, more: object = {}) =>
    FactsInput.safeParse({ household, members: [{}], ...more }).error?.issues.map((issue) => [
      issue.path.join("."),
      issue.message,
    ]);
  expect(wrong({ householdSize: "2" }, { membersComplete: "yes" })).toEqual([
    ["household.householdSize", "sheet.sizeWrong"],
  ]);
  expect(wrong({ householdSize: "3", livesAlone: "yes" })).toEqual([
    ["household.livesAlone", "sheet.aloneWrong"],
  ]);
  expect(wrong({ householdSize: "3", incomeTotal: "3000", incomePerHead: "2000" })).toEqual([
    ["household.incomePerHead", "sheet.incomeWrong"],
  ]);
  expect(wrong({ householdSize: "3", incomeTotal: "5000", incomePerHead: "1666.67" })).toBeUndefined();
  expect(wrong({ householdSize: "3", incomeTotal: "0" })).toBeUndefined();
  // The table has the last word.
  await expect(
    db
      .update(householdFacts)
      .set({ livesAlone: true, householdSizeMin: 2, householdSizeMax: 2 })
      .where(eq(householdFacts.householdId, id)),
  ).rejects.toThrow();
  await expect(
    db.update(householdFacts).set({ householdSizeMin: 0 }).where(eq(householdFacts.householdId, id)),
  ).rejects.toThrow();
  await expect(
    db.update(householdFacts).set({ incomeTotalMinFen: -1 }).where(eq(householdFacts.householdId, id)),
  ).rejects.toThrow();
  await sound(world);
});

test("what a household has by being recognised is no gap of its sheet and is never pushed to it", async ({
  db,
}) => {
  const world = aWorld(db);
  for (const [groupCode, granted] of [
    ["dibao", ["GW055"]],
    ["tekun", ["GW056", "GW055"]],
    ["dibao_margin", ["ZS002"]],
    ["rigid_expense", ["ZS002"]],
  ] as const) {
    const id = await aHousehold(world, { groupCode, ageBand: "60_to_79" });
    const gap = (await entitlementGap(db, id)).map((item) => item.code);
    for (const code of granted) expect(gap, groupCode).not.toContain(code);
    if (groupCode === "dibao") expect(gap).toContain("ZS001");
  }

  const later = await aHousehold(world, { groupCode: "hard_to_employ", ageBand: "60_to_79" });
  await onVisit(world, later, asked({ status: "dibao" }, { bornMonth: "1950-01" }));
  const told = (await pushesTo(world, later)).map((push) => push.itemCode);
  expect(told).toContain("ZS001");
  expect(told).not.toContain("GW055");
  await sound(world);
});
