import { eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { draftValues } from "~/domain/needs/draftValues.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { duplicatesOf } from "~/domain/needs/submitNeed.server";
import { wishPage } from "~/domain/needs/wishPage.server";
import { householdPage } from "~/domain/requests/householdPage.server";
import { openRequestCount, openRequests } from "~/domain/requests/queries.server";
import { closeRequest, recordRequest } from "~/domain/requests/recipientRequests.server";
import { escalateRequests } from "~/domain/requests/requestClock.server";
import { RecipientRequestInput } from "~/domain/requests/requestSchemas";
import { violatedConstraint } from "~db/client";
import { journal } from "~db/schema/journal";
import { needs, publicNeeds } from "~db/schema/needs";
import { recipientRequests } from "~db/schema/requests";
import { aPublishedWish, aSubmittedWish, aWishInput, saveDraft } from "../../factories/needs";
import { aPerson, aTeam, GUZHEN, type Team } from "../../factories/people";
import { anotherWishOf, householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

test("a correction stays on the list of its town until one of its people closes it, once and with words; other towns never see it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const there = await aTeam(world, GUZHEN);
  const { id } = await householdOfNeed(world, (await aSubmittedWish(world, team)).needId);
  await expect(
    recordRequest(world.as(there.caseworker), id, {
      kind: "correct",
      words: "电话不对",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
    }),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  // Through any caseworker of the town, not only the one who filed the wish.
  const twice = {
    kind: "correct",
    words: "电话应该是 19900005555",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  } as const;
  await Promise.all([
    recordRequest(world.as(team.colleague), id, twice),
    recordRequest(world.as(team.colleague), id, twice),
  ]);
  const [waiting, ...more] = (await openRequests(world.as(team.caseworker))).rows;
  expect(more).toEqual([]);
  expect(waiting).toMatchObject({ kind: "correct", householdId: id });
  expect(await openRequestCount(world.as(team.reviewer))).toBe(1);
  expect((await openRequests(world.as(there.caseworker))).rows).toEqual([]);
  await expect(openRequests(world.as(team.operator))).rejects.toMatchObject({ code: "NOT_ALLOWED" });

  const close = { outcome: "corrected", answer: "已改好，打电话告诉了本人" } as const;
  const requestId = waiting?.id ?? "";
  await expect(closeRequest(world.as(there.caseworker), requestId, close)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(closeRequest(world.as(team.operator), requestId, close)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const outcomes = await Promise.allSettled([
    closeRequest(world.as(team.caseworker), requestId, close),
    closeRequest(world.as(team.reviewer), requestId, close),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect(await openRequestCount(world.as(team.caseworker))).toBe(0);

  const shut = await householdPage(world.as(team.caseworker), id);
  expect(shut.requests).toMatchObject([
    { state: "done", outcome: "corrected", words: undefined, answer: undefined, hasWords: true },
  ]);
  await openRecord(world.as(team.caseworker), { householdId: id, reason: "correction" });
  expect((await householdPage(world.as(team.caseworker), id)).requests).toMatchObject([
    { words: "电话应该是 19900005555", answer: close.answer },
  ]);
  const told = JSON.stringify([await db.select().from(recipientRequests), await db.select().from(journal)]);
  for (const secret of ["19900005555", "打电话"]) expect(told).not.toContain(secret);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("what is to be corrected must be said; refusing needs no words", () => {
  const asked = { occurredAt: "2026-03-02T09:00", requestKey: "01a00000-0000-7000-8000-000000000000" };
  expect(
    RecipientRequestInput.safeParse({ ...asked, kind: "correct", words: " " }).error?.issues,
  ).toMatchObject([{ path: ["words"] }]);
  expect(RecipientRequestInput.safeParse({ ...asked, kind: "refuse", words: "" }).success).toBe(true);
});

async function twoWishes(world: World, team: Team) {
  const shown = await aPublishedWish(world, team);
  const household = await householdOfNeed(world, shown.needId);
  return { household, shown, other: await anotherWishOf(world, team, household) };
}

const statesOf = async (world: World, ...ids: string[]) => {
  const rows = await world.db
    .select({ id: needs.id, state: needs.state })
    .from(needs)
    .where(inArray(needs.id, ids));
  return ids.map((id) => rows.find((row) => row.id === id)?.state);
};

test("somebody who no longer wants one of their wishes loses that one and keeps the other; without naming one, all of them end", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { household, shown, other } = await twoWishes(world, team);
  const ask = (what: Partial<Parameters<typeof recordRequest>[2]>) =>
    recordRequest(world.as(team.colleague), household.id, {
      kind: "refuse",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
      ...what,
    });
  await ask({ needId: shown.needId });
  expect(await statesOf(world, shown.needId, other.needId)).toEqual(["withdrawn", "verified"]);
  expect(await db.select().from(publicNeeds).where(eq(publicNeeds.needId, shown.needId))).toEqual([]);
  // It has ended: there is nothing left to refuse or to correct.
  await expect(ask({ needId: shown.needId })).rejects.toMatchObject({ code: "WRONG_STATE" });
  await expect(ask({ needId: shown.needId, kind: "correct", words: "写错了" })).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  const [row, ...more] = await db
    .select()
    .from(recipientRequests)
    .where(eq(recipientRequests.householdId, household.id));
  expect(more).toEqual([]);
  expect(row).toMatchObject({ kind: "refuse", needId: shown.needId, state: "done" });
  await ask({});
  expect(await statesOf(world, shown.needId, other.needId)).toEqual(["withdrawn", "withdrawn"]);
});

test("a correction of one wish names it on the list, on the household's page and on the wish's own, until it is closed; never on that of another", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { household, shown, other } = await twoWishes(world, team);
  const caseworker = world.as(team.colleague);
  expect((await householdPage(caseworker, household.id)).openWishes).toMatchObject([
    { id: shown.needId, code: shown.code, item: "双肩书包" },
    { id: other.needId, code: other.code },
  ]);
  expect((await householdPage(world.as(team.operator), household.id)).openWishes).toEqual([]);
  const asked = {
    kind: "correct",
    words: "要蓝色的",
    needId: shown.needId,
    occurredAt: world.clock.now(),
  } as const;
  await recordRequest(caseworker, household.id, { ...asked, requestKey: world.system.newId() });
  const [waiting] = (await openRequests(caseworker)).rows.filter((row) => row.householdId === household.id);
  expect(waiting).toMatchObject({ kind: "correct", needCode: shown.code });
  expect((await householdPage(caseworker, household.id)).requests).toMatchObject([
    { need: { id: shown.needId, code: shown.code } },
  ]);
  for (const reader of [team.caseworker, team.reviewer, team.operator])
    expect((await staffNeed(world.as(reader), shown.needId)).requests).toMatchObject([
      { id: waiting?.id, kind: "correct", state: "open", outcome: null },
    ]);
  expect((await staffNeed(caseworker, other.needId)).requests).toEqual([]);
  await closeRequest(caseworker, waiting?.id ?? "", { outcome: "corrected", answer: "改成蓝色了" });
  expect((await staffNeed(caseworker, shown.needId)).requests).toMatchObject([
    { state: "done", outcome: "corrected" },
  ]);
  const steps = await db
    .select({ event: journal.event, needId: journal.needId })
    .from(journal)
    .where(eq(journal.entityId, waiting?.id ?? ""))
    .orderBy(journal.entityVersion);
  expect(steps).toEqual([
    { event: "recipient_request.correct", needId: shown.needId },
    { event: "recipient_request.close", needId: shown.needId },
  ]);
  expect(
    (await wishPage(world.as({ kind: "visitor" }), shown.code)).steps?.filter((step) =>
      step.event.startsWith("recipient_request"),
    ),
  ).toEqual([]);
});

test("no request is about somebody else's wish, nor is a wish named where all are meant: not even by SQL", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { household, shown } = await twoWishes(world, team);
  const strange = await aPublishedWish(world, team);
  const asked = { occurredAt: world.clock.now(), requestKey: world.system.newId() };
  await expect(
    recordRequest(world.as(team.colleague), household.id, {
      ...asked,
      kind: "refuse",
      needId: strange.needId,
    }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await statesOf(world, strange.needId, shown.needId)).toEqual(["published", "published"]);
  const typed = { occurredAt: "2026-03-02T09:00", requestKey: world.system.newId(), needId: shown.needId };
  for (const kind of ["erase", "withdraw_consent"])
    expect(RecipientRequestInput.safeParse({ ...typed, kind }).error?.issues).toMatchObject([
      { path: ["needId"] },
    ]);
  expect(RecipientRequestInput.parse({ ...typed, kind: "refuse" }).needId).toBe(shown.needId);
  expect(RecipientRequestInput.parse({ ...typed, kind: "erase", needId: "" }).needId).toBeUndefined();
  const row = {
    householdId: household.id,
    state: "open" as const,
    recordedBy: team.colleague.userId,
    occurredAt: world.clock.now(),
    createdAt: world.clock.now(),
    dueAt: world.clock.now(),
  };
  const planted = (what: { kind: "refuse" | "erase"; needId: string }) =>
    db
      .insert(recipientRequests)
      .values({ id: world.system.newId(), ...row, ...what })
      .then(
        () => "done",
        (error: unknown) => violatedConstraint(error),
      );
  expect(await planted({ kind: "refuse", needId: strange.needId })).toBe("recipient_request_own_wish");
  expect(await planted({ kind: "erase", needId: shown.needId })).toBe("recipient_request_one_wish");
});

test("asking to be erased takes everything off the public pages at once and waits for an admin, until it is done or taken back", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  const wish = await aPublishedWish(world, team);
  const { id } = await householdOfNeed(world, wish.needId);
  await recordRequest(world.as(team.colleague), id, {
    kind: "erase",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  expect(await db.select().from(publicNeeds).where(eq(publicNeeds.needId, wish.needId))).toEqual([]);
  const [waiting] = (await openRequests(admin)).rows.filter((row) => row.householdId === id);
  expect(waiting?.kind).toBe("erase");
  await expect(
    closeRequest(world.as(team.colleague), waiting?.id ?? "", { outcome: "corrected", answer: "已改" }),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  await closeRequest(world.as(team.colleague), waiting?.id ?? "", {
    outcome: "taken_back",
    answer: "本人说不用删了",
  });
  expect((await openRequests(admin)).rows.filter((row) => row.householdId === id)).toEqual([]);
});

test("what a filer changes in a draft of whom it is for is kept too: heads, group, name and phone, and until when it is wanted", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const filer = world.as(team.caseworker);
  const wantedBy = new Date(world.clock.now().getTime() + 20 * 86_400_000);
  const input = aWishInput(world, { heads: 3 });
  const { needId } = await draftWish(filer, { ...input, wantedBy });
  const person = { name: "甄演示新", phone: "19900003333" };
  await saveDraft(filer, needId, {
    ...aWishInput(world),
    wantedBy,
    household: { ...input.household, heads: 5, ageBand: "60_to_79", groupCode: "living_alone", person },
  });
  expect((await draftValues(filer, needId)).values).toMatchObject({
    "household.heads": "5",
    "household.ageBand": "60_to_79",
    "household.groupCode": "living_alone",
    "household.person.name": "甄演示新",
    "household.person.phone": "19900003333",
    wantedBy: "2026-03-22T09:00",
  });
  expect(await householdOfNeed(world, needId)).toMatchObject({ heads: 5, publicGroup: "older_person" });
  const [need] = await db.select().from(needs).where(eq(needs.id, needId));
  expect(need?.wantedBy).toEqual(wantedBy);
  const again = await draftWish(filer, aWishInput(world, { household: { ...input.household, person } }));
  expect(await duplicatesOf(filer, again.needId)).toMatchObject([{ needId, why: "phone" }]);
});

test("a request that nobody answered in time stands first, is marked, and comes before the admins too, once; answering ends its clock", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { id } = await householdOfNeed(world, (await aSubmittedWish(world, team)).needId);
  const asking = () =>
    ({
      kind: "correct",
      words: "电话不对",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
    }) as const;
  await recordRequest(world.as(team.caseworker), id, asking());
  world.clock.advance({ days: 2 });
  await recordRequest(world.as(team.caseworker), id, asking());
  const admin = world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }));
  const [first, second] = (await openRequests(world.as(team.caseworker))).rows;
  expect(first?.dueAt?.getTime()).toBeLessThan(second?.dueAt?.getTime() ?? 0);
  expect((await openRequests(admin)).rows).toEqual([]);
  expect(await escalateRequests(world.system)).toBe(0);

  // Five working days after a Monday morning: the next Monday.
  world.clock.advance({ days: 5, minutes: 1 });
  expect(
    (await Promise.all([escalateRequests(world.system), escalateRequests(world.system)])).toSorted(),
  ).toEqual([0, 1]);
  expect((await openRequests(admin)).rows.map((row) => row.id)).toEqual([first?.id]);
  expect(
    (await householdPage(world.as(team.caseworker), id)).requests.map(
      (request) => request.escalatedAt !== null,
    ),
  ).toEqual([false, true]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);

  await closeRequest(world.as(team.caseworker), first?.id ?? "", { outcome: "corrected", answer: "已改好" });
  expect((await openRequests(admin)).rows).toEqual([]);
  expect((await householdPage(world.as(team.caseworker), id)).requests).toMatchObject([
    { state: "open" },
    { state: "done", dueAt: null, escalatedAt: null },
  ]);
});
