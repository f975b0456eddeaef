import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { rulesInForce } from "~/domain/lists/inForce.server";
import { bornSpan } from "~/domain/rules/ages";
import { type Answer, evaluateRule } from "~/domain/rules/evaluate";
import type { Facts } from "~/domain/rules/facts";
import { type Likely, previewSql } from "~/domain/rules/previewSql";
import { screeningSql } from "~/domain/rules/ruleSql";
import { factsFromRows } from "~/domain/screening/factsRows";
import { householdFacts, householdMembers, householdScreenings } from "~db/schema/screening";
import { aHousehold } from "../../factories/households";
import { SHIQI } from "../../factories/people";
import { anyFacts, anyRule, PARAMETERS } from "../../factories/rules";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const DAY = "2026-11-25";

test("one pass of SQL says of every household and rule just what the plain reading says, and so does a preview of two rules: random rules, random facts, and all seeded rules", async ({
  db,
}) => {
  const world = aWorld(db);
  const facts = fc.sample(anyFacts, { numRuns: 250, seed: 7 });
  const random = fc
    .sample(anyRule, { numRuns: 150, seed: 11 })
    .map((rule, index) => ({ number: index + 1, rule }));
  const seeded = (await rulesInForce(db, world.clock.now())).map(({ number, rule }) => ({
    number: number + 1_000,
    rule,
  }));
  const rules = [...random, ...seeded.filter(({ rule }) => rule !== null)];
  await db.delete(householdScreenings);
  await db.delete(householdFacts);
  for (const { household, members, membersComplete } of facts) {
    const householdId = await aHousehold(world, { kind: "group" });
    const { incomePerHeadFen, incomeTotalFen, householdSize, ...plain } = household;
    const unknown = { min: null, max: null };
    const [income, total, size] = [
      incomePerHeadFen ?? unknown,
      incomeTotalFen ?? unknown,
      householdSize ?? unknown,
    ];
    await db.insert(householdFacts).values({
      ...plain,
      livesAlone: size.min !== null && size.min > 1 ? null : (plain.livesAlone ?? null),
      householdId,
      townCode: SHIQI,
      membersComplete,
      origin: "visit",
      recordedAt: world.clock.now(),
      incomePerHeadMinFen: income.min,
      incomePerHeadMaxFen: income.max,
      incomeTotalMinFen: total.min,
      incomeTotalMaxFen: total.max,
      householdSizeMin: size.min,
      householdSizeMax: size.max,
    });
    if (members.length > 0)
      await db.insert(householdMembers).values(
        members.map(({ ageYears, ...member }, position) => ({
          ...member,
          householdId,
          position,
          ...(ageYears ? bornSpan(ageYears, DAY) : { bornFrom: null, bornTo: null }),
        })),
      );
  }

  const answered = await db.execute<{ household_id: string; likely: string; maybe: string }>(
    sql.raw(
      `select household_id, likely::text, maybe::text from (${screeningSql(rules, { day: DAY, parameters: PARAMETERS })}) s`,
    ),
  );
  expect(answered).toHaveLength(facts.length);
  const [rows, people] = [await db.select().from(householdFacts), await db.select().from(householdMembers)];
  const seen = new Set<Answer>();
  for (const { household_id: id, likely, maybe } of answered) {
    const row = rows.find((known) => known.householdId === id);
    if (!row) throw new Error("a household came back that was not asked");
    const of = factsFromRows(
      row,
      people.filter((person) => person.householdId === id),
      DAY,
    );
    const numbers = (text: string) => new Set(text.slice(1, -1).split(",").filter(Boolean).map(Number));
    const [yes, open] = [numbers(likely), numbers(maybe)];
    for (const { number, rule } of rules) {
      if (rule === null) continue;
      const plain = evaluateRule(rule, of, PARAMETERS);
      expect(
        yes.has(number) ? true : open.has(number) ? null : false,
        `${number} of ${id}: ${JSON.stringify(rule)}`,
      ).toBe(plain);
      seen.add(plain);
    }
  }

  expect(seen.size).toBe(3);

  // The preview of a rule asks the same of two rules alone.
  const read = rows.map((row) =>
    factsFromRows(
      row,
      people.filter((person) => person.householdId === row.householdId),
      DAY,
    ),
  );
  const likely = (rule: Likely, of: Facts) =>
    rule === "everyone" || (rule !== "nobody" && evaluateRule(rule, of, PARAMETERS) === true);
  const sides: Likely[] = [
    ...random.slice(0, 60).map(({ rule }) => rule),
    "everyone",
    "nobody",
    ...seeded.flatMap(({ rule }) => (rule === null ? [] : [rule])),
  ];
  const count = (holds: Likely, unless: Likely) =>
    read.filter((of) => likely(holds, of) && !likely(unless, of)).length;
  for (const [index, after] of sides.entries()) {
    for (const before of [sides[(index * 7 + 3) % sides.length] ?? "nobody", "nobody"] as const) {
      const [counted] = await db.execute<{ added: number; dropped: number }>(
        sql.raw(previewSql(after, before, { day: DAY, parameters: PARAMETERS })),
      );
      expect(counted, JSON.stringify([after, before])).toEqual({
        added: count(after, before),
        dropped: count(before, after),
      });
    }
  }
});
