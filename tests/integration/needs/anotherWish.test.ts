import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { liveConsents } from "~/domain/households/consents.server";
import { draftValues } from "~/domain/needs/draftValues.server";
import { draftAnotherWish, draftWish } from "~/domain/needs/draftWish.server";
import { knownHousehold } from "~/domain/needs/knownHousehold.server";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { verifyNeed } from "~/domain/needs/reviewNeed.server";
import { KnownWishInput } from "~/domain/needs/schemas";
import { duplicatesOf, submitNeed } from "~/domain/needs/submitNeed.server";
import { households } from "~db/schema/households";
import { needs, publicNeeds } from "~db/schema/needs";
import { aKnownWishInput, aPublishedWish, aWishInput, saveDraft } from "../../factories/needs";
import { aDonor, aPerson, aTeam, GUZHEN } from "../../factories/people";
import { anErasure, householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("another wish of a household on record has no second record, stands on its consents, and goes all the way beside the first", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const first = await aPublishedWish(world, team);
  const household = await householdOfNeed(world, first.needId);
  const records = await db.$count(households);
  const input = aKnownWishInput(world, {
    title: "一双雨鞋",
    consents: { scopes: ["contact"], givenBy: "guardian" },
  });
  const second = await draftAnotherWish(filer, household.id, input);
  expect(await draftAnotherWish(filer, household.id, input)).toEqual(second);
  expect(await db.$count(households)).toBe(records);
  expect((await liveConsents(db, household.id)).toSorted()).toEqual([
    "collect",
    "contact",
    "publish",
    "share",
  ]);
  expect(await householdOfNeed(world, second.needId)).toEqual(household);
  await submitNeed(filer, second.needId, { judged: "different", gapReason: "not_covered" });
  await verifyNeed(world.as(team.reviewer), second.needId);
  await publishNeed(world.as(team.operator), second.needId, {
    title: "一双雨鞋",
    story: "下雨天走山路要用。",
  });
  expect(await db.$count(publicNeeds, eq(publicNeeds.needId, second.needId))).toBe(1);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("something else for the same record is no duplicate; the same thing again is, and a second record of the same person always", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const sample = aWishInput(world);
  const typed = { ...sample, household: { ...sample.household, person: { name: "演示独一户" } } };
  const first = await draftWish(filer, typed);
  const { id } = await householdOfNeed(world, first.needId);
  const shoes = await draftAnotherWish(
    filer,
    id,
    aKnownWishInput(world, { lines: typed.lines.map((line) => ({ ...line, objectKind: "shoes" })) }),
  );
  expect(await duplicatesOf(filer, shoes.needId)).toEqual([]);
  await submitNeed(filer, shoes.needId, { gapReason: "not_covered" });
  const again = await draftAnotherWish(filer, id, aKnownWishInput(world));
  expect(await duplicatesOf(filer, again.needId)).toMatchObject([
    { needId: first.needId, why: "household", sameThing: true },
  ]);
  const twice = await draftWish(filer, {
    ...aWishInput(world, { household: typed.household }),
    lines: typed.lines.map((line) => ({ ...line, objectKind: "lamp" })),
  });
  expect((await duplicatesOf(filer, twice.needId)).map(({ why }) => why)).toEqual(["name", "name", "name"]);
});

test("only a caseworker of the household's town files for it, and nobody once it is erased", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await draftWish(world.as(team.caseworker), aWishInput(world));
  const { id } = await householdOfNeed(world, needId);
  const elsewhere = world.as(
    await aPerson(world, { role: "caseworker", scope: { kind: "town", id: GUZHEN } }),
  );
  for (const ctx of [
    elsewhere,
    world.as(team.reviewer),
    world.as(team.operator),
    world.as(await aDonor(world)),
  ]) {
    await expect(draftAnotherWish(ctx, id, aKnownWishInput(world))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(knownHousehold(ctx, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }

  expect(await db.$count(needs, eq(needs.householdId, id))).toBe(1);
  await withdrawNeed(world.as(team.caseworker), needId, "moved");
  await anErasure(world, needId);
  await expect(draftAnotherWish(world.as(team.caseworker), id, aKnownWishInput(world))).rejects.toMatchObject(
    { code: "NOT_FOUND" },
  );
});

test("with two wishes, a draft of either changes neither the record nor the consents; who had the older form open is told", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const typed = aWishInput(world);
  const first = await draftWish(filer, typed);
  const household = await householdOfNeed(world, first.needId);
  expect((await draftValues(filer, first.needId)).known).toBeUndefined();
  const second = await draftAnotherWish(filer, household.id, aKnownWishInput(world));

  const renamed = { ...typed.household, heads: 7, person: { name: "演示另一人" } };
  const stale = aWishInput(world, { household: renamed, consents: { scopes: ["collect"], givenBy: "self" } });
  await expect(saveDraft(filer, first.needId, stale)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await expect(saveDraft(filer, second.needId, stale)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(await householdOfNeed(world, first.needId)).toEqual(household);

  const { values, known } = await draftValues(filer, second.needId);
  expect(known).toMatchObject({ id: household.id, code: household.code });
  expect(Object.keys(values).filter((field) => /^household/.test(field))).toEqual([]);
  await saveDraft(filer, second.needId, aKnownWishInput(world, { title: "改成雨衣" }));
  expect((await draftValues(filer, second.needId)).values["title"]).toBe("改成雨衣");
  expect((await liveConsents(db, household.id)).toSorted()).toEqual(["collect", "publish", "share"]);
});

test("a form with the household and another wish at the same moment: whichever comes first, consents that the other stands on stay", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  for (let round = 0; round < 6; round += 1) {
    const typed = aWishInput(world);
    const { needId } = await draftWish(filer, typed);
    const { id } = await householdOfNeed(world, needId);
    const edit = saveDraft(filer, needId, {
      ...aWishInput(world),
      household: { ...typed.household, heads: 7 },
      consents: { scopes: ["collect"], givenBy: "guardian" },
    });
    const [edited, filed] = await Promise.allSettled([
      edit,
      draftAnotherWish(filer, id, aKnownWishInput(world)),
    ]);
    expect(filed.status).toBe("fulfilled");
    const [household] = await db.select().from(households).where(eq(households.id, id));
    if (edited.status === "rejected") expect(edited.reason).toMatchObject({ code: "CHANGED_MEANWHILE" });
    expect([household?.heads, (await liveConsents(db, id)).length]).toEqual(
      edited.status === "fulfilled" ? [7, 1] : [typed.household.heads, 3],
    );
  }
});

test("consents in addition need somebody who gave them; none need nobody", () => {
  const read = (consents: unknown) => KnownWishInput.shape.consents.safeParse(consents);
  expect(read(undefined).data).toBeUndefined();
  expect(read({}).data).toBeUndefined();
  expect(read({ scopes: ["contact"] }).error?.issues.map((issue) => issue.path)).toEqual([["givenBy"]]);
  expect(read({ scopes: ["contact"], givenBy: "self" }).data).toEqual({
    scopes: ["contact"],
    givenBy: "self",
  });
});
