import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { approveRule, testRule, withdrawRule } from "~/domain/lists/desk/approveRule.server";
import { deskQueue } from "~/domain/lists/desk/deskQueries.server";
import { editRule } from "~/domain/lists/desk/editRule.server";
import { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { openEdition } from "~/domain/lists/desk/openRule.server";
import { previewRule } from "~/domain/lists/desk/previewRule.server";
import { RULE_EDITS } from "~/domain/lists/desk/ruleSchemas";
import { startRule } from "~/domain/lists/desk/startRule.server";
import { rulesInForce } from "~/domain/lists/inForce.server";
import { violatedConstraint } from "~db/client";
import { listRules } from "~db/schema/directory";
import { aDraftThatPasses, aPublishedItem, aStep, versionOf } from "../../factories/lists";
import { aDonor, aPerson, aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { aWorld, type World } from "../../support/world";

const today = (world: World) => new Date(world.clock.now().getTime());
const inForce = async (world: World, code: string) =>
  (await rulesInForce(world.db, world.clock.now())).find((rule) => rule.itemCode === code);

async function anItemWithTestedRule(world: World, team: Team): Promise<string> {
  const code = await aPublishedItem(world, team.operator);
  await aDraftThatPasses(world, team.operator, code);
  await testRule(world.as(team.operator), code, { version: await versionOf(world, code) });
  return code;
}

test("a rule takes effect once its cases pass and a second person approved it, at once or as its day begins, and is never changed again", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await anItemWithTestedRule(world, team);
  expect(
    (await deskQueue(world.as(team.secondOperator))).rules.find((row) => row.item.code === code),
  ).toMatchObject({ state: "tested", mine: false, edition: 2 });
  const version = await versionOf(world, code);
  await expect(
    approveRule(world.as(team.operator), code, { version, effectiveOn: today(world) }),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  await expect(
    approveRule(world.as(team.secondOperator), code, {
      version,
      effectiveOn: new Date("2026-02-28T16:00:00Z"),
    }),
  ).rejects.toMatchObject({ code: "IN_THE_PAST" });
  await approveRule(world.as(team.secondOperator), code, {
    version,
    effectiveOn: new Date("2026-03-09T16:00:00Z"),
  });
  expect(await inForce(world, code)).toMatchObject({ kind: "ask", edition: 1 });
  expect((await rulePage(world.as(team.operator), code)).coming).toMatchObject([
    { edition: 2, body: { kind: "rule" } },
  ]);
  world.clock.advance({ days: 7, hours: 14, minutes: 59 });
  expect(await inForce(world, code)).toMatchObject({ edition: 1 });
  world.clock.advance({ minutes: 1 });
  expect(await inForce(world, code)).toMatchObject({
    kind: "rule",
    edition: 2,
    rule: { fact: "livesAlone", is: true },
  });

  // The next edition starts as a copy; approving it for today puts it in force now.
  await startRule(world.as(team.secondOperator), code);
  await aStep(world, team.secondOperator, code, { intent: "kind", kind: "everyone" });
  await testRule(world.as(team.secondOperator), code, { version: await versionOf(world, code) });
  await approveRule(world.as(team.operator), code, {
    version: await versionOf(world, code),
    effectiveOn: today(world),
  });
  expect(await inForce(world, code)).toMatchObject({ kind: "everyone", edition: 3 });
  await expect(
    editRule(world.as(team.operator), code, { intent: "kind", kind: "ask", version: 1 }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("whoever wrote any part of an edition does not approve it, also when another person changed it after them", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const third = await aPerson(world, { role: "operator", scope: { kind: "city" } });
  const code = await aPublishedItem(world, team.operator);
  await aDraftThatPasses(world, team.operator, code);
  await aStep(world, team.secondOperator, code, {
    intent: "addCase",
    name: "不知道",
    expect: "maybe",
    everybody: "yes",
  });
  await testRule(world.as(third), code, { version: await versionOf(world, code) });
  const approval = { version: await versionOf(world, code), effectiveOn: today(world) };
  for (const writer of [team.operator, team.secondOperator])
    await expect(approveRule(world.as(writer), code, approval)).rejects.toMatchObject({ code: "FOUR_EYES" });
  await approveRule(world.as(third), code, approval);
  expect(await inForce(world, code)).toMatchObject({ edition: 2 });
});

test("of two who approve at once, one is told; of two who begin an edition or take a step at once, one is told", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const third = await aPerson(world, { role: "operator", scope: { kind: "city" } });
  const one = async (works: Promise<unknown>[]) => {
    const outcomes = await Promise.allSettled(works);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect(["CHANGED_MEANWHILE", "NOT_FOUND"]).toContain((outcome.reason as { code: string }).code);
  };

  const code = await aPublishedItem(world, team.operator);
  await one([startRule(world.as(team.operator), code), startRule(world.as(team.secondOperator), code)]);
  const step = { intent: "kind" as const, kind: "everyone" as const, version: await versionOf(world, code) };
  await one([editRule(world.as(team.operator), code, step), editRule(world.as(team.operator), code, step)]);
  const tested = await anItemWithTestedRule(world, team);
  const approval = { version: await versionOf(world, tested), effectiveOn: today(world) };
  await one([
    approveRule(world.as(team.secondOperator), tested, approval),
    approveRule(world.as(third), tested, approval),
  ]);
});

test("a failing case, a missing one, or a value that will have changed by then stops a rule; any step makes a tested edition a draft again", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const keeper = world.as(team.operator);
  const code = await aPublishedItem(world, team.operator);
  await startRule(keeper, code);
  await aStep(world, team.operator, code, {
    intent: "add",
    fact: "ageYears",
    compare: "at_least",
    to: "old_age_years",
  });
  await aStep(world, team.operator, code, {
    intent: "addCase",
    name: "60岁",
    expect: "likely",
    members: [{ ageYears: "60" }],
    everybody: "yes",
  });
  const tryTest = async () => testRule(keeper, code, { version: await versionOf(world, code) });
  await expect(tryTest()).rejects.toMatchObject({ code: "CASES_NOT_PASSED" });
  await aStep(world, team.operator, code, {
    intent: "addCase",
    name: "写错了",
    expect: "not",
    members: [{ ageYears: "60" }],
    everybody: "yes",
  });
  await expect(tryTest()).rejects.toMatchObject({ code: "CASES_NOT_PASSED" });
  expect((await rulePage(keeper, code)).run?.results.map((result) => result.passed)).toEqual([true, false]);
  await aStep(world, team.operator, code, { intent: "removeCase", index: "1" });
  await aStep(world, team.operator, code, {
    intent: "addCase",
    name: "59岁",
    expect: "not",
    members: [{ ageYears: "59" }],
    everybody: "yes",
  });
  await tryTest();
  await aStep(world, team.operator, code, { intent: "wrap", path: "0", as: "any" });
  expect(await openEdition(db, code)).toMatchObject({
    state: "draft",
    rule: { some: { any: [{ fact: "ageYears" }] } },
  });
  await expect(
    approveRule(world.as(team.secondOperator), code, {
      version: await versionOf(world, code),
      effectiveOn: today(world),
    }),
  ).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  await tryTest();
  await owner`insert into list_parameter (id, code, value, valid_from, source, state, created_at) values (gen_random_uuid(), 'old_age_years', 65, '2027-01-01', '演示', 'approved', now())`;
  const version = await versionOf(world, code);
  await expect(
    approveRule(world.as(team.secondOperator), code, {
      version,
      effectiveOn: new Date("2027-02-01T00:00:00Z"),
    }),
  ).rejects.toMatchObject({ code: "CASES_NOT_PASSED" });
  await approveRule(world.as(team.secondOperator), code, { version, effectiveOn: today(world) });
});

test("a draft that is given up changes nothing, and its number is not given again", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await anItemWithTestedRule(world, team);
  await withdrawRule(world.as(team.secondOperator), code, { version: await versionOf(world, code) });
  expect(await openEdition(db, code)).toBeUndefined();
  expect(await inForce(world, code)).toMatchObject({ kind: "ask", edition: 1 });
  await startRule(world.as(team.operator), code);
  expect((await openEdition(db, code))?.edition).toBe(3);
});

test("a step that cannot be is refused, and the draft stays as it was", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aPublishedItem(world, team.operator);
  await aDraftThatPasses(world, team.operator, code);
  const before = await openEdition(db, code);
  const refused = async (step: Readonly<Record<string, unknown>> & { intent: keyof typeof RULE_EDITS }) => {
    const edit = RULE_EDITS[step.intent].parse({ version: before?.version, ...step });
    return editRule(world.as(team.operator), code, edit).then(() => "taken", codeOf);
  };

  expect(await refused({ intent: "remove", path: "" })).toBe("RULE_LAST_PART");
  expect(await refused({ intent: "remove", path: "4" })).toBe("CHANGED_MEANWHILE");
  expect(await refused({ intent: "removeCase", index: "7" })).toBe("CHANGED_MEANWHILE");
  expect(await refused({ intent: "unwrap", path: "" })).toBe("RULE_PART_MISFIT");
  expect(await refused({ intent: "kind", kind: "ask", version: 1 })).toBe("CHANGED_MEANWHILE");
  expect(await openEdition(db, code)).toEqual(before);
});

test("not even SQL approves one's own rule, lets a written rule hold without a second person, or keeps two drafts of an entry", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await anItemWithTestedRule(world, team);
  const row = await openEdition(db, code);
  const mine = eq(listRules.id, row?.id ?? "");
  const why = (work: PromiseLike<unknown>) => Promise.resolve(work).then(() => "taken", violatedConstraint);
  expect(await why(db.update(listRules).set({ approvedBy: team.operator.userId }).where(mine))).toBe(
    "list_rule_four_eyes",
  );
  expect(
    await why(db.update(listRules).set({ state: "approved", effectiveFrom: world.clock.now() }).where(mine)),
  ).toBe("list_rule_second_person");
  expect(
    await why(
      db.update(listRules).set({ state: "approved", approvedBy: team.secondOperator.userId }).where(mine),
    ),
  ).toBe("list_rule_dated");
  const second = {
    id: world.system.newId(),
    itemCode: code,
    edition: 9,
    kind: "ask" as const,
    cases: [],
    state: "draft" as const,
    createdAt: world.clock.now(),
  };
  expect(await why(db.insert(listRules).values(second))).toBe("list_rule_one_open");
});

test("only operators write, test, approve, withdraw, preview or see drafts; an entry that is none has no rule", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await anItemWithTestedRule(world, team);
  const version = await versionOf(world, code);
  for (const person of [
    team.caseworker,
    team.reviewer,
    await aDonor(world),
    await aPerson(world, { role: "admin", scope: { kind: "city" } }),
  ]) {
    const ctx = world.as(person);
    const tries = [
      startRule(ctx, code),
      editRule(ctx, code, { intent: "kind", kind: "ask", version }),
      testRule(ctx, code, { version }),
      approveRule(ctx, code, { version, effectiveOn: today(world) }),
      withdrawRule(ctx, code, { version }),
      rulePage(ctx, code),
      previewRule(ctx, code, { kind: "ask", rule: null }),
    ];
    for (const outcome of await Promise.allSettled(tries))
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "NOT_ALLOWED" } });
  }

  const keeper = world.as(team.operator);
  for (const work of [startRule, rulePage])
    await expect(work(keeper, "XX000")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(testRule(keeper, "XX000", { version })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
