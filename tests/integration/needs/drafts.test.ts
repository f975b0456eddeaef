import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { liveConsents } from "~/domain/households/consents.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { draftValues } from "~/domain/needs/draftValues.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf } from "~/domain/needs/submitNeed.server";
import { consents, households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import { aWishInput, saveDraft } from "../../factories/needs";
import { aPerson, aTeam, GUZHEN } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

async function householdOf(world: World, needId: string) {
  const [row] = await world.db
    .select({ household: households, need: needs })
    .from(needs)
    .innerJoin(households, eq(households.id, needs.householdId))
    .where(eq(needs.id, needId));
  if (!row) throw new Error("no household");
  return row;
}

test("a draft comes back as it was typed: also who consented, when the visit was, and by when it is wanted", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const visitedAt = new Date("2026-02-27T02:30:00Z");
  const wantedBy = new Date("2026-05-01T01:00:00Z");
  const typed = aWishInput(world, {
    visitedAt,
    wantedBy,
    consents: { scopes: ["collect", "publish"], givenBy: "guardian" },
  });
  const { needId } = await draftWish(world.as(team.caseworker), typed);
  world.clock.advance({ days: 2 });
  expect((await draftValues(world.as(team.caseworker), needId)).values).toMatchObject({
    "household.heads": "100",
    "household.person.name": typed.household.person.name,
    "consents.givenBy": "guardian",
    "consents.scopes": expect.arrayContaining(["collect", "publish"]) as unknown,
    visitedAt: "2026-02-27T10:30",
    wantedBy: "2026-05-01T09:00",
  });
});

test("what is corrected of the household in a draft is kept, sealed anew and found as a duplicate by its new name; erasing it afterwards leaves nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const { needId } = await draftWish(filer, aWishInput(world));
  const person = { name: "嬿珂甲", phone: "19900007777", address: "演示路 7 号", school: "演示小学" };
  const corrected = aWishInput(world, {
    household: {
      townCode: team.point.townCode,
      kind: "group",
      heads: 30,
      groupCode: "child_in_hardship",
      ageBand: "mixed",
      person,
    },
  });
  await saveDraft(filer, needId, corrected);

  expect((await draftValues(filer, needId)).values).toMatchObject({
    "household.kind": "group",
    "household.heads": "30",
    "household.ageBand": "mixed",
    "household.person.school": "演示小学",
  });
  const { household } = await householdOf(world, needId);
  expect([household.heads, household.publicGroup, household.version]).toEqual([30, "child", 2]);
  expect(JSON.stringify(household)).not.toContain("嬿珂甲");
  await openRecord(filer, { householdId: household.id, reason: "correction" });
  expect((await readOpened(filer, household.id))?.fields).toMatchObject(person);
  const again = await draftWish(
    filer,
    aWishInput(world, { household: { ...corrected.household, person: { ...person, phone: undefined } } }),
  );
  expect((await duplicatesOf(filer, again.needId)).map((row) => row.why)).toEqual(["name"]);

  // Nothing was corrected: nothing is written.
  await saveDraft(filer, needId, { ...corrected, requestKey: world.system.newId() });
  expect((await householdOf(world, needId)).household.version).toBe(2);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("a consent that is unticked in a draft no longer holds, and one that somebody else gave is recorded anew; both stay on record", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const { needId } = await draftWish(
    filer,
    aWishInput(world, {
      consents: { scopes: ["collect", "share", "publish", "photograph"], givenBy: "self" },
    }),
  );
  const { household } = await householdOf(world, needId);
  await saveDraft(
    filer,
    needId,
    aWishInput(world, { consents: { scopes: ["collect", "share", "publish"], givenBy: "guardian" } }),
  );
  expect((await liveConsents(db, household.id)).sort()).toEqual(["collect", "publish", "share"]);
  const live = await db.select().from(consents).where(eq(consents.householdId, household.id));
  expect(
    live
      .map(
        ({ scope, givenBy, withdrawnAt }) =>
          `${scope} ${givenBy} ${withdrawnAt === null ? "holds" : "ended"}`,
      )
      .sort(),
  ).toEqual([
    "collect guardian holds",
    "collect self ended",
    "photograph self ended",
    "publish guardian holds",
    "publish self ended",
    "share guardian holds",
    "share self ended",
  ]);
});

test("a draft moves to another town only with somebody who works in both", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = (input = aWishInput(world)) => ({
    ...input,
    household: { ...input.household, townCode: GUZHEN },
  });
  const { needId } = await draftWish(world.as(team.caseworker), aWishInput(world));
  await expect(saveDraft(world.as(team.caseworker), needId, elsewhere())).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  const ofBoth = await aPerson(
    world,
    { role: "caseworker", scope: { kind: "town", id: team.point.townCode } },
    { role: "caseworker", scope: { kind: "town", id: GUZHEN } },
  );
  const theirs = await draftWish(world.as(ofBoth), aWishInput(world));
  await saveDraft(world.as(ofBoth), theirs.needId, elsewhere());
  const { need, household } = await householdOf(world, theirs.needId);
  expect([need.townCode, household.townCode]).toEqual([GUZHEN, GUZHEN]);
});

test("who checked the entitlements, and when, stands beside the wish for everybody who decides on it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await draftWish(world.as(team.caseworker), aWishInput(world));
  for (const person of [team.caseworker, team.reviewer, team.operator])
    expect((await staffNeed(world.as(person), needId)).entitlements).toEqual({
      at: world.clock.now(),
      by: team.caseworker.displayName,
    });
  const unchecked = await draftWish(world.as(team.caseworker), {
    ...aWishInput(world),
    entitlementsChecked: undefined,
  });
  expect((await staffNeed(world.as(team.reviewer), unchecked.needId)).entitlements).toBeUndefined();
  expect(
    await db
      .select()
      .from(needs)
      .where(and(eq(needs.id, unchecked.needId), eq(needs.state, "draft"))),
  ).toHaveLength(1);
});
