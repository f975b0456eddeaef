import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { recordConsents } from "~/domain/households/consents.server";
import { inTransaction } from "~/domain/kernel/context.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import { FactsInput } from "~/domain/screening/factsInput";
import { answerCall, callList, phoneToCall } from "~/domain/screening/push.server";
import { householdSheet, storedSheet } from "~/domain/screening/queries.server";
import { recordFacts } from "~/domain/screening/recordFacts.server";
import { entitlementGap } from "~/domain/screening/screenHousehold.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { needs } from "~db/schema/needs";
import { householdFacts, householdScreenings } from "~db/schema/screening";
import { aHousehold } from "../../factories/households";
import { aWishInput } from "../../factories/needs";
import { aCaseworker, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { asked, CHECK_UP, onVisit, pushesTo, sound } from "../../factories/screening";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

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
  const call = (await callList(caseworker)).rows.find((row) => row.householdId === silent);
  if (!call) throw new Error("nobody to call");
  expect(call.news.map(({ push }) => push.id)).toContain(checkUp?.id);
  const elsewhere = world.as(await aCaseworker(world, GUZHEN));
  const answer = {
    householdId: silent,
    answer: "decline" as const,
    news: call.news.map(({ push }) => ({
      pushId: push.id,
      version: push.version,
      answer: push.id === checkUp?.id ? ("interest" as const) : undefined,
    })),
  };
  expect((await callList(elsewhere)).rows).toEqual([]);
  await expect(phoneToCall(elsewhere, silent)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(answerCall(elsewhere, answer)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(answerCall(caseworker, { ...answer, householdId: agreed })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const both = await Promise.allSettled([answerCall(caseworker, answer), answerCall(caseworker, answer)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "fulfilled")).toMatchObject({ value: { wanted: [CHECK_UP] } });
  expect((await callList(caseworker)).rows.map(({ householdId }) => householdId)).not.toContain(silent);
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
    params: { n: expect.any(Number) as unknown },
  });
  await submitNeed(filer, needId, { judged: "different", gapReason: "not_enough" });
  const [need] = await db
    .select({ gap: needs.entitlementGap })
    .from(needs)
    .where(and(eq(needs.id, needId)));
  expect(need?.gap).toMatchObject({ reason: "not_enough" });
  expect(need?.gap?.items).toContain("ZS001");
  // Whoever reviews it reads what each is, not its code alone.
  const { gapItems } = await staffNeed(world.as(team.reviewer), needId);
  expect(gapItems).toHaveLength(need?.gap?.items.length ?? 0);
  for (const item of gapItems) expect(item).toMatch(/^[^（）]{4,}.*（[A-Z]{2}\d{3}）$/);
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
