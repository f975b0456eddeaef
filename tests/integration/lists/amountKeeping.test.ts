import { expect } from "vitest";
import { approveRule, testRule } from "~/domain/lists/desk/approveRule.server";
import { bodyOf, openEdition } from "~/domain/lists/desk/openRule.server";
import { startRule } from "~/domain/lists/desk/startRule.server";
import { itemPage } from "~/domain/lists/items.server";
import { familiesOf, peopleOf, placeAmong } from "~/domain/rules/amountParts";
import { aDraftThatPasses, aPublishedItem, aStep, versionOf } from "../../factories/lists";
import { aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("an amount is written as a step of a draft and holds with its edition; a tested edition becomes a draft again by it", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator, secondOperator } = await aTeam(world);
  const code = await aPublishedItem(world, operator);
  await aDraftThatPasses(world, operator, code);
  const tested = async () => testRule(world.as(operator), code, { version: await versionOf(world, code) });
  await tested();
  await aStep(world, operator, code, {
    intent: "amount",
    amount: "up_to_standard",
    standard: "dibao_standard_fen",
  });
  expect(await openEdition(db, code)).toMatchObject({
    state: "draft",
    amount: { kind: "up_to_standard", standard: "dibao_standard_fen" },
  });
  await tested();
  await approveRule(world.as(secondOperator), code, {
    version: await versionOf(world, code),
    effectiveOn: world.clock.now(),
  });
  expect((await itemPage(world.system, "social", code)).rule).toMatchObject({
    edition: 2,
    amount: { kind: "up_to_standard" },
  });
});

test("what an amount was chosen from is found in its rule again after both were stored, and stays as it says once that part is gone", async ({
  db,
}) => {
  const world = aWorld(db);
  const { operator } = await aTeam(world);
  await startRule(world.as(operator), "ZS001");
  const draft = async () => {
    const row = await openEdition(db, "ZS001");
    const body = row && bodyOf(row);
    if (body?.kind !== "rule" || body.amount?.kind !== "each_person" || !body.amount.wholeFamily)
      throw new Error("no such amount");
    return { rule: body.rule, amount: body.amount, wholeFamily: body.amount.wholeFamily };
  };

  const { rule, amount, wholeFamily } = await draft();
  expect(placeAmong(peopleOf(rule), amount.who)).toBe("1.0");
  expect(placeAmong(familiesOf(rule), wholeFamily)).toBe("1.1");
  await aStep(world, operator, "ZS001", { intent: "remove", path: "1" });
  const after = await draft();
  expect(after.amount).toEqual(amount);
  expect(peopleOf(after.rule)).toEqual([]);
  await aStep(world, operator, "ZS001", {
    intent: "amount",
    amount: "each_person",
    of: amount.of,
    percent: amount.percent,
    who: "now",
    wholeFamily: "now",
  });
  expect((await draft()).amount).toEqual(amount);
});
