import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { hearFeedback, moderateFeedback } from "~/domain/delivery/feedback.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { closeNeed } from "~/domain/needs/endNeed.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import { householdPage } from "~/domain/requests/householdPage.server";
import { recordRequest } from "~/domain/requests/recipientRequests.server";
import { households } from "~db/schema/households";
import { journal } from "~db/schema/journal";
import { publicNeeds } from "~db/schema/needs";
import { aHandover, aParcelOut } from "../../factories/delivery";
import { aSubmittedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const wrongs = async (world: World) => (await runChecks(world.db)).flatMap((check) => check.wrong);
const anAdmin = (world: World) => aPerson(world, { role: "admin", scope: { kind: "city" } });

test("an erased household can be read by nobody any more, the books stay whole, and the page says when and by what role", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team);
  await withdrawNeed(world.as(team.colleague), needId, "moved");
  const { id, code } = await householdOfNeed(world, needId);
  const admin = world.as(await anAdmin(world));
  await recordRequest(world.as(team.colleague), id, {
    kind: "erase",
    words: "请把我的都删掉",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  for (const other of [team.operator, team.caseworker, team.reviewer])
    await expect(eraseHousehold(world.as(other), id, { code, reason: "person_asked" })).rejects.toMatchObject(
      { code: "NOT_ALLOWED" },
    );
  for (const typed of ["", "H", `${code}X`, needId, "W0000000"])
    await expect(eraseHousehold(admin, id, { code: typed, reason: "person_asked" })).rejects.toMatchObject({
      code: "OTHER_CODE",
    });
  world.clock.advance({ days: 3 });
  await eraseHousehold(admin, id, { code: ` ${code.toLowerCase()} `, reason: "person_asked" });

  await openRecord(world.as(team.reviewer), { householdId: id, reason: "audit" });
  expect(await readOpened(world.as(team.reviewer), id)).toBeUndefined();
  const [row] = await db.select().from(households).where(eq(households.id, id));
  expect([
    row?.dataKeyWrapped,
    row?.contactSealed,
    row?.circumstancesSealed,
    row?.identitySealed,
    row?.nameHash,
    row?.phoneHash,
    row?.idHash,
  ]).toEqual([...[null, null, null, null, "", null, null]]);
  const staff = await staffNeed(world.as(team.reviewer), needId);
  expect([staff.words, staff.lines[0]?.details, staff.need.state]).toEqual([
    undefined,
    undefined,
    "withdrawn",
  ]);
  for (const reader of [team.caseworker, team.operator]) {
    const page = await householdPage(world.as(reader), id);
    expect(page.erased).toEqual({ at: world.clock.now(), role: "admin", reason: "person_asked" });
    expect(page.requests).toMatchObject([
      { kind: "erase", state: "done", outcome: "erased", words: undefined },
    ]);
    expect(page.may).toMatchObject({ open: false, ask: false, close: false, correct: false, erase: false });
  }

  await expect(eraseHousehold(admin, id, { code, reason: "person_asked" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    recordRequest(world.as(team.colleague), id, {
      kind: "refuse",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
    }),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await wrongs(world)).toEqual([]);
});

test("nobody is erased while anything of theirs is on its way: each matter is named by its code, and stops it until it has ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const admin = world.as(await anAdmin(world));
  const out = await aParcelOut(world, team);
  const { id, code } = await householdOfNeed(world, out.needId);
  const kinds = async () => (await householdPage(admin, id)).inTheWay.map((matter) => matter.kind);
  const refused = async (n: number) => {
    await expect(eraseHousehold(admin, id, { code, reason: "person_asked" })).rejects.toMatchObject({
      code: "STILL_ON_ITS_WAY",
      params: { n },
    });
  };

  expect(await kinds()).toEqual(["need", "delivery"]);
  await refused(2);
  const { digits } = await showSecret(world.as(team.colleague), out.deliveryId);
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: digits }),
  );
  const { feedbackId } = await hearFeedback(world.as(team.colleague), {
    deliveryId: out.deliveryId,
    rating: 5,
    words: "很合用",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  expect(await kinds()).toEqual(["need", "delivery", "feedback"]);
  await acknowledgeDelivery(world.as(team.colleague), out.deliveryId);
  await moderateFeedback(world.as(team.operator), feedbackId, "很合用");
  expect(await kinds()).toEqual(["need"]);
  await refused(1);
  await closeNeed(world.as(team.colleague), out.needId);
  expect(await kinds()).toEqual([]);
  expect(await db.select().from(publicNeeds).where(eq(publicNeeds.needId, out.needId))).toHaveLength(1);
  await eraseHousehold(admin, id, { code, reason: "kept_long_enough" });
  expect(await db.select().from(publicNeeds).where(eq(publicNeeds.needId, out.needId))).toEqual([]);
  expect((await staffNeed(world.as(team.colleague), out.needId)).need.state).toBe("closed");
  expect(await wrongs(world)).toEqual([]);
});

test("an admin sees of a household its code and what is in the way, and no word of the person; others see nothing", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team);
  const { id } = await householdOfNeed(world, needId);
  await recordRequest(world.as(team.colleague), id, {
    kind: "correct",
    words: "电话不对",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  const page = await householdPage(world.as(await anAdmin(world)), id);
  expect([page.opened, page.consents, page.may.open, page.may.erase]).toEqual([undefined, [], false, true]);
  expect(page.requests).toMatchObject([{ kind: "correct", words: undefined }]);
  await expect(
    openRecord(world.as(await anAdmin(world)), { householdId: id, reason: "audit" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const stranger of [await aDonor(world), team.courier, team.storekeeper])
    await expect(householdPage(world.as(stranger), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a wish and an erasure at the same moment: either the request is written first, or the household is gone for it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const admin = world.as(await anAdmin(world));
  for (let round = 0; round < 6; round += 1) {
    const { needId } = await aSubmittedWish(world, team);
    await withdrawNeed(world.as(team.colleague), needId, "moved");
    const { id, code } = await householdOfNeed(world, needId);
    const ask = () =>
      recordRequest(world.as(team.colleague), id, {
        kind: "correct",
        words: "电话不对",
        occurredAt: world.clock.now(),
        requestKey: world.system.newId(),
      });
    const outcomes = await Promise.allSettled([
      eraseHousehold(admin, id, { code, reason: "person_asked" }),
      ask(),
      ask(),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "NOT_FOUND" });
    expect(outcomes[0].status).toBe("fulfilled");
  }

  expect(await wrongs(world)).toEqual([]);
  const erased = await db.select().from(journal).where(eq(journal.event, "household.erase"));
  expect(erased.every((step) => step.actorRole === "admin" && step.reason !== null)).toBe(true);
});
