import { expect } from "vitest";
import { approveRule, testRule } from "~/domain/lists/desk/approveRule.server";
import { runCaseBook } from "~/domain/lists/desk/caseBook.server";
import { approveValue } from "~/domain/lists/desk/decideValue.server";
import { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { bodyOf, openEdition } from "~/domain/lists/desk/openRule.server";
import { proposeValue } from "~/domain/lists/desk/proposeValue.server";
import { startRule } from "~/domain/lists/desk/startRule.server";
import { ProposeValueInput } from "~/domain/lists/desk/valueSchemas";
import { parametersAt } from "~/domain/lists/inForce.server";
import { listRules } from "~db/schema/directory";
import { aPublishedItem, aStep, versionOf } from "../../factories/lists";
import { aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/** The minimum living standard, from a day on: proposed by one, approved by another. */
async function standardChanges(
  world: World,
  { operator, secondOperator }: Team,
  value: string,
  validFrom: string,
): Promise<void> {
  const input = ProposeValueInput.parse({
    code: "dibao_standard_fen",
    value,
    validFrom,
    source: "演示通知",
    requestKey: world.system.newId(),
  });
  const { id } = await proposeValue(world.as(operator), input);
  await approveValue(world.as(secondOperator), id);
}

const anExample = (
  world: World,
  { operator }: Team,
  code: string,
  yuan: string,
  verdict: "likely" | "not",
  valuesOn?: string,
) =>
  aStep(world, operator, code, {
    intent: "addCase",
    name: `${yuan}元`,
    expect: verdict,
    household: { incomePerHeadFen: yuan },
    everybody: "yes",
    valuesOn,
  });

/**
 * A draft "income under the minimum living standard", with a likely and a not on both sides of 1,201 yuan.
 */
async function aRuleOnTheStandard(world: World, team: Team, valuesOn?: string): Promise<string> {
  const code = await aPublishedItem(world, team.operator);
  await startRule(world.as(team.operator), code);
  await aStep(world, team.operator, code, {
    intent: "add",
    fact: "incomePerHeadFen",
    compare: "under",
    to: "dibao_standard_fen",
  });
  await anExample(world, team, code, "1200.99", "likely", valuesOn);
  await anExample(world, team, code, "1201", "not", valuesOn);
  return code;
}

const tested = async (world: World, { operator }: Team, code: string) =>
  testRule(world.as(operator), code, { version: await versionOf(world, code) });
const approved = async (
  world: World,
  { secondOperator }: Team,
  code: string,
  effectiveOn = world.clock.now(),
) => approveRule(world.as(secondOperator), code, { version: await versionOf(world, code), effectiveOn });
const passes = async (world: World, { operator }: Team, code: string) =>
  (await rulePage(world.as(operator), code)).run?.results.map((result) => result.passed);

test("cases are worked with the values of their own day, whatever changes later; new ones with the new value, and a wrong one still fails", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aRuleOnTheStandard(world, team, "2026-03-02");
  await standardChanges(world, team, "1300", "2026-07-01");
  await anExample(world, team, code, "1250", "likely", "2026-07-01");
  await tested(world, team, code);
  await approved(world, team, code, new Date("2026-08-01T00:00:00+08:00"));

  world.clock.advance({ days: 180 });
  await startRule(world.as(team.operator), code);
  await anExample(world, team, code, "1299.99", "likely", "2026-08-01");
  await anExample(world, team, code, "1300", "not", "2026-08-01");
  await tested(world, team, code);
  expect(await passes(world, team, code)).toEqual([true, true, true, true, true]);
  await approved(world, team, code);

  await startRule(world.as(team.operator), code);
  await anExample(world, team, code, "1250.50", "likely", "2026-06-30");
  await expect(tested(world, team, code)).rejects.toMatchObject({ code: "CASES_NOT_PASSED" });
  expect(await passes(world, team, code)).toEqual([true, true, true, true, true, false]);
});

test("a case without a day is worked with the values of the day on which it is tried, or takes effect", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aRuleOnTheStandard(world, team);
  await standardChanges(world, team, "1350", "2026-10-01");
  await tested(world, team, code);
  await expect(approved(world, team, code, new Date("2026-10-01T00:00:00+08:00"))).rejects.toMatchObject({
    code: "CASES_NOT_PASSED",
  });
  await approved(world, team, code, new Date("2026-06-15T00:00:00+08:00"));
});

test("a day on which no values were in force yet, or that is none, is refused, and the case book stays as it was", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aRuleOnTheStandard(world, team, "2026-03-02");
  const before = await openEdition(db, code);
  await expect(anExample(world, team, code, "1", "likely", "2012-12-31")).rejects.toMatchObject({
    code: "NO_VALUES_THEN",
  });
  for (const none of ["2026-02-30", "0001-01-01", "明天"])
    await expect(anExample(world, team, code, "1", "likely", none)).rejects.toMatchObject({
      issues: [{ path: ["valuesOn"] }],
    });
  expect(await openEdition(db, code)).toEqual(before);
});

test("values are read once for each day, however many cases name it", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aRuleOnTheStandard(world, team, "2026-03-02");
  await anExample(world, team, code, "1", "likely", "2022-06-01");
  const row = await openEdition(db, code);
  if (!row) throw new Error("no draft");
  const body = bodyOf(row);
  if (body.kind !== "rule") throw new Error("no rule");
  let reads = 0;
  const counting = new Proxy(db, {
    get: (of, name) => {
      if (name === "selectDistinctOn") reads += 1;
      const value: unknown = Reflect.get(of, name);
      return typeof value === "function" ? (value.bind(of) as unknown) : value;
    },
  });
  expect((await runCaseBook(counting, body, await parametersAt(db, world.clock.now()))).passed).toBe(true);
  expect(reads).toBe(2);
});

test("every case book that the lists came with still passes after each of their values has changed", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  await owner`insert into list_parameter (id, code, value, valid_from, source, state, created_at)
    select gen_random_uuid(), code, max(value) + 7, '2026-01-01', '演示', 'approved', now() from list_parameter where proposed_by is null group by code`;
  const now = await parametersAt(db, world.clock.now());
  const rows = await db.select().from(listRules);
  let rules = 0;
  for (const row of rows) {
    const body = bodyOf(row);
    if (body.kind !== "rule" || row.edition > 1) continue;
    rules += 1;
    expect((await runCaseBook(db, body, now)).passed, row.itemCode).toBe(true);
  }

  expect(rules).toBeGreaterThan(80);
});
