import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { approveRule, testRule } from "~/domain/lists/desk/approveRule.server";
import { DESK_CHECKS } from "~/domain/lists/desk/checks.server";
import { previewRule } from "~/domain/lists/desk/previewRule.server";
import { startRule } from "~/domain/lists/desk/startRule.server";
import { listRules } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { householdFacts, householdMembers } from "~db/schema/screening";
import { aDraftThatPasses, aPublishedItem, aStep, versionOf } from "../../factories/lists";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam, SHIQI, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

async function anApprovedRule(world: World, team: Team): Promise<{ code: string; id: string }> {
  const code = await aPublishedItem(world, team.operator);
  await aDraftThatPasses(world, team.operator, code);
  await testRule(world.as(team.operator), code, { version: await versionOf(world, code) });
  await approveRule(world.as(team.secondOperator), code, {
    version: await versionOf(world, code),
    effectiveOn: world.clock.now(),
  });
  const rows = await world.db.select().from(listRules).where(eq(listRules.itemCode, code));
  return { code, id: rows.find((row) => row.edition === 2)?.id ?? "" };
}

const wrong = async (world: World) =>
  (await runChecks(world.db, DESK_CHECKS)).flatMap((check) => check.wrong);

test("the checks of the desk find what is planted past every use case: a lone person, a missing edition, an empty case book", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { code, id } = await anApprovedRule(world, team);
  expect(await wrong(world)).toEqual([]);
  // Nothing is imported here; its own test imports.
  expect(
    (await runChecks(db, DESK_CHECKS)).filter(
      ({ name, examined }) => examined === 0 && name !== "lists.finder.taken_in",
    ),
  ).toEqual([]);

  await owner`insert into journal (id, entity, entity_id, entity_version, event, actor_id, actor_role, occurred_at, recorded_at)
    values (${world.system.newId()}, 'list_rule', ${id}, 99, 'list_rule.edit', ${team.secondOperator.userId}, 'operator', now(), now())`;
  expect(await wrong(world)).toEqual([`lists.rules.eyes: ${code} edition 2`]);

  const other = await anApprovedRule(world, team);
  await owner`update list_rule set cases = '[]' where id = ${other.id}`;
  expect(await wrong(world)).toContain(`lists.rules.cases: ${other.code} edition 2`);

  const third = await aPublishedItem(world, team.operator);
  await owner`update list_rule set effective_from = '2099-01-01' where item_code = ${third}`;
  expect(await wrong(world)).toContain(`lists.rules.in_force: ${third} has 0`);

  await owner`alter table list_parameter drop constraint list_parameter_second_person`;
  await owner`insert into list_parameter (id, code, value, valid_from, source, state, proposed_by, created_at)
    values (gen_random_uuid(), 'old_age_years', 60, '2024-01-01T00:00:00Z', '演示', 'approved', ${team.operator.userId}, now())`;
  expect(
    (await wrong(world)).filter((what) => what.startsWith("lists.values.eyes: old_age_years")),
  ).toHaveLength(1);
});

test("a preview counts every household once, however many there are", async ({ db, owner }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aPublishedItem(world, team.operator);
  await owner`insert into household (id, code, kind, town_code, heads, group_code, public_group, age_band, key_id, name_hash, created_by, created_at)
    select gen_random_uuid(), 'HX' || n, 'household', ${SHIQI}, 1, 'dibao', 'low_income', '80_up', 'none', 'x', ${team.caseworker.userId}, now()
    from generate_series(1, 2345) n`;
  await owner`insert into household_facts (household_id, town_code, lives_alone, members_complete, origin, recorded_at)
    select id, town_code, substr(code, 3)::int % 2 = 0, true, 'registration', now() from household where code like 'HX%'`;
  await owner`insert into household_member (household_id, position, born_from, born_to)
    select household_id, 1, '1940-01-01', '1940-12-31' from household_facts where lives_alone`;
  const alone = { fact: "livesAlone", is: true } as const;
  expect(await previewRule(world.as(team.operator), code, { kind: "rule", rule: alone })).toEqual({
    known: 2345,
    added: 1172,
    dropped: null,
  });
  const old = { some: { fact: "ageYears", compare: "at_least", to: 80 } } as const;
  expect(
    await previewRule(world.as(team.operator), code, { kind: "rule", rule: { all: [alone, old] } }),
  ).toMatchObject({ added: 1172 });
});

const today = (world: World) => new Date(world.clock.now().getTime());

test("the preview counts whom a rule would add or drop, and tells no count below five", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const code = await aPublishedItem(world, team.operator);
  const known = async (count: number, livesAlone: boolean | null, born: string | null) => {
    for (let index = 0; index < count; index += 1) {
      await aSubmittedWish(world, team);
      const [household] = await db
        .select({ id: households.id })
        .from(households)
        .orderBy(households.id)
        .limit(1)
        .offset(made);
      made += 1;
      const householdId = household?.id ?? "";
      await db.delete(householdFacts).where(eq(householdFacts.householdId, householdId));
      await db.insert(householdFacts).values({
        householdId,
        townCode: SHIQI,
        livesAlone,
        membersComplete: true,
        origin: "visit",
        recordedAt: world.clock.now(),
      });
      await db.insert(householdMembers).values({ householdId, position: 1, bornFrom: born, bornTo: born });
    }
  };

  let made = (await db.select({ id: households.id }).from(households)).length;
  await known(6, true, "1950-01-01");
  await known(4, false, "1990-01-01");
  await known(5, null, null);
  const preview = (rule: Parameters<typeof previewRule>[2]) =>
    previewRule(world.as(team.operator), code, rule);
  expect(await preview({ kind: "rule", rule: { fact: "livesAlone", is: true } })).toEqual({
    known: 15,
    added: 6,
    dropped: null,
  });
  expect(await preview({ kind: "rule", rule: { fact: "livesAlone", is: false } })).toEqual({
    known: 15,
    added: null,
    dropped: null,
  });
  const old = {
    some: { fact: "ageYears", compare: "at_least", to: { parameter: "old_age_years" } },
  } as const;
  expect(await preview({ kind: "rule", rule: old })).toEqual({ known: 15, added: 6, dropped: null });
  expect(await preview({ kind: "everyone", rule: null })).toEqual({ known: 15, added: 15, dropped: null });

  await startRule(world.as(team.operator), code);
  await aStep(world, team.operator, code, { intent: "kind", kind: "everyone" });
  await testRule(world.as(team.operator), code, { version: await versionOf(world, code) });
  await approveRule(world.as(team.secondOperator), code, {
    version: await versionOf(world, code),
    effectiveOn: today(world),
  });
  expect(await preview({ kind: "rule", rule: old })).toEqual({ known: 15, added: null, dropped: 9 });
});
