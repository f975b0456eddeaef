import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { findHouseholds } from "~/domain/households/queries.server";
import { renewLookups } from "~/domain/households/renewLookups.server";
import { inTransaction } from "~/domain/kernel/context.server";
import { capOf } from "~/domain/needs/cap.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { duplicatesOf } from "~/domain/needs/submitNeed.server";
import { households } from "~db/schema/households";
import { aVerifiedWish, aWishInput } from "../../factories/needs";
import { aTeam, GUZHEN, type Team } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

type Person = ReturnType<typeof aWishInput>["household"]["person"];
/** Two real ID numbers of nobody: unassigned serials with right check characters. */
const ONE_ID = "11010519491231002X";
const OTHER_ID = "440101199001010011";

const filed = (world: World, team: Team, person: Person, yuan = 300n) => {
  const input = aWishInput(world, {
    heads: 1,
    townCode: team.point.townCode,
    lines: [{ quantity: 1n, unitPriceFen: yuan * 100n }],
  });
  return {
    heads: 1,
    lines: [{ quantity: 1n, unitPriceFen: yuan * 100n }],
    household: { ...input.household, person },
  };
};

async function whyDuplicates(world: World, team: Team, person: Person): Promise<string[]> {
  const input = aWishInput(world, { townCode: team.point.townCode });
  const { needId } = await draftWish(world.as(team.caseworker), {
    ...input,
    household: { ...input.household, person },
  });
  return (await duplicatesOf(world.as(team.caseworker), needId)).map((duplicate) => duplicate.why);
}

test("one person in two spellings is one, in the lookup too; who has no phone has none in common with anybody", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const there = await aTeam(world, GUZHEN);
  await draftWish(
    world.as(team.caseworker),
    aWishInput(world, {
      household: { ...aWishInput(world).household, person: { name: "陳國·演華", phone: "199 0001 7171" } },
    }),
  );
  for (const name of ["陈国演华", "陳國演華", "陈 国 演 华", "陈国\u200b演华", "陈国•演华", "陳國・演華"]) {
    expect(await findHouseholds(world.as(team.colleague), name), name).toHaveLength(1);
  }

  for (const phone of [
    "19900017171",
    "１９９０００１７１７１",
    "+86 199-0001-7171",
    "0086 19900017171",
    "(86)199.0001.7171",
  ]) {
    expect(await findHouseholds(world.as(team.colleague), phone), phone).toHaveLength(1);
    // A phone is the same in every town.
    expect(
      await whyDuplicates(world, there, { name: `甄演${phone.length}${phone.charAt(0)}`, phone }),
      phone,
    ).toContain("phone");
  }

  expect(await whyDuplicates(world, team, { name: "陈国演华" })).toEqual(["name"]);
  expect(await findHouseholds(world.as(team.colleague), "1717")).toEqual([]);

  for (const [index, none] of [
    "无",
    "没有",
    "不详",
    "暂无",
    "-",
    "—",
    "無",
    "n/a",
    "12",
    "0000000",
  ].entries()) {
    expect(await whyDuplicates(world, team, { name: `甄演甲${index}`, phone: none }), none).toEqual([]);
    expect(await whyDuplicates(world, there, { name: `甄演乙${index}`, phone: none }), none).toEqual([]);
    expect(await findHouseholds(world.as(team.colleague), none), none).toEqual([]);
  }
});

test("two different ID numbers are two people whatever else they share, for the cap too; a number that is not known may be anybody's", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const name = "甄演同名";
  const publish = (needId: string) =>
    publishNeed(world.as(team.operator), needId, { title: "书包", story: "想要书包。" });
  const first = await aVerifiedWish(
    world,
    team,
    filed(world, team, { name, phone: "19900017272", idNumber: ONE_ID }),
  );
  await publish(first.needId);
  expect(await whyDuplicates(world, team, { name, phone: "19900017272", idNumber: OTHER_ID })).toEqual([]);
  expect(
    await whyDuplicates(world, team, { name: "甄演别名", idNumber: "１１０１０５１９４９１２３１００２ｘ" }),
  ).toEqual(["id_number"]);

  // 300 yuan each of 500: two women of one name do not share it.
  const second = await aVerifiedWish(world, team, filed(world, team, { name, idNumber: OTHER_ID }));
  const valueOf = async (needId: string) => {
    const { id } = await householdOfNeed(world, needId);
    return (
      await inTransaction(world.system, (tx) => capOf(tx, world.system, { id: needId, householdId: id }))
    ).valueFen;
  };

  expect(await valueOf(second.needId)).toBe(30_000n);
  await publish(second.needId);
  expect(await valueOf(second.needId)).toBe(30_000n);
  // The same name without a number may be either of them.
  const unknown = await aVerifiedWish(world, team, {
    ...filed(world, team, { name }),
    overCapReason: "safety",
  });
  expect(await valueOf(unknown.needId)).toBe(90_000n);
});

test("what was hashed by an older rule is hashed anew by the worker, once, and found again", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const input = aWishInput(world);
  const { needId } = await draftWish(world.as(team.caseworker), {
    ...input,
    household: { ...input.household, person: { name: "葉演蘭", phone: "没有", idNumber: ONE_ID } },
  });
  const { id } = await householdOfNeed(world, needId);
  const read = async () => (await db.select().from(households).where(eq(households.id, id)))[0];
  const before = await read();
  await db
    .update(households)
    .set({ nameHash: "older", phoneHash: "older", idHash: "older", lookupRule: 0 })
    .where(eq(households.id, id));
  expect(await findHouseholds(world.as(team.colleague), "叶演兰")).toEqual([]);
  expect(
    await Promise.all([renewLookups(world.system), renewLookups(world.system)]).then(
      ([one, other]) => one + other,
    ),
  ).toBe(1);
  expect(await renewLookups(world.system)).toBe(0);
  const after = await read();
  expect(after).toEqual(before);
  expect(after?.phoneHash).toBe(null);
  expect(await findHouseholds(world.as(team.colleague), "叶演兰")).toHaveLength(1);
});
